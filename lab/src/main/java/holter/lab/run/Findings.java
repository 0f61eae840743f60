package holter.lab.run;

import holter.lab.fleet.TruthLog;
import holter.lab.run.RunResult.DeathLine;
import holter.lab.run.RunResult.FaultLine;
import holter.lab.run.RunResult.HeldLine;
import holter.lab.run.RunResult.Naming;
import holter.lab.run.RunResult.RestartLine;
import holter.lab.scenario.Expect;
import holter.lab.scenario.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts truth and sightings of a run side by side. Pure. */
final class Findings {
  private final RunTrace trace;

  Findings(RunTrace trace) {
    this.trace = trace;
  }

  List<FaultLine> faults() {
    var lines = new ArrayList<FaultLine>();
    var timeline = trace.scenario().timeline();
    for (int n = 0; n < timeline.size(); n++) {
      var fault = timeline.get(n).fault();
      var began = at(TruthLog.Kind.FAULT_BEGAN, n);
      if (began.isEmpty()) {
        continue;
      }
      var ended = at(TruthLog.Kind.FAULT_ENDED, n);
      var bite = trace.bites().get(n);
      lines.add(
          new FaultLine(
              Deeds.word(fault),
              fault.target(),
              trace.seconds(began.getAsLong()),
              ended.isPresent() ? trace.seconds(ended.getAsLong()) : null,
              bite == null ? null : bite.bit(),
              bite == null ? null : tenth(bite.calmMs()),
              bite == null ? null : tenth(bite.faultMs()),
              bite == null ? null : Math.round(bite.unansweredShare() * 100) / 100.0));
    }
    return lines;
  }

  private static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private OptionalLong at(TruthLog.Kind kind, int injection) {
    return trace.truth().stream()
        .filter(event -> event.kind() == kind)
        .filter(event -> event.detail().startsWith(injection + " "))
        .mapToLong(TruthLog.Event::atMs)
        .findFirst();
  }

  /** Why the run proves nothing: a fault that should hurt a path of Kafka's, and did not. */
  @Nullable String voidWhy() {
    for (var line : faults()) {
      if (line.bit() != null && !line.bit()) {
        return "the witness did not feel %s %s: small requests took %s ms before and %s ms during"
            .formatted(line.kind(), line.target(), line.smallRpcCalmMs(), line.smallRpcFaultMs());
      }
    }
    return null;
  }

  /** When the first fault of the channel began; without one, the first death; else nothing. */
  OptionalLong onsetMs() {
    var channel = firstBegin(Fault::onChannel);
    return channel.isPresent() ? channel : firstBegin(fault -> fault instanceof Fault.Instance);
  }

  private OptionalLong firstBegin(Predicate<Fault> kind) {
    var timeline = trace.scenario().timeline();
    long first = Long.MAX_VALUE;
    for (int n = 0; n < timeline.size(); n++) {
      if (kind.test(timeline.get(n).fault())) {
        first = Math.min(first, at(TruthLog.Kind.FAULT_BEGAN, n).orElse(Long.MAX_VALUE));
      }
    }
    return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
  }

  List<RestartLine> restarts() {
    return trace.restarts().stream()
        .map(
            restart ->
                new RestartLine(
                    restart.instance(),
                    trace.seconds(restart.atMs()),
                    restart.done(),
                    restart.truth().name().toLowerCase(Locale.ROOT),
                    restart.falseRestart(),
                    restart.proof(),
                    restart.why(),
                    restart.detail()))
        .toList();
  }

  List<DeathLine> deaths() {
    var lines = new ArrayList<DeathLine>();
    for (var event : trace.truth()) {
      switch (event.kind()) {
        case WORKER_KILLED -> lines.add(death(event, "killed"));
        case WORKER_STOPPED -> lines.add(death(event, "stopped"));
        case WORKER_HUNG -> lines.add(death(event, "hung"));
        case FAULT_BEGAN,
            FAULT_ENDED,
            WORKER_STARTED,
            WORKER_CONTINUED,
            WORKER_LEFT,
            BROKER_RESTARTED,
            ROLL_FAILED,
            DTU_DIALLED,
            DTU_HUNG_UP -> {}
      }
    }
    return lines;
  }

  private DeathLine death(TruthLog.Event event, String how) {
    var who = event.subject();
    long diedMs = event.atMs();
    long seenFromMs = Math.max(diedMs, blindUntil(diedMs));
    var restart =
        trace.restarts().stream()
            .filter(each -> each.instance().equals(who) && each.atMs() >= diedMs && each.done())
            .findFirst();
    var suspected = firstVerdict(who, diedMs, List.of("suspect", "held", "dead", "restarting"));
    var verdict = firstVerdict(who, diedMs, List.of("dead", "restarting"));
    return new DeathLine(
        who,
        how,
        trace.seconds(diedMs),
        after(suspected, seenFromMs),
        after(verdict, seenFromMs),
        restart.map(each -> hundredth(each.atMs() - seenFromMs)).orElse(null),
        restart.map(TruthLog.Restart::proof).orElse(null));
  }

