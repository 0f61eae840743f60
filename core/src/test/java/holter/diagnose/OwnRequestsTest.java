package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a broker's own log says of its own requests, beside the silence of its peers' logs. */
class OwnRequestsTest {
  private static final String HOST = "iota-n2";
  private static final int CONTROLLER = 3000;

  /** Fenced and without leaders: nothing but its door, its host and its own log is sick. */
  private static Evidence cutOff() {
    return new Evidence()
        .topic("HeartBeat", "kafka:1002", partition(4, 1002, List.of(1001, 1002), 1002))
        .healthy(0, 1, 2, 3)
        .othersAnswer()
        .reach(1001, Reach.SILENT, -1)
        .calmPeers()
        .unasked(Source.HOST_METRICS, "host iota-n2", "no answer in time")
        .add(Source.ADMIN, "admin", new ClusterFact.ControllerSeen(CONTROLLER, "quorum"))
        .log(1001, NOW_MS - 1_500, 12_000)
        .log(1002, NOW_MS - 40_000, 0)
        .log(1003, NOW_MS - 40_000, 0)
        .says(1001, LogSign.HEARTBEAT_TO_CONTROLLER_LATE, "", 11, NOW_MS - 45_000, NOW_MS - 3_000)
        .says(1001, LogSign.CONTROLLER_SILENT, "", 23, NOW_MS - 45_000, NOW_MS - 1_500)
        .complaint(1001, CONTROLLER, ComplaintKind.NO_ANSWER, NOW_MS - 45_000, NOW_MS - 1_500)
        .complaint(1001, 1002, ComplaintKind.NO_ANSWER, NOW_MS - 16_000, NOW_MS - 16_000)
        .complaint(1001, 1003, ComplaintKind.NO_ANSWER, NOW_MS - 10_000, NOW_MS - 10_000);
  }

  @Test
  void whoGetsAnswersFromNobodyIsTheCommonEndItself() {
    var found = Told.claimed(cutOff(), CauseCode.F04, 1001, HOST);
    assertThat(found.speaksFor())
        .extracting(c -> c.claim().phrase())
        .contains(CauseWords.ASKS_IN_VAIN, CauseWords.HOST_UNANSWERED, CauseWords.SCRAPE_FAST);
    assertThat(Told.codes(cutOff().diagnose())).containsExactly(CauseCode.F04);
  }

  @Test
  void leadersThatMovedAwayAreNotToBeElectedBackYet() {
    var found = Told.claimed(cutOff(), CauseCode.F04, 1001, HOST);
    assertThat(Told.remedies(found))
        .anyMatch(r -> r.contains("no preferred leaders on broker 1001"));
  }

  @Test
  void theControllerIsNotBlamedByOneOfSeveralLogs() {
    Told.not(cutOff(), CauseCode.F31);
    assertThat(cutOff().diagnose().ruledOut())
        .extracting(Diagnosis.RuledOut::code)
        .contains(CauseCode.F31);
  }

  @Test
  void theOnlyLogThatWasReadDoesNotConvictTheController() {
    var alone = cutOff();
    alone.all.removeIf(o -> o.fact() instanceof Fact.LogShape shape && shape.brokerId() != 1001);
    Told.not(alone, CauseCode.F31);
  }

  @Test
  void whomEveryLogMissesIsBlamed() {
    var all = cutOff();
    for (int b : new int[] {1002, 1003}) {
      all.says(b, LogSign.CONTROLLER_SILENT, "", 20, NOW_MS - 45_000, NOW_MS - 1_500);
    }
    assertThat(Told.codes(all.diagnose())).contains(CauseCode.F31);
  }

  @Test
  void whoStillLogsThatItsHeartbeatIsLateDoesNotStandStill() {
    Told.not(cutOff(), CauseCode.F02);
  }
}
