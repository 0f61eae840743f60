package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.Sickness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F02 in the past, F03, F05 to F14: each beside the causes that look like it. */
class BrokerCausesTest {
  private static final String HOST = "iota-n2";

  /** The paths of the incident, every other broker and host well, 1001 reached like this. */
  private static Evidence sick(Reach reach, double answerMs) {
    return new Evidence()
        .map()
        .incidentPaths()
        .othersAnswer()
        .calmPeers()
        .reach(1001, reach, answerMs);
  }

  private static Evidence refused() {
    return new Evidence()
        .map(List.of(1002, 1003), 1002, 1003, 1004, 1005, 1006)
        .sick(4, 1001, Sickness.REFUSED, 1001)
        .healthy(0, 1, 2, 3)
        .othersAnswer()
        .reach(1001, Reach.REFUSED, -1)
        .gone(1001)
        .complaint(1002, 1001, ComplaintKind.REFUSED)
        .complaint(1003, 1001, ComplaintKind.REFUSED);
  }

  /** Twenty-five seconds of nothing ten minutes ago; fenced, let in again, and well since. */
  private static Evidence pausedBefore() {
    long at = NOW_MS - 600_000;
    return new Evidence()
        .topic("HeartBeat", "kafka:1002", partition(4, 1002, List.of(1001, 1002), 1002, 1001))
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, 2)
        .complaint(1001, 1002, ComplaintKind.NO_ANSWER, at, at + 300)
        .complaint(1001, 1003, ComplaintKind.NO_ANSWER, at, at + 500)
        .complaint(3000, 1001, ComplaintKind.FENCED, at - 16_000, at - 16_000)
        .says(1001, LogSign.UNFENCED, "", 1, at + 900, at + 900)
        .says(1001, LogSign.STOOD_STILL, "", 1, at - 25_000, at)
        .log(1001, NOW_MS - 2_000, 25_000);
  }

  @Test
  void aPauseIsHistoryOnceTheBrokerAnswersAndBlamesNobodyElse() {
    var found = Told.confirmed(pausedBefore(), CauseCode.F02, 1001, HOST);
    assertThat(found.over()).isTrue();
    assertThat(found.speaksFor())
        .extracting(c -> c.claim().phrase())
        .contains(CauseWords.WOKE_UP, CauseWords.SLEPT, CauseWords.FENCED);
    assertThat(found.remedies().getFirst().phrase()).isEqualTo(RemedyWords.PREFERRED_BACK);
    assertThat(Told.codes(pausedBefore().diagnose())).containsExactly(CauseCode.F02);
  }

  @Test
  void aPauseIsHistoryByItsLogsAloneToo() {
    var logs = pausedBefore();
    logs.all.removeIf(o -> o.fact() instanceof Fact.BrokerReach);
    var found = Told.confirmed(logs, CauseCode.F02, 1001, HOST);
    assertThat(found.over()).isTrue();
  }

  @Test
  void aCalmNetworkAfterTheFaultDoesNotClearTheHostOfIt() {
    var after =
        new Evidence()
            .map()
            .registered(1001)
            .complaint(1003, 1001, ComplaintKind.NO_ANSWER)
            .complaint(1002, 1001, ComplaintKind.NO_ANSWER)
            .complaint(1001, 1002, ComplaintKind.ISR_EJECTED)
            .complaint(1001, 1003, ComplaintKind.ISR_EJECTED)
            .calmPeers()
            .load(HOST, 450_000, 15);
    var found = after.diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F04);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void aGapWithAStartInItWasARestartNotAPause() {
    Told.not(
        pausedBefore().says(1001, LogSign.STARTED, "", 1, NOW_MS - 600_000, NOW_MS - 600_000),
        CauseCode.F02,
        CauseCode.F05);
  }

  private static Evidence dark() {
    return new Evidence()
        .map(List.of(1002, 1003), 1002, 1003, 1004, 1005, 1006)
        .sick(4, 1001, Sickness.HANG, 1001)
        .healthy(0, 1, 2, 3)
        .othersAnswer()
        .reach(1001, Reach.DARK, -1)
        .calmPeers()
        .unasked(Source.HOST_METRICS, "host iota-n2", "no answer in time")
        .gone(1001)
        .complaint(1002, 1001, ComplaintKind.CONNECT_TIMEOUT)
        .complaint(1003, 1001, ComplaintKind.CONNECT_TIMEOUT);
  }

  @Test
  void aHostThatAnswersNothingAtAllIsDark() {
    Told.confirmed(dark(), CauseCode.F03, 1001, HOST);
    Told.not(dark(), CauseCode.F01, CauseCode.F02, CauseCode.F04, CauseCode.F26);
    Told.not(refused(), CauseCode.F03);
  }

  @Test
  void oneConnectThatTimesOutIsNotADarkHost() {
    Told.nothing(new Evidence().map().complaint(1002, 1001, ComplaintKind.CONNECT_TIMEOUT));
  }

  @Test
  void aLeaderThatOthersHaveReplacedHasNoMandate() {
    var replicas = List.of(1001, 1002, 1003);
    var two =
        new Evidence()
            .topic("HeartBeat", "kafka:1001", partition(4, 1001, replicas, 1001))
            .topic("HeartBeat", "kafka:1002", partition(4, 1002, replicas, 1002, 1003))
            .says(1001, LogSign.STALE_LEADER, "HeartBeat-4", 12);
    var found = Told.confirmed(two, CauseCode.F06, 1001, HOST);
    assertThat(Told.remedies(found)).anyMatch(r -> r.contains("alone acknowledged is lost"));
  }

  @Test
  void cuttingTheLogBackAfterAStartIsOrdinary() {
    Told.nothing(
        new Evidence()
            .map()
            .says(1001, LogSign.STARTED, "", 1)
            .says(1001, LogSign.TRUNCATED, "HeartBeat-4", 1)
            .log(1001, NOW_MS, 0));
  }

  private static Evidence throttled(Reach reach, double answerMs) {
    return sick(reach, answerMs)
        .pressed(HOST, 0.4, 0.2, 0.5)
        .measured(Metric.CPU_THROTTLED_SHARE, "1001", 0.9);
  }

  @Test
  void aThrottledBrokerIsStarvedWhetherItAnswersLateOrNotAtAll() {
    Told.confirmed(throttled(Reach.SLOW, 1_900), CauseCode.F07, 1001, HOST);
    Told.confirmed(throttled(Reach.SILENT, -1), CauseCode.F07, 1001, HOST);
    Told.not(
        throttled(Reach.SILENT, -1), CauseCode.F02, CauseCode.F04, CauseCode.F13, CauseCode.F16);
  }

  @Test
  void aFullNetworkOnACalmProcessorIsNotStarved() {
    var full = sick(Reach.SLOW, 1_400).load(HOST, 12_000_000, 1_900);
    assertThat(Told.codes(full.diagnose())).containsExactly(CauseCode.F04);
  }

  private static Evidence collecting(long longestMs, double share) {
    return sick(Reach.SILENT, -1)
        .pressed(HOST, 0.4, 0.2, 0.5)
        .pauses(1001, 12, longestMs, share)
        .measured(Metric.HEAP_USED_SHARE, "1001", 0.97);
  }

  @Test
  void longCollectionsExplainTheFrozenProcess() {
    Told.confirmed(collecting(8_000, 0.4), CauseCode.F08, 1001, HOST);
    Told.not(collecting(8_000, 0.4), CauseCode.F02);
    Told.not(collecting(200, 0.01), CauseCode.F08);
  }

  @Test
  void nobodyIsToldToRestartWhoAloneHoldsRecords() {
    var alone = collecting(8_000, 0.4).map(List.of(1001), 1001, 1002, 1003, 1004, 1005, 1006);
    assertThat(Told.remedies(Told.confirmed(alone, CauseCode.F08)))
        .anyMatch(r -> r.startsWith("never restart broker 1001 now"));
  }

  @Test
  void aHostThatReadsItsMemoryBackIsShortOfIt() {
    var scarce =
        sick(Reach.ANSWERED, 4)
            .pressed(HOST, 0.3, 0.9, 0.03)
            .measured(Metric.MEMORY_STALLED_SHARE, HOST, 0.5)
            .measured(Metric.DISK_READ_BYTES_PER_S, HOST, 8e7)
            .measured(Metric.DISK_AWAIT_MS, HOST, 40);
    Told.confirmed(scarce, CauseCode.F09, 1001, HOST);
    Told.not(scarce, CauseCode.F16, CauseCode.F08, CauseCode.F04);
  }

  private static Evidence killed(String reason, int restarts) {
    var pod =
        new KubeFact.PodSeen("iota-n2", "node-7", "", false, restarts, reason, 137, List.of(), 0);
    return refused().add(Source.KUBERNETES, "kubernetes", pod);
  }

  @Test
  void killedForMemoryAgainAndAgainExplainsTheDeadBroker() {
    var found = Told.confirmed(killed("OOMKilled", 5), CauseCode.F10, 1001, HOST);
    assertThat(found.code()).isEqualTo(CauseCode.F10);
    Told.not(killed("OOMKilled", 5), CauseCode.F01);
    var old =
        new KubeFact.PodSeen("iota-n2", "node-7", "", true, 5, "OOMKilled", 137, List.of(), 0);
    Told.nothing(
        new Evidence()
            .map()
            .othersAnswer()
            .reach(1001, Reach.ANSWERED, 2)
            .add(Source.KUBERNETES, "kubernetes", old));
    assertThat(Told.codes(killed("Error", 5).diagnose())).containsExactly(CauseCode.F01);
  }

  @Test
  void withoutFileDescriptorsNewConnectionsFailFromEverywhere() {
    var out =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.CLOSED, -1)
            .from("edge-3", 1001, Reach.CLOSED)
            .says(1001, LogSign.TOO_MANY_FILES, "", 40)
            .measured(Metric.FILES_OPEN_SHARE, "1001", 0.99);
    Told.confirmed(out, CauseCode.F11, 1001, HOST);
    Told.not(out, CauseCode.F12, CauseCode.F01);
  }

  @Test
  void aLimitPerAddressRefusesOneAddressOnly() {
    var limit =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.CLOSED, -1)
            .from("edge-3", 1001, Reach.ANSWERED)
            .says(1001, LogSign.TOO_MANY_CONNECTIONS, "10.0.0.9", 200)
            .set(ClusterFact.Scope.BROKER, "1001", "max.connections.per.ip", "8");
    Told.confirmed(limit, CauseCode.F12, 1001, HOST);
    Told.not(limit, CauseCode.F11);
  }

  @Test
  void aFullQueueOnACalmHostIsTheHandlersDoing() {
    var full =
        sick(Reach.SILENT, -1)
            .pressed(HOST, 0.3, 0.2, 0.5)
            .measured(Metric.REQUEST_QUEUE, "1001", 500)
            .measured(Metric.HANDLERS_IDLE_SHARE, "1001", 0)
            .measured(Metric.CONVERSIONS_PER_S, "1001", 9_000);
    Told.confirmed(full, CauseCode.F13, 1001, HOST);
    Told.not(full, CauseCode.F02, CauseCode.F07, CauseCode.F16);
    Told.not(full.measured(Metric.DISK_AWAIT_MS, HOST, 900), CauseCode.F13);
  }

  @Test
  void aBrokerThatRecoversItsLogsIsNotDead() {
    var recovering = refused().says(1001, LogSign.RECOVERING_LOGS, "", 80);
    Told.confirmed(recovering, CauseCode.F14, 1001, HOST);
    Told.not(recovering, CauseCode.F01);
    long later = NOW_MS - 5_000;
    Told.not(recovering.says(1001, LogSign.STARTED, "", 1, later, later), CauseCode.F14);
  }
}
