package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.ONSET_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.Sickness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F28 to F36, each beside the causes that look like it. */
class ControlCausesTest {
  private static final String HOST = "iota-n2";
  private static final List<Integer> REPLICAS = List.of(1001, 1002, 1003);

  private static Evidence thin(int... isr) {
    return new Evidence()
        .topic("HeartBeat", "kafka:1001", partition(4, 1001, REPLICAS, isr))
        .set(ClusterFact.Scope.TOPIC, "HeartBeat", "min.insync.replicas", "2")
        .reach(1001, Reach.ANSWERED, 2);
  }

  @Test
  void tooFewInSyncNamesWhoIsMissingAndNeverAdvisesToRequireLess() {
    var refused =
        thin(1001)
            .clientSays("dac-7", LogSign.NOT_ENOUGH_REPLICAS, -1, "HeartBeat-4", 30, 60_000)
            .says(1001, LogSign.UNDER_MIN_ISR, "HeartBeat-4", 30)
            .complaint(1001, 1002, ComplaintKind.ISR_EJECTED)
            .complaint(1001, 1003, ComplaintKind.ISR_EJECTED)
            .registered(1001)
            .reach(1002, Reach.REFUSED, -1)
            .reach(1003, Reach.REFUSED, -1)
            .gone(1002)
            .gone(1003);
    var found = Told.confirmed(refused, CauseCode.F28);
    assertThat(found.subject().partitions()).containsExactly(4);
    assertThat(found.speaksFor())
        .extracting(c -> c.claim().english())
        .contains("HeartBeat-4: 1001 in sync where 2 are required; missing: 1002, 1003");
    assertThat(Told.remedies(found).getFirst()).contains("bring brokers 1002, 1003 back");
    assertThat(Told.remedies(found))
        .filteredOn(r -> r.startsWith("root") || r.startsWith("first aid"))
        .noneMatch(r -> r.contains("fewer") || r.contains("lower"));
    assertThat(Told.remedies(found)).anyMatch(r -> r.contains("with consent"));
    assertThat(Told.codes(refused.diagnose()))
        .containsExactly(CauseCode.F28, CauseCode.F01, CauseCode.F01);
  }

  @Test
  void asManyInSyncAsRequiredIsEnough() {
    Told.nothing(thin(1001, 1002));
  }

  @Test
  void aPartitionWithoutALeaderWaitsForTheLastInSync() {
    var none =
        new Evidence()
            .topic(
                "Registry",
                "kafka:1001",
                partition(0, -1, List.of(1003), 1003),
                partition(1, 1001, List.of(1001), 1001))
            .reach(1001, Reach.ANSWERED, 2)
            .reach(1003, Reach.REFUSED, -1)
            .gone(1003);
    var found = Told.confirmed(none, CauseCode.F29, 1003, "iota-m2");
    assertThat(found.subject().partitions()).containsExactly(0);
    assertThat(Told.remedies(found)).anyMatch(r -> r.contains("never elect an unclean leader"));
    assertThat(Told.codes(none.diagnose())).containsExactly(CauseCode.F29, CauseCode.F01);
  }

  @Test
  void anElectionUnderWayIsNotALeaderlessPartition() {
    Told.nothing(
        new Evidence()
            .topic("Registry", "kafka:1001", partition(0, -1, REPLICAS, 1002, 1003))
            .othersAnswer());
  }

  @Test
  void anUncleanElectionPullsTheEndBelowWhatWasRead() {
    var unclean =
        new Evidence()
            .map()
            .says(1002, LogSign.UNCLEAN_ELECTION, "HeartBeat-4", 1)
            .lag("readers", "HeartBeat", 785, 0, 423)
            .set(ClusterFact.Scope.BROKER, "1002", "unclean.leader.election.enable", "true");
    Told.confirmed(unclean, CauseCode.F30);
    Told.not(unclean, CauseCode.F19, CauseCode.F06);
  }

