package holter.lab.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.LaneOutcome;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.server.kafka.BrokerReach;
import holter.server.kafka.Lanes;
import holter.server.log.BrokerLogs;
import holter.server.log.LogSource;
import holter.server.log.LogWindow;
import holter.server.zookeeper.ZooKeeperReader;
import holter.server.zookeeper.ZooKeeperView;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's adapters on real brokers, through calm, a stopped broker and a killed one. */
class AdaptersOnRealBrokersTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A stopped broker must not stretch another lane's period by this much. */
  private static final double STRETCH_MAX = 1.1;

  /** A lane's own period; one that has just healed is faster for a while. */
  private static final double PERIOD_MS = 1_000;

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  void oneSickBrokerIsSeenAsSickAndChangesNothingForTheOthers(String version) throws Exception {
    try (var bench = new Bench(version)) {
      inCalmEveryPathIsProvedAtTheCostPromised(bench);
      askingForATopicThatDoesNotExistDoesNotCreateIt(bench);
      manyWhoAskAtOnceAreAnsweredByEveryBroker(bench);
      aStoppedBrokerMakesItsOwnLaneSickAndNoOther(bench);
      aKilledBrokerRefusesAndTheOthersSaySo(bench);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"0.10.1.1", "4.4.0", "2.8.2"})
  void furtherVersionsDoTheSame(String version) throws Exception {
    oneSickBrokerIsSeenAsSickAndChangesNothingForTheOthers(version);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = "0.10.0.1")
  void whereNoTwinCanBeMadeLanesOnlyFetchAndSayWhy(String version) throws Exception {
    try (var bench = new Bench(version)) {
      assertThat(bench.twin.exists()).isFalse();
      assertThat(bench.twin.why()).contains("0.10.1");
      for (int partition : Bench.PARTITIONS) {
        awaitOutcome(bench, partition, LaneOutcome.Fetched.class, bench.now());
      }
      assertThat(bench.lanes.notes()).hasSize(Bench.PARTITIONS.size());
      everyPartitionIsReadThrough(bench);
      bench.kafka.stop(1002);
      awaitOutcome(bench, 1, LaneOutcome.FetchSilent.class, bench.now());
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = "0.10.1.1")
  void zooKeeperTellsRegistrationsTrueReplicaOrderAndWhoIsMissing(String version) throws Exception {
    try (var bench = new Bench(version)) {
      ZooKeeperView view =
          new ZooKeeperReader(bench.kafka.zookeeper().orElseThrow(), bench::now)
              .read(Bench.TOPIC, Set.of(1001, 1002, 1003, 1009), Duration.ofSeconds(20));
      assertThat(view.replicaOrder())
          .isEqualTo(
              Map.of(0, List.of(1001, 1003), 1, List.of(1002, 1003), 2, List.of(1003, 1001)));
      assertThat(view.controllerId()).isIn(1001, 1002, 1003);
      assertThat(view.observations())
          .extracting(Observation::fact)
          .contains(new Fact.NotRegistered(1009, "zookeeper"))
          .filteredOn(Fact.Registered.class::isInstance)
          .hasSize(3)
          .allSatisfy(
              fact -> {
                var registered = (Fact.Registered) fact;
                long apart = registered.registeredAtWallMs() - registered.selfReportedWallMs();
                assertThat(Math.abs(apart)).isLessThan(60_000);
              });
    }
  }

  private static void inCalmEveryPathIsProvedAtTheCostPromised(Bench bench) {
    assertThat(bench.twin).hasToString("TwinState[exists=true, apart=[], why=]");
    for (int partition : Bench.PARTITIONS) {
      awaitOutcome(bench, partition, LaneOutcome.Seen.class, bench.now());
    }
    assertThat(bench.lanes.notes()).isEmpty();
    Lanes.Traffic before = bench.lanes.traffic();
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> bench.lanes.traffic().rounds() >= before.rounds() + 24);
    Lanes.Traffic after = bench.lanes.traffic();
    long bytes = after.bytesOut() + after.bytesIn() - before.bytesOut() - before.bytesIn();
    assertThat(bytes / (double) (after.rounds() - before.rounds()))
        .as("bytes per record, one record per lane and second")
        .isLessThan(800);
    bench.beat(0, "dac-0");
    Awaitility.await().atMost(LIMIT).until(() -> bench.heardOf("dac-0"));
    everyPartitionIsReadThrough(bench);
  }

  private static void askingForATopicThatDoesNotExistDoesNotCreateIt(Bench bench) throws Exception {
    assertThat(bench.maps.map(Bench.ABSENT).orElseThrow().partitions()).isEmpty();
    assertThat(bench.topics()).contains(Bench.TOPIC, Bench.TWIN).doesNotContain(Bench.ABSENT);
  }

  /** That we ask twice at the same moment must not look like a broker's silence. */
  private static void manyWhoAskAtOnceAreAnsweredByEveryBroker(Bench bench) throws Exception {
    Callable<List<Observation>> asking =
        () -> bench.maps.observe(Bench.TOPIC, Duration.ofSeconds(20));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Observation>> one : threads.invokeAll(Collections.nCopies(16, asking))) {
        assertThat(one.get())
            .extracting(Observation::fact)
            .noneMatch(Fact.Unasked.class::isInstance)
            .filteredOn(Fact.Metadata.class::isInstance)
            .hasSizeGreaterThanOrEqualTo(3);
      }
    }
  }

  private static void aStoppedBrokerMakesItsOwnLaneSickAndNoOther(Bench bench) {
    double calm = bench.periodMs(0);
    bench.kafka.stop(1002);
    long stoppedMs = bench.now();
    awaitOutcome(bench, 1, LaneOutcome.Unacked.class, stoppedMs);
    assertThat(reach(bench)).containsEntry(1002, Reach.SILENT);
    assertThat(reach(bench)).doesNotContainEntry(1001, Reach.SILENT);
    bench.beat(0, "dac-1");
    Awaitility.await().atMost(LIMIT).until(() -> bench.heardOf("dac-1"));
    for (int well : List.of(0, 2)) {
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> bench.samplesSince(well, stoppedMs).size() >= 10);
      assertThat(bench.samplesSince(well, stoppedMs))
          .as("samples of partition " + well)
          .filteredOn(s -> !(s.outcome() instanceof LaneOutcome.Voided))
          .allSatisfy(s -> assertThat(s.outcome()).isInstanceOf(LaneOutcome.Seen.class));
      assertThat(bench.readThroughMs(well)).isGreaterThan(stoppedMs + 2000);
      assertThat(bench.periodMs(well, stoppedMs))
          .isLessThan(Math.max(calm, PERIOD_MS) * STRETCH_MAX);
    }
    bench.kafka.cont(1002);
    awaitOutcome(bench, 1, LaneOutcome.Seen.class, bench.now());
    everyPartitionIsReadThrough(bench);
  }

  private static void aKilledBrokerRefusesAndTheOthersSaySo(Bench bench) {
    bench.kafka.kill(1003);
    long killedMs = bench.now();
    awaitOutcome(bench, 2, LaneOutcome.Refused.class, killedMs);
    assertThat(reach(bench)).containsEntry(1003, Reach.REFUSED);
    var logs = new BrokerLogs(new LogSource.Directory(bench.kafka.directory()), bench::now);
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        logs.observe(
                            bench.brokers(),
                            LogWindow.of(bench.begunWallMs(), Long.MAX_VALUE),
                            Duration.ofSeconds(20)))
                    .extracting(Observation::fact)
                    .anyMatch(
                        f ->
                            f instanceof Fact.Complaint c
                                && c.target() == 1003
                                && c.kind() == ComplaintKind.REFUSED)
                    .anyMatch(f -> f instanceof Fact.LogShape s && s.brokerId() == 1001));
  }

  private static void everyPartitionIsReadThrough(Bench bench) {
    long fromMs = bench.now();
    for (int partition : Bench.PARTITIONS) {
      Awaitility.await().atMost(LIMIT).until(() -> bench.readThroughMs(partition) >= fromMs);
    }
  }

  private static void awaitOutcome(
      Bench bench, int partition, Class<? extends LaneOutcome> wanted, long sinceMs) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(bench.samplesSince(partition, sinceMs))
                    .as("samples of partition " + partition)
                    .anyMatch(s -> wanted.isInstance(s.outcome())));
  }

  private static Map<Integer, Reach> reach(Bench bench) {
    var found = new java.util.TreeMap<Integer, Reach>();
    for (Observation o :
        new BrokerReach(bench.settings, Duration.ofSeconds(2), bench::now)
            .observe(bench.brokers())) {
      if (o.fact() instanceof Fact.BrokerReach reach) {
        found.put(reach.brokerId(), reach.reach());
      }
    }
    return found;
  }
}
