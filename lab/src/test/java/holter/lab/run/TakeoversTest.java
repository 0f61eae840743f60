package holter.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.RestartTruth;
import holter.lab.fleet.TruthLog;
import holter.lab.scenario.ScenarioReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who followed a leader, and whether anybody was restarted twice for one death. */
final class TakeoversTest {
  private static TruthLog.Event event(long atMs, TruthLog.Kind kind, String who, String detail) {
    return new TruthLog.Event(atMs, kind, who, detail);
  }

  private static TruthLog.Restart restart(long atMs, RestartTruth was) {
    return new TruthLog.Restart(atMs, "dac-04", true, was, "PORT_REFUSED", "why", "");
  }

  private static final TruthLog.Event DEATH =
      event(1_000, TruthLog.Kind.WORKER_KILLED, "dac-04", "SIGKILL");

  @Test
  void aSecondRestartOfOneDeathIsADouble() {
    var twice = List.of(restart(3_000, RestartTruth.EXITED), restart(9_000, RestartTruth.UNKNOWN));
    assertThat(Takeovers.doubles(List.of(DEATH), twice)).isEqualTo(1);
  }

  @Test
  void aRestartForEachDeathAndOneOfWhatEndedByItselfAreNone() {
    var again = event(6_000, TruthLog.Kind.WORKER_KILLED, "dac-04", "SIGKILL");
    var restarts =
        List.of(
            restart(3_000, RestartTruth.EXITED),
            restart(8_000, RestartTruth.UNKNOWN),
            restart(9_000, RestartTruth.EXITED));
    assertThat(Takeovers.doubles(List.of(DEATH, again), restarts)).isZero();
  }

  @Test
  void theNextLeaderIsDatedFromTheFaultAndItsFirstOrderToo() {
    var scenario = ScenarioReader.find("leader-killed");
    int fault =
        scenario.timeline().stream()
            .map(each -> each.fault().target())
            .toList()
            .indexOf("orchestrator");
    var trace =
        new RunTrace(
            scenario,
            0,
            60_000,
            List.of(
                event(25_000, TruthLog.Kind.FAULT_BEGAN, "orchestrator", fault + " orchestrator")),
            List.of(),
            new Sightings(),
            List.of(),
            Map.of(),
            new RunTrace.Dials(List.of(), List.of()),
            new RunTrace.Plain(List.of(), Map.of()),
            new RunTrace.Led(
                List.of(new LeaderSight.Led(500, 0, 1), new LeaderSight.Led(31_200, 1, 2)),
                List.of(
                    new TruthLog.Order(24_000, "dac-04", "a", 1, TruthLog.Reception.FIRST),
                    new TruthLog.Order(31_900, "dac-05", "b", 2, TruthLog.Reception.FIRST),
                    new TruthLog.Order(45_000, "dac-05", "a", 1, TruthLog.Reception.FENCED))),
            List.of(),
            Optional.empty());
    var line = Takeovers.of(trace);
    assertThat(line.takeovers())
        .containsExactly(new RunResult.TakeoverLine("kill", 25.0, 6.2, 6.9));
    assertThat(line.fencedOrders()).isEqualTo(1);
    assertThat(line.count()).isEqualTo(2);
  }
}
