package holter.lab.run;

import holter.lab.fleet.TruthLog;
import holter.lab.run.RunResult.PlannedLine;
import java.util.Comparator;

/**
 * Counts stops on purpose, of workers and of brokers, and restarts of who had stopped on purpose.
 * Pure.
 */
final class Planning {
  private Planning() {}

  static RunResult.Planned of(RunTrace trace) {
    var stops =
        trace.truth().stream()
            .filter(event -> event.kind() == TruthLog.Kind.WORKER_LEFT)
            .map(event -> new PlannedLine(event.subject(), trace.seconds(event.atMs())))
            .toList();
    long restarts =
        trace.restarts().stream()
            .filter(TruthLog.Restart::done)
            .filter(restart -> away(trace, restart))
            .count();
    long brokers =
        trace.truth().stream()
            .filter(event -> event.kind() == TruthLog.Kind.BROKER_RESTARTED)
            .count();
    return new RunResult.Planned(stops.size(), (int) restarts, (int) brokers, stops);
  }

  /** Whether the last that happened to it before the order was its leaving, and no return. */
  private static boolean away(RunTrace trace, TruthLog.Restart restart) {
    return trace.truth().stream()
        .filter(event -> event.subject().equals(restart.instance()))
        .filter(event -> event.atMs() < restart.atMs()) // its own start follows at once
        .filter(
            event ->
                event.kind() == TruthLog.Kind.WORKER_LEFT
                    || event.kind() == TruthLog.Kind.WORKER_STARTED)
        .max(Comparator.comparingLong(TruthLog.Event::atMs))
        .filter(last -> last.kind() == TruthLog.Kind.WORKER_LEFT)
        .isPresent();
  }
}
