package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.Sickness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F15 to F21, each beside the causes that look like it. */
class StorageCausesTest {
  private static final String HOST = "iota-n2";

  private static Evidence dead() {
    return new Evidence()
        .map(List.of(1002, 1003), 1002, 1003, 1004, 1005, 1006)
        .sick(4, 1001, Sickness.REFUSED, 1001)
        .healthy(0, 1, 2, 3)
        .othersAnswer()
        .reach(1001, Reach.REFUSED, -1)
        .gone(1001)
        .complaint(1002, 1001, ComplaintKind.REFUSED);
  }

  private static Evidence full() {
    return dead()
        .says(1001, LogSign.NO_SPACE, "/data/kafka", 3)
        .says(1001, LogSign.DISK_HALT, "", 1)
        .says(1001, LogSign.LOG_DIR_FAILED, "/data/kafka", 1)
        .measured(Metric.DISK_USED_SHARE, HOST, 1);
  }

  @Test
  void aFullDiskExplainsTheDeadBrokerAndItsDirectory() {
    Told.confirmed(full(), CauseCode.F15, 1001, HOST);
    Told.not(full(), CauseCode.F01, CauseCode.F17);
    assertThat(Told.codes(dead().diagnose())).containsExactly(CauseCode.F01);
  }

  @Test
  void aDiskThatWasFreedBeforeTheBrokerStartedIsHistory() {
    var freed =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3, 4)
            .othersAnswer()
            .reach(1001, Reach.ANSWERED, 2)
            .says(1001, LogSign.NO_SPACE, "/data/kafka", 3, NOW_MS - 500_000, NOW_MS - 490_000)
            .says(1001, LogSign.STARTED, "", 1, NOW_MS - 300_000, NOW_MS - 300_000);
    assertThat(freed.diagnose().first().orElseThrow().over()).isTrue();
    Told.not(freed, CauseCode.F01, CauseCode.F02);
  }

  private static Evidence slow() {
    return new Evidence()
        .map()
        .incidentPaths()
        .othersAnswer()
        .calmPeers()
        .reach(1001, Reach.ANSWERED, 3)
        .registered(1001);
  }

  @Test
  void aSlowDiskAnswersSmallRequestsFastAndProducesSlowly() {
    var disk =
        slow()
            .pressed(HOST, 0.3, 0.99, 0.5)
            .measured(Metric.DISK_AWAIT_MS, HOST, 900)
            .says(1001, LogSign.SLOW_ROLL, "HeartBeat-4", 6)
            .canary(1001, 1, 4_000, "");
    Told.confirmed(disk, CauseCode.F16, 1001, HOST);
    Told.not(disk, CauseCode.F04, CauseCode.F07, CauseCode.F09, CauseCode.F13);
  }

  @Test
  void recordsThatOneLeaderTakesLateMakeItASuspectWithoutAnyPathWatched() {
    var unwatched =
        new Evidence()
            .map()
            .othersAnswer()
            .calmPeers()
            .reach(1001, Reach.ANSWERED, 3)
            .pressed(HOST, 0.3, 0.99, 0.5)
            .canary(1001, 1, 2_200, "");
    for (int b = 1002; b <= 1006; b++) {
      unwatched.canary(b, 1, 5, "");
    }
    Told.nothing(unwatched.canary(1001, 1, 6, ""));
    Told.confirmed(
        unwatched.canary(1001, 1, 2_200, "").measured(Metric.DISK_AWAIT_MS, HOST, 700),
        CauseCode.F16,
        1001,
        HOST);
  }

  @Test
  void oneSlowRollOnACalmDiskIsNotASlowDisk() {
    Told.not(
        slow().pressed(HOST, 0.3, 0.1, 0.5).says(1001, LogSign.SLOW_ROLL, "HeartBeat-4", 1),
        CauseCode.F16);
  }

  private static Evidence directory() {
    var bad =
        new ClusterFact.LogDirSeen(1001, "/d2", "KAFKA_STORAGE_ERROR", List.of("HeartBeat-3"));
    var good = new ClusterFact.LogDirSeen(1001, "/d1", "", List.of("HeartBeat-4"));
    return new Evidence()
        .map()
        .healthy(0, 1, 2)
        .path(4, 1001, new holter.channel.PathState.Healthy(0), NOW_MS)
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, 2)
        .says(1001, LogSign.LOG_DIR_FAILED, "/d2", 1)
        .add(Source.ADMIN, "1001", bad)
        .add(Source.ADMIN, "1001", good);
  }

  @Test
  void oneDirectoryIsOfflineAndTheBrokerIsWell() {
    var found = Told.confirmed(directory(), CauseCode.F17, 1001, HOST);
    assertThat(found.subject().partitions()).containsExactly(3);
    assertThat(found.subject().name(What.DIRECTORY)).contains("/d2");
    assertThat(Told.codes(directory().diagnose())).containsExactly(CauseCode.F17);
  }

  private static Evidence corrupt(LogSign sign, long overMs, int... isr) {
    var replicas = List.of(1001, 1002, 1003);
    return new Evidence()
        .topic(
            "HeartBeat",
            "kafka:1002",
            partition(3, 1002, replicas, 1001, 1002, 1003),
            partition(4, 1001, replicas, isr))
        .says(1003, sign, "HeartBeat-4", 9, NOW_MS - 5_000 - overMs, NOW_MS - 5_000);
  }

  @Test
  void aReplicaThatStaysOutAloneIsCorrupt() {
    var found =
        Told.confirmed(
            corrupt(LogSign.CORRUPT_DATA, 400_000, 1001, 1002), CauseCode.F18, 1003, "iota-m2");
    assertThat(found.subject().partitions()).containsExactly(4);
    assertThat(Told.codes(corrupt(LogSign.PARTITION_FAILED, 400_000, 1001, 1002).diagnose()))
        .containsExactly(CauseCode.F18);
  }

  @Test
  void aReplicaThatFailedForAMomentOnlyFollowedItsLeader() {
    Told.nothing(corrupt(LogSign.PARTITION_FAILED, 900, 1001, 1002, 1003));
    Told.nothing(corrupt(LogSign.PARTITION_FAILED, 400_000, 1001, 1002, 1003));
  }

  @Test
  void whatRetentionDeletedUnreadIsNotLostByTheProducer() {
    var deleted =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3)
            .lag("readers", "HeartBeat", 100, 900, 1_000)
            .group("readers", 3)
            .says(1001, LogSign.RETENTION_DELETED, "HeartBeat-4", 4);
    var found = Told.confirmed(deleted, CauseCode.F19);
    assertThat(found.subject().name(What.TOPIC)).contains("HeartBeat");
    Told.nothing(
        new Evidence()
            .lag("readers", "HeartBeat", 950, 900, 1_000)
            .says(1001, LogSign.RETENTION_DELETED, "HeartBeat-4", 4));
  }

  @Test
  void aReaderThatAskedForWhatRetentionDeletedWasTooSlow() {
    var asked =
        new Evidence()
            .clientSays("reader", LogSign.OFFSET_OUT_OF_RANGE, -1, "HeartBeat-4", 1, 0)
            .says(1001, LogSign.RETENTION_DELETED, "HeartBeat-4", 4)
            .set(ClusterFact.Scope.TOPIC, "HeartBeat", "retention.ms", "5000");
    Told.confirmed(asked, CauseCode.F19);
  }

  @Test
  void aGroupThatNobodyUsesAnyMoreMayStandBehind() {
    Told.nothing(
        new Evidence()
            .lag("old", "HeartBeat", 100, 900, 1_000)
            .group("old", 0)
            .says(1001, LogSign.RETENTION_DELETED, "HeartBeat-4", 4));
  }

  @Test
  void aCompactedTopicRefusesRecordsWithoutAKey() {
    var refused =
        new Evidence()
            .says(1001, LogSign.NULL_KEY_COMPACTED, "Registry-0", 7)
            .set(ClusterFact.Scope.TOPIC, "Registry", "cleanup.policy", "compact");
    assertThat(Told.confirmed(refused, CauseCode.F20).subject().name(What.TOPIC))
        .contains("Registry");
    Told.not(
        refused.set(ClusterFact.Scope.TOPIC, "Registry", "cleanup.policy", "delete"),
        CauseCode.F20);
  }

  @Test
  void tieredStorageConcernsOldRecordsOnly() {
    var tiered =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3, 4)
            .says(1001, LogSign.REMOTE_STORAGE_FAILED, "HeartBeat-4", 30)
            .set(ClusterFact.Scope.TOPIC, "HeartBeat", "remote.storage.enable", "true");
    Told.confirmed(tiered, CauseCode.F21);
    assertThat(Told.codes(tiered.diagnose())).containsExactly(CauseCode.F21);
  }
}
