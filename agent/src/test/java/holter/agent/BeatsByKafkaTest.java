package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent against five brokers made of sockets, one partition each. */
class BeatsByKafkaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeCluster cluster = brokers();

  private static FakeCluster brokers() {
    try {
      return new FakeCluster(5);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void topic() {
    cluster.topic("HeartBeat", 5);
    open.add(cluster);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private AgentConfig config(String bootstrap) {
    return AgentConfig.of("dac-1", bootstrap, dir)
        .withInterval(Duration.ofMillis(100))
        .answeringOn("127.0.0.1", 0);
  }

  private HolterAgent start(AgentConfig config) {
    var agent = HolterAgent.start(config, new Notices(said::add));
    open.add(agent);
    return agent;
  }

  private List<Map<String, Object>> beats() {
    return cluster.records("HeartBeat").stream()
        .map(taken -> JsonReader.object(taken.value()))
        .toList();
  }

  private static long seq(Map<String, Object> beat) {
    return (Long) beat.getOrDefault("seq", -1L);
  }

  private static boolean tells(Map<String, Object> beat, long partition, String error) {
    return beat.get("results") instanceof List<?> results
        && results.stream()
            .anyMatch(
                result ->
                    result instanceof Map<?, ?> one
                        && Long.valueOf(partition).equals(one.get("p"))
                        && error.equals(one.get("error")));
  }

  @Test
  void beatsTakeEachPartitionInTurnAndSayWhich() {
    start(config(cluster.bootstrap()));
    await().atMost(PATIENCE).until(() -> cluster.records("HeartBeat").size() >= 12);
    var rotation = Rotation.of("dac-1", 5);
    Set<Integer> partitions = new HashSet<>();
    for (var taken : cluster.records("HeartBeat")) {
      var beat = JsonReader.object(taken.value());
      assertThat(taken.key()).isEqualTo("dac-1");
      assertThat(beat).containsEntry("partition", (long) taken.partition());
      assertThat(taken.partition()).isEqualTo(rotation.partition(seq(beat)));
      partitions.add(taken.partition());
    }
    assertThat(partitions).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThat(said).isEmpty();
  }

  @Test
  void aLeaderThatAcceptsAndNeverAnswersHoldsUpNoOtherBeat() {
    int silent = 3;
    start(config(cluster.bootstrap()));
    await().atMost(PATIENCE).until(() -> cluster.records("HeartBeat").size() >= 10);
    cluster.mode(silent, FakeCluster.Mode.SILENT);
    long from = seq(beats().get(beats().size() - 1)) + 2;
    await().atMost(PATIENCE).until(() -> beats().stream().anyMatch(beat -> seq(beat) > from + 30));

    var rotation = Rotation.of("dac-1", 5);
    List<Long> due =
        LongStream.range(from, from + 30)
            .filter(seq -> rotation.partition(seq) != silent)
            .boxed()
            .toList();
    assertThat(beats())
        .as("every beat of another partition arrived, none was left out")
        .extracting(BeatsByKafkaTest::seq)
        .containsAll(due);
    assertThat(beats())
        .as("later beats tell of the sick partition, and of no other")
        .anyMatch(beat -> tells(beat, silent, "TIMEOUT") || tells(beat, silent, "NETWORK"))
        .noneMatch(beat -> tells(beat, (silent + 1) % 5, "TIMEOUT"))
        .noneMatch(beat -> tells(beat, (silent + 1) % 5, "BUFFER_FULL"))
        .noneMatch(beat -> tells(beat, silent, "BUFFER_FULL"));
  }

  @Test
  void theBeatsAfterAStuckOneAreSentBeforeItsFateIsKnown() {
    int silent = 2;
    cluster.mode(silent, FakeCluster.Mode.SILENT);
    start(config(cluster.bootstrap()));
    await()
        .atMost(PATIENCE)
        .until(() -> beats().stream().anyMatch(beat -> tells(beat, silent, "TIMEOUT")));
    var rotation = Rotation.of("dac-1", 5);
    List<Map<String, Object>> arrived = beats();
    assertThat(arrived)
        .as("a beat after a stuck one that does not know of its failure yet")
        .anyMatch(
            beat -> {
              boolean afterStuck = rotation.partition(seq(beat) - 1) == silent;
              return afterStuck
                  && beat.get("results") instanceof List<?> results
                  && results.stream()
                      .noneMatch(
                          result ->
                              result instanceof Map<?, ?> one
                                  && Long.valueOf(seq(beat) - 1).equals(one.get("seq")));
            });
  }

  @Test
  void theSickPartitionIsHeardAgainSoonAfterItsLeaderAnswers() {
    int silent = 1;
    cluster.mode(silent, FakeCluster.Mode.SILENT);
    start(config(cluster.bootstrap()));
    await()
        .atMost(PATIENCE)
        .until(() -> beats().stream().anyMatch(beat -> tells(beat, silent, "TIMEOUT")));
    cluster.mode(silent, FakeCluster.Mode.ANSWERS);
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.records("HeartBeat").stream().anyMatch(t -> t.partition() == silent));
  }

  @Test
  void anAbsentKafkaHoldsUpNeitherTheStartNorTheBeats() throws IOException {
    String nowhere;
    try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = "127.0.0.1:" + door.getLocalPort();
    }
    var agent = start(config(nowhere));
    await().atMost(PATIENCE).until(() -> agent.beats() >= 20 && !said.isEmpty());
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("HeartBeat is not known").doesNotContain("\n");
  }

  @Test
  void aBootstrapNameThatDoesNotResolveIsToldOnceAndTriedOn() {
    var agent = start(config("no-such-host.invalid:9092"));
    await().atMost(PATIENCE).until(() -> agent.beats() >= 5 && !said.isEmpty());
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("no Kafka producer for the beats yet");
  }

  @Test
  void partitionsThatAreAddedAreBeatenOnToo() {
    start(config(cluster.bootstrap()).withClientProperties(Map.of("metadata.max.age.ms", "200")));
    await().atMost(PATIENCE).until(() -> cluster.records("HeartBeat").size() >= 5);
    cluster.topic("HeartBeat", 8);
    await()
        .atMost(PATIENCE)
        .until(
            () -> cluster.records("HeartBeat").stream().anyMatch(taken -> taken.partition() == 7));
  }

  @Test
  void aPlannedStopIsToldOnSeveralPartitions() {
    var agent = start(config(cluster.bootstrap()));
    await().atMost(PATIENCE).until(() -> cluster.records("HeartBeat").size() >= 5);
    agent.close();
    Set<Integer> told = new HashSet<>();
    for (var taken : cluster.records("HeartBeat")) {
      if (Boolean.TRUE.equals(JsonReader.object(taken.value()).get("planned"))) {
        told.add(taken.partition());
      }
    }
    assertThat(told).hasSize(BeatLoop.PLANNED_BEATS);
  }

  @Test
  void whileNoPartitionAcknowledgesBeatsGoByHttpAndNoLongerThanThat() throws IOException {
    var directory = new FakeDirectory();
    open.add(directory);
    for (int broker = 0; broker < 5; broker++) {
      cluster.mode(broker, FakeCluster.Mode.SILENT);
    }
    start(config(cluster.bootstrap()).withOrchestrator(directory.url(), FakeDirectory.TOKEN));
    await().atMost(PATIENCE).until(() -> directory.posted("/agent/v1/beats").size() >= 3);
    assertThat(directory.posted("/agent/v1/beats"))
        .allMatch(beat -> Long.valueOf(-1).equals(beat.get("partition")));
    for (int broker = 0; broker < 5; broker++) {
      cluster.mode(broker, FakeCluster.Mode.ANSWERS);
    }
    await().atMost(PATIENCE).until(() -> beats().size() >= 10);
    long firstByKafka = seq(beats().get(0));
    await().atMost(PATIENCE).until(() -> beats().size() >= 25);
    assertThat(directory.posted("/agent/v1/beats"))
        .as("two beats may be on their way when Kafka answers")
        .allMatch(beat -> seq(beat) <= firstByKafka + 5);
  }
}