  /** Until when the orchestrator was itself away when somebody died; 0 when it was there. */
  private long blindUntil(long diedMs) {
    var timeline = trace.scenario().timeline();
    for (int n = 0; n < timeline.size(); n++) {
      long began = at(TruthLog.Kind.FAULT_BEGAN, n).orElse(Long.MAX_VALUE);
      long ended = at(TruthLog.Kind.FAULT_ENDED, n).orElse(Long.MIN_VALUE);
      boolean away =
          timeline.get(n).fault() instanceof Fault.Orchestrator
              && trace.scenario().orchestrator().replicas() == 1;
      if (away && began <= diedMs && diedMs < ended) {
        return ended;
      }
    }
    return 0;
  }

  private OptionalLong firstVerdict(String who, long fromMs, List<String> verdicts) {
    return trace.sightings().verdicts().stream()
        .filter(each -> each.instance().equals(who) && each.atMs() >= fromMs)
        .filter(each -> verdicts.contains(each.verdict()))
        .mapToLong(Sightings.VerdictSeen::atMs)
        .findFirst();
  }

  static @Nullable Double after(OptionalLong atMs, long sinceMs) {
    return atMs.isPresent() ? hundredth(atMs.getAsLong() - sinceMs) : null;
  }

  static double hundredth(long ms) {
    return Math.round(ms / 10.0) / 100.0;
  }

  /** Deaths that lasted to the end of the run and were not answered by a restart. */
  int deathsMissed() {
    int missed = 0;
    for (var death : deaths()) {
      boolean cameBack =
          trace.truth().stream()
              .anyMatch(
                  event ->
                      event.kind() == TruthLog.Kind.WORKER_CONTINUED
                          && event.subject().equals(death.instance())
                          && trace.seconds(event.atMs()) >= death.atS());
      if (death.restartedAfterS() == null && !cameBack) {
        missed++;
      }
    }
    return missed;
  }

  Naming naming() {
    var onset = onsetMs();
    long fromMs = onset.orElse(Long.MAX_VALUE);
    var expected = trace.scenario().expect().named();
    var sick =
        trace.sightings().paths().stream()
            .filter(path -> path.atMs() >= trace.calmMs() && path.state().equals("sick"))
            .toList();
    var kinds = new TreeMap<Integer, String>();
    sick.forEach(path -> kinds.putIfAbsent(path.partition(), path.sickness()));
    var subject =
        trace.sightings().incidents().stream()
            .filter(each -> each.atMs() >= fromMs && expected != null && named(each, expected))
            .mapToLong(Sightings.IncidentSeen::atMs)
            .findFirst();
    var partition =
        sick.stream()
            .filter(path -> path.atMs() >= fromMs)
            .filter(path -> expected == null || expected.partitions().contains(path.partition()))
            .mapToLong(Sightings.PathSeen::atMs)
            .findFirst();
    return new Naming(
        after(partition, fromMs),
        after(subject, fromMs),
        trace.sightings().incidents().stream()
            .filter(each -> each.atMs() >= trace.calmMs() && each.subject().broker() >= 0)
            .map(each -> each.subject().broker())
            .findFirst()
            .orElse(null),
        List.copyOf(new TreeSet<>(kinds.keySet())),
        kinds);
  }

  private static boolean named(Sightings.IncidentSeen incident, Expect.Named expected) {
    return incident.subject().broker() == expected.broker()
        && incident.subject().host().equals(expected.host())
        && incident.subject().partitions().containsAll(expected.partitions());
  }

  List<HeldLine> held() {
    var lines = new ArrayList<HeldLine>();
    Map<String, Sightings.VerdictSeen> holding = new HashMap<>();
    for (var seen : trace.sightings().verdicts()) {
      var before = holding.remove(seen.instance());
      if (before != null) {
        lines.add(heldLine(before, trace.seconds(seen.atMs())));
      }
      if (seen.verdict().equals("held")) {
        holding.put(seen.instance(), seen);
      }
    }
    holding.values().forEach(seen -> lines.add(heldLine(seen, null)));
    lines.sort(
        java.util.Comparator.comparingDouble(HeldLine::fromS).thenComparing(HeldLine::instance));
    return lines;
  }

  private HeldLine heldLine(Sightings.VerdictSeen seen, @Nullable Double untilS) {
    return new HeldLine(seen.instance(), trace.seconds(seen.atMs()), untilS, seen.reason());
  }
}
