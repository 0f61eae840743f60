package holter.lab.run;

import holter.detect.RestartTruth;
import holter.lab.fleet.TruthLog;
import holter.lab.run.RunResult.ReplicasLine;
import holter.lab.run.RunResult.TakeoverLine;
import holter.lab.scenario.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of leadership in a run, and whether anybody was restarted twice for it. Pure. */
final class Takeovers {
  private Takeovers() {}

  static ReplicasLine of(RunTrace trace) {
    var orders = trace.led().orders();
    return new ReplicasLine(
        trace.scenario().orchestrator().replicas(),
        takeovers(trace),
        doubles(trace.truth(), trace.restarts()),
        count(orders, TruthLog.Reception.FENCED),
        count(orders, TruthLog.Reception.REPEATED));
  }

  private static int count(List<TruthLog.Order> orders, TruthLog.Reception how) {
    return (int) orders.stream().filter(order -> order.how() == how).count();
  }

  private static List<TakeoverLine> takeovers(RunTrace trace) {
    var lines = new ArrayList<TakeoverLine>();
    var timeline = trace.scenario().timeline();
    for (var event : trace.truth()) {
      if (event.kind() != TruthLog.Kind.FAULT_BEGAN) {
        continue;
      }
      int number = Integer.parseInt(event.detail().substring(0, event.detail().indexOf(' ')));
      if (timeline.get(number).fault() instanceof Fault.Orchestrator fault
          && fault.which() == Fault.Orchestrator.Which.LEADER
          && trace.scenario().orchestrator().replicas() > 1) {
        lines.add(takeover(trace, Deeds.deed(fault.action()), event.atMs()));
      }
    }
    return lines;
  }

  private static TakeoverLine takeover(RunTrace trace, String action, long atMs) {
    var next = trace.led().seen().stream().filter(led -> led.atMs() > atMs).findFirst();
    var act =
        next.flatMap(
            led ->
                trace.led().orders().stream()
                    .filter(order -> order.leaderEpoch() == led.epoch())
                    .findFirst());
    return new TakeoverLine(
        action,
        trace.seconds(atMs),
        next.map(led -> Findings.hundredth(led.atMs() - atMs)).orElse(null),
        act.map(order -> Findings.hundredth(order.atMs() - atMs)).orElse(null));
  }

  /** Restarts beyond one for each death, of a process that had not ended by itself. */
  static int doubles(List<TruthLog.Event> truth, List<TruthLog.Restart> restarts) {
    int doubles = 0;
    Map<String, Integer> done = new HashMap<>();
    for (var restart : restarts) {
      if (!restart.done()) {
        continue;
      }
      long deaths =
          truth.stream()
              .filter(event -> event.subject().equals(restart.instance()))
              .filter(event -> event.atMs() <= restart.atMs() && dies(event.kind()))
              .count();
      int before = done.merge(restart.instance(), 1, Integer::sum) - 1;
      boolean diedItself = restart.truth() == RestartTruth.EXITED;
      if (before > 0 && before >= deaths && !diedItself) {
        doubles++;
      }
    }
    return doubles;
  }

  private static boolean dies(TruthLog.Kind kind) {
    return kind == TruthLog.Kind.WORKER_KILLED
        || kind == TruthLog.Kind.WORKER_STOPPED
        || kind == TruthLog.Kind.WORKER_HUNG;
  }
}
