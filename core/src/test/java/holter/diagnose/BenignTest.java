package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What looks guilty and is not: nothing may be found in it, or only below likely. */
class BenignTest {
  private static Evidence well() {
    return new Evidence()
        .map()
        .healthy(0, 1, 2, 3, 4)
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, 2)
        .calmPeers()
        .pressed("iota-n2", 0.3, 0.2, 0.5);
  }

  @Test
  void linesThatEveryHealthyClusterWritesAreNoCause() {
    long at = NOW_MS - 200_000;
    Told.nothing(
        well()
            .says(1002, LogSign.PARTITION_FAILED, "HeartBeat-4", 2, at, at + 400)
            .says(1003, LogSign.UNFENCED, "", 1)
            .complaint(3000, 1003, ComplaintKind.FENCED)
            .says(1004, LogSign.TOO_MANY_CONNECTIONS, "10.0.0.9", 3)
            .says(1004, LogSign.CONTROLLER_MOVED, "", 1)
            .says(1005, LogSign.ANSWER_WITHOUT_CONNECTION, "", 1)
            .says(1005, LogSign.RETENTION_DELETED, "HeartBeat-2", 90)
            .clientSays("dac-7", LogSign.NODE_DISCONNECTED, 1001, "", 12, 3_600_000)
            .clientSays("dac-7", LogSign.IDLE_DISCONNECTED, 1001, "", 2, 3_600_000)
            .clientSays("dac-8", LogSign.NOT_LEADER, 1001, "HeartBeat-4", 2, 200));
  }

  @Test
  void aControllerThatCannotBeReachedIsNoDeadBroker() {
    var evidence = well();
    for (int broker = 1001; broker <= 1006; broker++) {
      evidence.complaint(broker, 1, ComplaintKind.REFUSED, NOW_MS - 40_000, NOW_MS - 1_000);
    }
    Told.nothing(evidence);
  }

  /** Each broker stopped in order, missed and ejected by its peers, and started again. */
  private static Evidence rolled(boolean withHosts) {
    var evidence = withHosts ? well() : new Evidence().map().othersAnswer();
    if (!withHosts) {
      evidence.reach(1001, Reach.ANSWERED, 2);
    }
    for (int i = 0; i < 6; i++) {
      int broker = 1001 + i;
      long stopped = NOW_MS - 1_200_000 + i * 180_000L;
      long started = stopped + 25_000;
      for (int peer = 1001; peer <= 1006; peer++) {
        if (peer != broker) {
          evidence
              .complaint(peer, broker, ComplaintKind.NO_ANSWER, stopped, stopped)
              .complaint(peer, broker, ComplaintKind.REFUSED, stopped + 1_000, started - 1_000)
              .complaint(peer, broker, ComplaintKind.ISR_EJECTED, stopped + 200, stopped + 200);
        }
      }
      evidence
          .complaint(3000, broker, ComplaintKind.FENCED, stopped + 300, stopped + 300)
          .says(broker, LogSign.STOPPED_CLEANLY, "", 1, stopped, stopped)
          .says(broker, LogSign.STARTING, "", 1, stopped + 12_000, stopped + 12_000)
          .says(broker, LogSign.STARTED, "", 1, started, started)
          .says(broker, LogSign.UNFENCED, "", 1, started, started)
          .says(broker, LogSign.TRUNCATED, "HeartBeat-4", 1, started, started)
          .clientSays("dac-7", LogSign.NETWORK_EXCEPTION, broker, "HeartBeat-4", 2, 0)
          .says(broker, LogSign.HEARTBEAT_TO_CONTROLLER_LATE, "", 1, started, started)
          .registered(broker, started)
          .log(broker, NOW_MS - 1_000, 12_000);
    }
    return evidence;
  }

  @Test
  void aRollingRestartThatIsOverLeavesNoCause() {
    Told.nothing(rolled(true));
    Told.nothing(rolled(false));
  }

  /** Stopped in order a moment ago, its peers miss it; then it starts, and is not let in yet. */
  private static Evidence between(Reach reach) {
    return new Evidence()
        .map(java.util.List.of(1002, 1003), 1002, 1003, 1004, 1005, 1006)
        .healthy(0, 1, 2, 3)
        .othersAnswer()
        .reach(1001, reach, reach == Reach.ANSWERED ? 2 : -1)
        .gone(1001)
        .complaint(1002, 1001, ComplaintKind.REFUSED)
        .complaint(1003, 1001, ComplaintKind.REFUSED)
        .complaint(3000, 1001, ComplaintKind.FENCED)
        .says(1001, LogSign.STOPPED_CLEANLY, "", 1, NOW_MS - 20_000, NOW_MS - 20_000)
        .log(1001, NOW_MS - 3_000, 10_000);
  }

  @Test
  void aBrokerOfARollingRestartIsMissedAndNotDead() {
    Told.nothing(between(Reach.REFUSED));
    Told.nothing(between(Reach.DARK));
    Told.nothing(
        between(Reach.ANSWERED)
            .says(1001, LogSign.STARTING, "", 1, NOW_MS - 5_000, NOW_MS - 5_000));
  }

  @Test
  void aBrokerStoppedInOrderLongAgoIsDownAfterAll() {
    var evidence = between(Reach.REFUSED);
    evidence.all.removeIf(
        o -> o.fact() instanceof Fact.Logged l && l.sign() == LogSign.STOPPED_CLEANLY);
    long stopped = NOW_MS - 400_000;
    evidence.says(1001, LogSign.STOPPED_CLEANLY, "", 1, stopped, stopped);
    Told.confirmed(evidence, CauseCode.F01, 1001, "iota-n2");
  }

  @Test
  void aHealthyClusterHasNoCauseOfAnyKind() {
    var evidence = well();
    for (int b = 1001; b <= 1006; b++) {
      evidence
          .registered(b)
          .log(b, NOW_MS - 500, 0)
          .pauses(b, 20, 90, 0.01)
          .measured(Metric.HANDLERS_IDLE_SHARE, "" + b, 0.97)
          .measured(Metric.REQUEST_QUEUE, "" + b, 0)
          .measured(Metric.FILES_OPEN_SHARE, "" + b, 0.1)
          .canary(b, 1, 4, "")
          .canary(b, -1, 7, "");
    }
    Told.nothing(evidence);
  }

  /** Signs that by themselves, and once, every busy cluster shows. */
  @ParameterizedTest
  @EnumSource(
      value = LogSign.class,
      names = {
        "UNFENCED",
        "REGISTERED_AGAIN",
        "SESSION_EXPIRED",
        "HEARTBEAT_TO_CONTROLLER_LATE",
        "TRUNCATED",
        "PARTITION_FAILED",
        "RETENTION_DELETED",
        "SLOW_ROLL",
        "NOT_LEADER",
        "TOO_MANY_CONNECTIONS",
        "ANSWER_WITHOUT_CONNECTION",
        "IDLE_DISCONNECTED",
        "CONTROLLER_MOVED",
        "ZOOKEEPER_SLOW",
        "CONTROLLER_CANNOT_REACH",
        "REASSIGNMENT",
        "OUT_OF_MEMORY"
      })
  void oneWeakSignStaysBelowLikely(LogSign sign) {
    var evidence = new Evidence().map().log(1001, NOW_MS, 0).says(1001, sign, "HeartBeat-4", 1);
    assertThat(evidence.diagnose().found()).isEmpty();
  }
}
