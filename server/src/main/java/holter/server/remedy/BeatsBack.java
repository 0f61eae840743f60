package holter.server.remedy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The symptom of a dead worker: no beat of it. Gone when it is heard or, where its pod got another
 * name, its successor is. One whose name nobody ever heard cannot be proved by hearing it.
 */
public final class BeatsBack implements PlanRun.Symptom {
  /** A worker starts, connects and registers before it beats. */
  private static final Duration TO_BEAT = Duration.ofMinutes(2);

  private final String instance;
  private final Supplier<Optional<Set<String>>> successors;
  private final Supplier<Ears> listen;
  private final LongSupplier clockMs;
  private final Duration glance;

  /** Hears who beats from its opening on, until it is closed. */
  public interface Ears extends AutoCloseable {
    /** Instances that were heard. */
    Set<String> heard();

    @Override
    default void close() {}
  }

  /**
   * @param instance whose beats ended; empty: nobody of its name was ever heard
   * @param successors names under which it may beat now; empty while that is not told
   * @param clockMs any clock that goes forward
   * @param glance between two looks at who was heard
   */
  BeatsBack(
      String instance,
      Supplier<Optional<Set<String>>> successors,
      Supplier<Ears> listen,
      LongSupplier clockMs,
      Duration glance) {
    this.instance = instance;
    this.successors = successors;
    this.listen = listen;
    this.clockMs = clockMs;
    this.glance = glance;
  }

  @Override
  public Seen watch() throws InterruptedException {
    if (instance.isEmpty()) {
      return new Seen(
          Outcome.UNPROVED, "a restarted worker was never heard, so its beats prove nothing");
    }
    Set<String> known = Set.of();
    boolean told = true;
    long endMs = clockMs.getAsLong() + TO_BEAT.toMillis();
    try (Ears ears = listen.get()) {
      while (clockMs.getAsLong() < endMs) {
        Thread.sleep(glance);
        Set<String> heard = ears.heard();
        if (heard.contains(instance)) {
          return Seen.gone(instance + " beats");
        }
        if (!heard.equals(known)) { // Kubernetes is asked only when somebody new was heard
          Optional<Set<String>> names = successors.get();
          told = names.isPresent();
          known = told ? heard : known;
          var next = new TreeSet<>(names.orElse(Set.of()));
          next.retainAll(heard);
          if (!next.isEmpty()) {
            return Seen.gone("%s beats, in the stead of %s".formatted(next.first(), instance));
          }
        }
      }
    }
    String none = "no beat of %s came in %d s".formatted(instance, TO_BEAT.toSeconds());
    return told
        ? Seen.stays(none)
        : new Seen(Outcome.UNPROVED, none + ", and which pod came for it is not told");
  }
}
