package holter.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.RestartTruth;
import holter.lab.fleet.TruthLog;
import holter.lab.scenario.ScenarioReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A death is counted from when Holter could see it. */
final class FindingsTest {
  private static final long CALM = 1_000_000;

  private static TruthLog.Event event(double at, TruthLog.Kind kind, String who, String detail) {
    return new TruthLog.Event(CALM + Math.round(at * 1_000), kind, who, detail);
  }

  /** The pause of the scenario {@code orchestrator-paused}, and a death beside it. */
  private static RunResult.DeathLine death(double diedAt, double restartedAt) {
    var truth =
        List.of(
            event(15, TruthLog.Kind.FAULT_BEGAN, "orchestrator", "0 orchestrator"),
            event(27, TruthLog.Kind.FAULT_ENDED, "orchestrator", "0 orchestrator"),
            event(diedAt, TruthLog.Kind.WORKER_KILLED, "dac-04", "SIGKILL"));
    var restart =
        new TruthLog.Restart(
            CALM + Math.round(restartedAt * 1_000),
            "dac-04",
            true,
            RestartTruth.EXITED,
            "PORT_REFUSED",
            "why",
            "");
    var trace =
        new RunTrace(
            ScenarioReader.find("orchestrator-paused"),
            CALM,
            CALM + 60_000,
            truth,
            List.of(restart),
            new Sightings(),
            List.of(),
            Map.of(),
            new RunTrace.Dials(List.of(), List.of()),
            new RunTrace.Plain(List.of(), Map.of()),
            new RunTrace.Led(List.of(), List.of()),
            List.of(),
            Optional.empty());
    return new Findings(trace).deaths().getFirst();
  }

  @Test
  void whoDiesWhileTheOrchestratorIsAwayIsCountedFromItsReturn() {
    assertThat(death(20, 29.5).restartedAfterS()).isEqualTo(2.5);
  }

  @Test
  void whoDiesBeforeOrAfterIsCountedFromTheDeath() {
    assertThat(death(14, 29.5).restartedAfterS()).isEqualTo(15.5);
    assertThat(death(28, 29.5).restartedAfterS()).isEqualTo(1.5);
  }
}
