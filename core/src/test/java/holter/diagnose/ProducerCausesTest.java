package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import holter.fleet.InstanceId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F37 to F42, each beside what looks like it. */
class ProducerCausesTest {
  private static final String CLIENT = "dac-7";

  private static Evidence well() {
    return new Evidence()
        .topic(
            "HeartBeat",
            "kafka:1002",
            partition(2, 1004, List.of(1004), 1004),
            partition(3, 1005, List.of(1005), 1005))
        .healthy(0, 1, 2, 3);
  }

  private static Evidence says(Evidence evidence, LogSign sign, String about) {
    return evidence.clientSays(CLIENT, sign, -1, about, 9, 5_000);
  }

  /** The leader of partition 4 takes nothing. */
  private static Evidence sickLeader() {
    return new Evidence().map().incidentPaths().othersAnswer().reach(1001, Reach.SILENT, -1);
  }

  @Test
  void aFullBufferIsTheSendersOwnOnlyWhereNoLeaderIsSlow() {
    var full = says(well(), LogSign.BUFFER_EXHAUSTED, "");
    var found = Told.confirmed(full, CauseCode.F37);
    assertThat(found.subject().name(What.CLIENT)).contains(CLIENT);
    Told.not(says(sickLeader(), LogSign.BUFFER_EXHAUSTED, ""), CauseCode.F37);
    var unreached = says(well(), LogSign.BUFFER_EXHAUSTED, "");
    Told.not(says(unreached, LogSign.NODE_UNREACHABLE, ""), CauseCode.F37);
    Told.not(full.measured(Metric.THROTTLE_MS, CLIENT, 900), CauseCode.F37);
  }

  @Test
  void whatExpiresOverManyLeadersIsToldWeaklyAndOverOneNotAtAll() {
    var many =
        says(
            says(well(), LogSign.BATCH_EXPIRED, "HeartBeat-2"),
            LogSign.BATCH_EXPIRED,
            "HeartBeat-3");
    var found = many.diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F38);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    Told.not(says(well(), LogSign.BATCH_EXPIRED, "HeartBeat-2"), CauseCode.F38);
  }

  private static Evidence counted(Evidence evidence, double sent, double acked) {
    return evidence
        .add(
            Source.INSTANCE_REPORTS,
            CLIENT,
            NOW_MS - 45_000,
            new Fact.Measured(Metric.SENT, CLIENT, sent))
        .add(Source.INSTANCE_REPORTS, CLIENT, new Fact.Measured(Metric.ACKED, CLIENT, acked));
  }

  @Test
  void whatWasSentLongAgoAndNeverAcknowledgedWentWithoutATrace() {
    var lost = counted(well(), 10_000, 7_000);
    assertThat(lost.diagnose().first().orElseThrow().code()).isEqualTo(CauseCode.F39);
    assertThat(lost.diagnose().first().orElseThrow().confidence()).isEqualTo(Confidence.LIKELY);
    Told.confirmed(lost.reports(2, 1004, 7_000, 0), CauseCode.F39);
    Told.nothing(counted(well(), 10_000, 9_995));
    Told.not(
        says(counted(well(), 10_000, 7_000), LogSign.REQUEST_TIMED_OUT, "HeartBeat-2"),
        CauseCode.F39);
  }

  @Test
  void whatIsOnItsWayOrWaitsForASickLeaderIsNotLost() {
    var now = new Fact.Measured(Metric.SENT, CLIENT, 10_000);
    var acked = new Fact.Measured(Metric.ACKED, CLIENT, 7_000);
    Told.nothing(
        well()
            .add(Source.INSTANCE_REPORTS, CLIENT, now)
            .add(Source.INSTANCE_REPORTS, CLIENT, acked));
    var waiting = counted(sickLeader(), 10_000, 7_000).diagnose();
    assertThat(waiting.found())
        .noneMatch(f -> f.code() == CauseCode.F39 && f.confidence() == Confidence.CONFIRMED);
  }

  @Test
  void twoSendersWithOneIdFenceEachOther() {
    var fenced =
        says(well(), LogSign.PRODUCER_FENCED, "").says(1004, LogSign.PRODUCER_FENCED, "", 9);
    Told.confirmed(fenced, CauseCode.F40);
    var forgotten =
        says(well(), LogSign.OUT_OF_SEQUENCE, "HeartBeat-2")
            .says(1004, LogSign.UNCLEAN_ELECTION, "HeartBeat-2", 1);
    Told.not(forgotten, CauseCode.F40);
  }

  @Test
  void aRecordTooLargeIsNoBrokersFault() {
    var large = says(well(), LogSign.RECORD_TOO_LARGE, "HeartBeat-2");
    assertThat(Told.codes(large.diagnose())).containsExactly(CauseCode.F41);
  }

  @Test
  void aSenderClosedTooSoonLosesItsLastRecords() {
    var closed =
        says(well(), LogSign.CLOSED_WITH_RECORDS_LEFT, "")
            .add(Source.RUNNER, "runner", new Fact.WorkerExited(new InstanceId(CLIENT), 137));
    assertThat(Told.codes(closed.diagnose())).contains(CauseCode.F42);
    Told.confirmed(says(well(), LogSign.CLOSED_WITH_RECORDS_LEFT, ""), CauseCode.F42);
    Told.not(says(sickLeader(), LogSign.CLOSED_WITH_RECORDS_LEFT, ""), CauseCode.F42);
    var unreached = says(well(), LogSign.CLOSED_WITH_RECORDS_LEFT, "");
    Told.not(says(unreached, LogSign.NODE_UNREACHABLE, ""), CauseCode.F42);
  }
}