  private static Evidence controller(Reach reach) {
    return new Evidence()
        .map()
        .healthy(0, 1, 2, 3, 4)
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, 2)
        .add(Source.ADMIN, "admin", new ClusterFact.ControllerSeen(3000, "quorum"))
        .add(
            Source.BROKER_REACH,
            "3000",
            new Fact.BrokerReach(3000, "ctl:9093", reach, 1, reach == Reach.ANSWERED ? 2 : -1))
        .called("describeMetadataQuorum", "cluster", "TIMEOUT");
  }

  @Test
  void whatNeedsAChangeHangsWhileRecordsFlow() {
    var stuck =
        controller(Reach.SILENT)
            .says(1002, LogSign.HEARTBEAT_TO_CONTROLLER_LATE, "", 30)
            .says(1003, LogSign.HEARTBEAT_TO_CONTROLLER_LATE, "", 30)
            .calmPeers()
            .pressed("ctl", 0.1, 0.1, 0.5);
    Told.confirmed(stuck, CauseCode.F31, 3000, "ctl");
    assertThat(Told.codes(stuck.diagnose())).containsExactly(CauseCode.F31);
  }

  @Test
  void oneCallThatHangsIsNoVerdictOnTheController() {
    Told.nothing(controller(Reach.ANSWERED));
  }

  private static Evidence expired(int... brokers) {
    var evidence = new Evidence().map().says(2, LogSign.ZOOKEEPER_SLOW, "", 9);
    for (int b : brokers) {
      evidence
          .says(b, LogSign.SESSION_EXPIRED, "", 1)
          .says(b, LogSign.REGISTERED_AGAIN, "", 1)
          .registered(b, NOW_MS - 30_000)
          .log(b, NOW_MS - 1_000, 0);
    }
    return evidence;
  }

  @Test
  void sessionsThatEndTogetherAreZooKeepersDoing() {
    Told.confirmed(expired(1001, 1002, 1003), CauseCode.F32);
    Told.not(expired(1001, 1002, 1003), CauseCode.F05, CauseCode.F31);
    var one = expired(1001);
    assertThat(one.diagnose().found()).noneMatch(f -> f.confidence() == Confidence.CONFIRMED);
  }

  @Test
  void registrationsMadeByARollingRestartAreNot() {
    var rolled = expired();
    rolled.all.clear();
    for (int b = 1001; b <= 1003; b++) {
      rolled.registered(b, NOW_MS - 30_000).log(b, NOW_MS, 0).says(b, LogSign.STARTED, "", 1);
    }
    Told.nothing(rolled);
  }

  private static Evidence astray(int count, long overMs) {
    return new Evidence()
        .map()
        .healthy(0, 1, 2, 3, 4)
        .clientSays("dac-7", LogSign.NOT_LEADER, 1001, "HeartBeat-4", count, overMs)
        .clientSays("dac-8", LogSign.NETWORK_EXCEPTION, 1001, "HeartBeat-4", 1, 0);
  }

  @Test
  void oneClientGoesOnAskingTheWrongBroker() {
    assertThat(Told.confirmed(astray(40, 90_000), CauseCode.F33).subject().name(What.CLIENT))
        .contains("dac-7");
    Told.nothing(astray(2, 300));
  }

  private static Evidence hot(double bytesIn) {
    var evidence =
        new Evidence()
            .topic(
                "HeartBeat",
                "kafka:1002",
                partition(3, 1005, List.of(1005, 1001), 1005, 1001),
                partition(4, 1001, REPLICAS, 1001, 1002, 1003))
            .sick(4, 1001, Sickness.SLOW, 1001)
            .healthy(0, 1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.SLOW, 900)
            .calmPeers()
            .load(HOST, 10_500_000, 900)
            .measured(Metric.BYTES_IN_PER_S, "1001", bytesIn);
    for (int b = 1002; b <= 1006; b++) {
      evidence.measured(Metric.BYTES_IN_PER_S, "" + b, 300_000);
    }
    return evidence;
  }

  private static Evidence rates(Evidence evidence, double of4) {
    for (int p = 0; p < 5; p++) {
      var rate =
          new Fact.Measured(Metric.PARTITION_RECORDS_PER_S, "HeartBeat-" + p, p == 4 ? of4 : 20);
      evidence.add(Source.ADMIN, "admin", rate);
    }
    return evidence;
  }

  @Test
  void aHotPartitionExplainsTheNetworkOfItsLeader() {
    var found = Told.confirmed(rates(hot(9_000_000), 900), CauseCode.F34, 1001, HOST);
    assertThat(found.subject().partitions()).containsExactly(4);
    Told.not(rates(hot(9_000_000), 900), CauseCode.F04);
  }

  @Test
  void aNetworkFullOfSomethingElseIsNotAHotPartition() {
    assertThat(Told.codes(rates(hot(300_000), 900).diagnose())).containsExactly(CauseCode.F04);
    assertThat(Told.codes(rates(hot(300_000), 20).diagnose())).containsExactly(CauseCode.F04);
  }

  private static Evidence moving(long beganBeforeMs) {
    return new Evidence()
        .map()
        .incidentPaths()
        .othersAnswer()
        .reach(1001, Reach.SLOW, 1_400)
        .calmPeers()
        .load(HOST, 12_000_000, 1_900)
        .add(
            Source.ADMIN,
            "admin",
            new ClusterFact.Reassigning("HeartBeat", 4, List.of(1006), List.of(1002)))
        .says(
            1002, LogSign.REASSIGNMENT, "", 1, ONSET_MS - beganBeforeMs, ONSET_MS - beganBeforeMs);
  }

  @Test
  void aReassignmentFloodsTheHostsItMovesOver() {
    Told.confirmed(moving(30_000), CauseCode.F35, 1001, HOST);
    Told.not(moving(30_000), CauseCode.F04);
  }

  @Test
  void aReassignmentThatWentWellForHoursFloodsNothing() {
    assertThat(moving(7_200_000).diagnose().first().orElseThrow().code()).isEqualTo(CauseCode.F04);
    Told.nothing(
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3, 4)
            .add(
                Source.ADMIN,
                "admin",
                new ClusterFact.Reassigning("HeartBeat", 4, List.of(1006), List.of(1002))));
  }

  @Test
  void aFollowerThatMayNotFetchWhatItsLeaderTookHasOtherLimits() {
    var differ =
        new Evidence()
            .topic("HeartBeat", "kafka:1001", partition(4, 1001, REPLICAS, 1001, 1002))
            .says(1003, LogSign.REPLICA_TOO_LARGE, "HeartBeat-4", 60)
            .set(ClusterFact.Scope.BROKER, "1003", "replica.fetch.max.bytes", "1048576")
            .set(ClusterFact.Scope.BROKER, "1001", "replica.fetch.max.bytes", "10485760");
    Told.confirmed(differ, CauseCode.F36, 1003, "iota-m2");
    Told.not(differ, CauseCode.F18);
    assertThat(Told.confirmed(differ, CauseCode.F36).subject().name(What.PEER)).contains("1001");
  }
}
