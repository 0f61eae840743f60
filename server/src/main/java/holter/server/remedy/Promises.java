package holter.server.remedy;

import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a plan promised beside well paths: room on hosts, and that restarted workers beat. Kept when
 * each of it is; what could not be measured leaves it unproved.
 */
public final class Promises implements PlanRun.Symptom {
  private final List<PlanRun.Symptom> each;

  private Promises(List<PlanRun.Symptom> each) {
    this.each = List.copyOf(each);
  }

  /**
   * Where it is measured.
   *
   * @param bytesPerS of a host's network now, the busier direction; NaN while it is not told
   * @param successors names under which a restarted worker may beat; empty while not told
   * @param listen opens ears for beats
   * @param clockMs any clock that goes forward
   * @param glance between two looks
   */
  public record Measures(
      ToDoubleFunction<String> bytesPerS,
      Function<KubeAct.Restart, Optional<Set<String>>> successors,
      Supplier<BeatsBack.Ears> listen,
      LongSupplier clockMs,
      Duration glance) {
    /** Looked at every second. */
    public Measures(
        ToDoubleFunction<String> bytesPerS,
        Function<KubeAct.Restart, Optional<Set<String>>> successors,
        Supplier<BeatsBack.Ears> listen,
        LongSupplier clockMs) {
      this(bytesPerS, successors, listen, clockMs, Duration.ofSeconds(1));
    }
  }

  /** All that a plan promised. */
  public static Promises of(Plan plan, Measures measures) {
    var each = new ArrayList<PlanRun.Symptom>();
    if (!plan.reliefs().isEmpty()) {
      each.add(
          new RoomMade(
              plan.reliefs(), measures.bytesPerS(), measures.clockMs(), measures.glance()));
    }
    for (KubeAct.Restart restart : restarts(plan)) {
      each.add(
          new BeatsBack(
              restart.instance(),
              () -> measures.successors().apply(restart),
              measures.listen(),
              measures.clockMs(),
              measures.glance()));
    }
    return new Promises(each);
  }

  private static List<KubeAct.Restart> restarts(Plan plan) {
    return plan.steps().stream()
        .map(Step::act)
        .filter(KubeAct.Restart.class::isInstance)
        .map(KubeAct.Restart.class::cast)
        .toList();
  }

  /** What is waited for, in words; nothing when only the paths prove the plan. */
  public static List<String> awaited(Plan plan) {
    var awaited = new ArrayList<String>();
    plan.reliefs().forEach(relief -> awaited.add("the network of " + relief.host()));
    restarts(plan).stream()
        .filter(restart -> !restart.instance().isEmpty())
        .forEach(restart -> awaited.add("a beat of " + restart.instance()));
    return awaited;
  }

  /** When the first step was begun, to the second as Kubernetes counts; now, when none was. */
  public static Instant begun(List<JournalEntry> entries) {
    long wallMs =
        entries.stream()
            .filter(entry -> entry.deed() == Deed.INTENDED)
            .mapToLong(JournalEntry::wallMs)
            .min()
            .orElseGet(System::currentTimeMillis);
    return Instant.ofEpochMilli(wallMs).truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public Seen watch() throws InterruptedException {
    var seen = new ArrayList<Seen>();
    for (PlanRun.Symptom one : each) {
      Seen now = one.watch();
      seen.add(now);
      if (now.outcome() == Outcome.STAYS) break;
    }
    Outcome outcome = seen.stream().map(Seen::outcome).max(Outcome::compareTo).orElse(Outcome.GONE);
    return new Seen(outcome, seen.stream().map(Seen::detail).collect(Collectors.joining("; ")));
  }
}
