package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** F43 to F48, each beside what looks like it. */
class ConsumerCausesTest {
  private static final String GROUP = "readers";
  private static final String TOPIC = "HeartBeat";

  private static Evidence well() {
    return new Evidence().map().healthy(0, 1, 2, 3, 4);
  }

  private static Evidence group(Evidence evidence, String name, int coordinator, int changes) {
    return evidence.add(
        Source.ADMIN, "admin", new ClusterFact.GroupSeen(name, "Stable", coordinator, 4, changes));
  }

  private static Evidence lag(Evidence evidence, long advanced, long produced) {
    return evidence.add(
        Source.ADMIN,
        "admin",
        new ClusterFact.GroupLag(GROUP, TOPIC, 4, 5_000, 0, 9_000, advanced, produced, 0));
  }

  private static Evidence late(Evidence evidence, long committed, long advanced, long produced) {
    return evidence.add(
        Source.ADMIN,
        "admin",
        new ClusterFact.GroupLag(
            GROUP, TOPIC, 4, committed, 100, 9_000, advanced, produced, 120_000));
  }

  @Test
  void aGroupThatHasNotCommittedWhatCameMinutesAgoIsSlowUnlessItStandsOrIsOutOfTheLog() {
    var slow = late(group(well(), GROUP, 1002, 0), 5_000, 0, 0);
    var found = slow.diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F46);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    Told.nothing(late(group(well(), GROUP, 1002, 0), 5_000, 0, 500));
    Told.not(late(group(well(), GROUP, 1002, 0), 50, 0, 0), CauseCode.F46);
    Told.not(late(well(), 5_000, 0, 0), CauseCode.F46);
  }

  private static Evidence says(Evidence evidence, LogSign sign, String about, int count) {
    return evidence.clientSays("reader", sign, -1, about, count, 20_000);
  }

  @Test
  void membersThatComeAndGoKeepAGroupRebalancing() {
    var storm = group(well(), GROUP, 1002, 5).says(1002, LogSign.GROUP_REBALANCES, GROUP, 6);
    var found = Told.confirmed(storm, CauseCode.F43);
    assertThat(found.subject().name(What.GROUP)).contains(GROUP);
    Told.nothing(group(well(), GROUP, 1002, 1).says(1002, LogSign.GROUP_REBALANCES, GROUP, 1));
    long hourAgo = NOW_MS - 3_600_000;
    Told.nothing(well().says(1002, LogSign.GROUP_REBALANCES, GROUP, 9, hourAgo, NOW_MS));
    Told.nothing(well().says(1002, LogSign.GROUP_REBALANCES, GROUP, 9, hourAgo, hourAgo + 9_000));
  }

  @Test
  void aMemberStuckInItsWorkLeavesWhileRecordsCome() {
    var stuck = says(lag(well(), 0, 50), LogSign.POLL_TOO_LATE, GROUP, 1);
    Told.confirmed(stuck, CauseCode.F44);
    Told.not(stuck, CauseCode.F43, CauseCode.F46);
    var storm = group(says(well(), LogSign.COMMIT_FAILED, GROUP, 1), GROUP, 1002, 9);
    Told.not(storm.says(1002, LogSign.GROUP_REBALANCES, GROUP, 6), CauseCode.F44);
  }

  @Test
  void aResetFromOutsideTheLogSkipsRecords() {
    var reset =
        says(
                says(well(), LogSign.OFFSET_OUT_OF_RANGE, "HeartBeat-4", 1),
                LogSign.OFFSET_RESET,
                "HeartBeat-4",
                1)
            .lag(GROUP, TOPIC, 100, 900, 1_000);
    Told.confirmed(reset, CauseCode.F45);
  }

  private static Evidence readerSays(Evidence e, String group, LogSign sign) {
    String line = "[Consumer clientId=c, groupId=" + group + "] …";
    long at = Evidence.NOW_MS - 10_000;
    return e.add(
        Source.CLIENT_LOGS,
        group,
        new Fact.Logged(sign, group, -1, "HeartBeat-4", 1, at, at, line));
  }

  @Test
  void aResetNamesTheGroupThatLost() {
    var reset = readerSays(well(), GROUP, LogSign.OFFSET_OUT_OF_RANGE);
    readerSays(readerSays(reset, GROUP, LogSign.OFFSET_RESET), "new", LogSign.OFFSET_RESET);
    assertThat(reset.diagnose().found())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo(CauseCode.F45);
              assertThat(found.subject().name(What.GROUP)).contains(GROUP);
              assertThat(found.subject().name(What.TOPIC)).contains("HeartBeat");
            });
  }

  @Test
  void theRebalancesOfItsOwnLateMemberDoNotSpeakForAnotherCause() {
    var late = says(well(), LogSign.POLL_TOO_LATE, GROUP, 3);
    late.group(GROUP, 1).says(1003, LogSign.GROUP_REBALANCES, GROUP, 7);
    var found = late.diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F44);
    assertThat(found.speaksAgainst()).isEmpty();
    assertThat(found.probability()).isGreaterThan(0.8);
  }

  @Test
  void aNewGroupResetsAndLosesNothing() {
    Told.nothing(says(well(), LogSign.OFFSET_RESET, "HeartBeat-4", 1));
  }

  @Test
  void aReaderThatFallsBehindIsSlowAndNotStuck() {
    var slow = group(lag(well(), 20, 500), GROUP, 1002, 0);
    var found = slow.diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F46);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    Told.nothing(group(lag(well(), 480, 500), GROUP, 1002, 0));
    Told.nothing(group(lag(well(), 0, 500), GROUP, 1002, 0));
    Told.not(group(lag(well(), 20, 500), GROUP, 1002, 7), CauseCode.F46);
    var held = group(lag(well(), 20, 500), GROUP, 1002, 0);
    Told.not(held.measured(Metric.THROTTLE_MS, "reader", 900), CauseCode.F46);
    Told.not(
        slow.add(Source.ADMIN, "admin", new ClusterFact.TransactionOpen(TOPIC, 4, 7, 90_000)),
        CauseCode.F46);
  }

  @Test
  void theGroupsOfOneCoordinatorMissIt() {
    var gone =
        group(group(well(), GROUP, 1003, 0), "others", 1004, 0)
            .clientSays("reader", LogSign.COORDINATOR_GONE, 1003, GROUP, 9, 9_000)
            .called("findCoordinator", GROUP, "COORDINATOR_NOT_AVAILABLE");
    Told.confirmed(gone, CauseCode.F47, 1003, "iota-m2");
    gone.clientSays("reader", LogSign.COORDINATOR_GONE, 1004, "others", 9, 9_000);
    assertThat(gone.diagnose().found()).noneMatch(f -> f.code() == CauseCode.F47);
  }

  @Test
  void aGroupThatLookedForItsCoordinatorAtFirstHasFoundIt() {
    var started =
        group(group(well(), GROUP, 1003, 0), "others", 1004, 0)
            .says(1003, LogSign.GROUP_REBALANCES, GROUP, 1, NOW_MS - 9_000, NOW_MS - 9_000)
            .clientSays("reader", LogSign.COORDINATOR_GONE, 1003, GROUP, 3, 30);
    Told.not(started, CauseCode.F47);
  }

  @Test
  void aTransactionThatDoesNotEndHoldsItsReaders() {
    var open =
        lag(well(), 0, 50)
            .add(Source.ADMIN, "admin", new ClusterFact.TransactionOpen(TOPIC, 4, 7, 1_800_000))
            .measured(Metric.LATE_TRANSACTIONS, "1001", 1);
    Told.confirmed(open, CauseCode.F48);
    Told.nothing(
        lag(well(), 0, 50)
            .add(Source.ADMIN, "admin", new ClusterFact.TransactionOpen(TOPIC, 4, 7, 2_000)));
  }
}
