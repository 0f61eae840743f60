package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.TwinName;
import holter.diagnose.ClusterFact.Called;
import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.ClusterFact.ControllerSeen;
import holter.diagnose.ClusterFact.GroupLag;
import holter.diagnose.ClusterFact.GroupSeen;
import holter.diagnose.ClusterFact.LogDirSeen;
import holter.diagnose.ClusterFact.Reassigning;
import holter.diagnose.ClusterFact.Scope;
import holter.diagnose.Fact;
import holter.diagnose.Metric;
import holter.diagnose.Observation;
import holter.lab.broker.TopicSpec;
import holter.server.ClusterAsk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real brokers of several versions say of themselves, and that asking changes nothing. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class ClusterWordsTest {
  private static final String TOPIC = ClusterLab.TOPIC;
  private static final String GROUP = ClusterLab.GROUP;

  @ParameterizedTest
  @ValueSource(strings = {"0.10.1.1", "3.9.2"})
  void everyBrokerTellsWhatItsVersionCanAndNothingIsWritten(String version) throws Exception {
    tellsAndWritesNothing(version);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"2.8.2", "4.4.0"})
  void soDoOtherVersions(String version) throws Exception {
    tellsAndWritesNothing(version);
  }

  private static void tellsAndWritesNothing(String version) throws Exception {
    try (ClusterLab lab = ClusterLab.start(version)) {
      lab.write(30);
      Map<String, Long> before = lab.state();
      List<Observation> first = lab.round(new ClusterAsk("ghost", ""));
      assertThat(lab.state()).as("no topic was made by asking for a coordinator").isEqualTo(before);
      assertThat(of(first, GroupSeen.class)).isEmpty();
      boolean old = version.startsWith("0.10");
      try (var consumer = lab.join()) {
        consumer.commitSync(Map.of(new TopicPartition(TOPIC, 1), at(4)));
        Map<String, Long> joined = lab.state();
        List<Observation> seen = lab.round(new ClusterAsk(GROUP, ""));
        assertThat(lab.state()).as("nothing was written or committed").isEqualTo(joined);
        groupIsSeen(seen);
        assertThat(codes(seen)).as("nobody refuses anything").isEmpty();
        assertThat(of(seen, ControllerSeen.class)).isNotEmpty();
        assertThat(of(seen, ControllerSeen.class).stream().map(ControllerSeen::brokerId).distinct())
            .hasSize(1)
            .allMatch(id -> id > 0);
        Set<String> unknown = unknownCalls(seen);
        if (old) {
          assertThat(unknown).contains("DescribeConfigs", "DescribeLogDirs");
          assertThat(of(seen, Configured.class))
              .as("ZooKeeper has what these brokers do not tell")
              .containsExactly(new Configured(Scope.TOPIC, TOPIC, "retention.ms", "600000"));
        } else {
          settingsAreSeen(seen);
          assertThat(unknown).doesNotContain("DescribeConfigs", "ListPartitionReassignments");
          assertThat(unknown.contains("ListTransactions")).isEqualTo(version.startsWith("2."));
        }
      }
    }
  }

  private static void groupIsSeen(List<Observation> seen) {
    GroupSeen group = of(seen, GroupSeen.class).getFirst();
    assertThat(group.group()).isEqualTo(GROUP);
    assertThat(group.state()).isEqualTo("Stable");
    assertThat(group.members()).isEqualTo(1);
    assertThat(group.coordinatorId()).isBetween(1001, 1003);
    assertThat(group.memberships()).isZero();
    GroupLag lag = of(seen, GroupLag.class).getFirst();
    assertThat(lag).isEqualTo(new GroupLag(GROUP, TOPIC, 1, 4, 0, 10, 0, 0, 0));
    assertThat(
            of(seen, Fact.Measured.class).stream()
                .filter(m -> m.metric() == Metric.PARTITION_RECORDS_PER_S))
        .hasSize(3)
        .as("ten records each, in the last minute")
        .allMatch(m -> m.value() == 10 / 60.0);
  }

  private static void settingsAreSeen(List<Observation> seen) {
    assertThat(of(seen, Configured.class))
        .contains(
            new Configured(Scope.BROKER, "1002", "min.insync.replicas", "1"),
            new Configured(Scope.BROKER, "1003", "replica.lag.time.max.ms", "30000"),
            new Configured(Scope.TOPIC, TOPIC, "retention.ms", "600000"));
    assertThat(of(seen, LogDirSeen.class))
        .hasSize(3)
        .allMatch(d -> d.error().isEmpty() && d.partitions().size() == 3);
  }

  @Test
  void quotasMovesAndThrottlesAreSeenAndAFrozenBrokerHidesNobody() throws Exception {
    try (ClusterLab lab = ClusterLab.start("3.9.2")) {
      lab.write(300);
      try (Admin admin = Admin.create(lab.client());
          var consumer = lab.join()) {
        consumer.commitSync();
        quotaAndMove(admin);
        List<Observation> seen = lab.round(ClusterAsk.READING);
        assertThat(of(seen, Configured.class))
            .contains(
                new Configured(Scope.CLIENT_QUOTA, "dac-7", "producer_byte_rate", "1024"),
                new Configured(Scope.BROKER, "1001", "leader.replication.throttled.rate", "1"));
        assertThat(of(seen, Reassigning.class))
            .containsExactly(new Reassigning("wide", 0, List.of(1003), List.of(1001)));
        lab.kafka().stop(1001);
        List<Observation> frozen = lab.round(ClusterAsk.READING);
        assertThat(of(frozen, LogDirSeen.class).stream().map(LogDirSeen::brokerId))
            .containsExactlyInAnyOrder(1002, 1003);
        assertThat(frozen.stream().map(Observation::fact))
            .anyMatch(
                f -> f instanceof Fact.Unasked u && u.subject().english().equals("broker 1001"));
        assertThat(of(frozen, Called.class).stream().filter(c -> c.call().equals("DescribeQuorum")))
            .as("that the broker is silent is not laid at the controller's door")
            .isNotEmpty()
            .allMatch(c -> c.code().isEmpty());
        lab.kafka().cont(1001);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.10.1.1", "3.9.2"})
  void canariesGoToHoltersOwnTopicOnlyAndAFrozenFollowerDelaysThoseForAll(String version) {
    try (ClusterLab lab = ClusterLab.start(version)) {
      String twin = TwinName.of(TOPIC);
      lab.kafka()
          .createTopics(
              List.of(
                  new TopicSpec(
                      twin, List.of(List.of(1001, 1002, 1003), List.of(1002, 1003, 1001)))));
      Map<String, Long> before =
          Awaitility.await() // some brokers hear of a new topic later than others
              .until(
                  lab::state, state -> state.keySet().stream().anyMatch(p -> p.startsWith(twin)));
      ClusterAsk ask = new ClusterAsk("", twin);
      List<Fact.CanarySent> sent = of(lab.round(ask), Fact.CanarySent.class);
      assertThat(sent).hasSize(4).allMatch(c -> c.code().isEmpty() && c.ms() >= 0);
      var expected = new TreeMap<>(before);
      expected.replaceAll((p, end) -> p.startsWith(twin) ? end + 2 : end);
      assertThat(lab.state()).as("two records to each leader's twin").isEqualTo(expected);

      lab.kafka().stop(1003);
      List<Observation> seen = lab.round(ask);
      assertThat(of(seen, Fact.CanarySent.class))
          .filteredOn(c -> c.acks() == 1)
          .hasSize(2)
          .allMatch(c -> c.code().isEmpty() && c.ms() >= 0);
      assertThat(of(seen, Fact.CanarySent.class))
          .filteredOn(c -> c.acks() == -1)
          .hasSize(2)
          .allMatch(c -> c.ms() < 0);
      lab.kafka().cont(1003);
    }
  }

  private static void quotaAndMove(Admin admin) throws Exception {
    var client = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "dac-7"));
    var rate = new ClientQuotaAlteration.Op("producer_byte_rate", 1024d);
    admin.alterClientQuotas(List.of(new ClientQuotaAlteration(client, List.of(rate)))).all().get();
    admin
        .createTopics(
            List.of(
                new org.apache.kafka.clients.admin.NewTopic(
                    "wide", Map.of(0, List.of(1001, 1002)))))
        .all()
        .get();
    try (var producer =
        new KafkaProducer<byte[], byte[]>(
            new HashMap<>(
                Map.of(
                    "bootstrap.servers",
                    "iota-n2:6667",
                    "key.serializer",
                    ByteArraySerializer.class,
                    "value.serializer",
                    ByteArraySerializer.class)))) {
      for (int i = 0; i < 50; i++) {
        producer.send(new ProducerRecord<>("wide", 0, null, new byte[100_000])).get();
      }
    }
    Map<ConfigResource, java.util.Collection<AlterConfigOp>> limits = new HashMap<>();
    for (int id : new int[] {1001, 1002, 1003}) {
      limits.put(
          new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(id)),
          List.of(
              set("leader.replication.throttled.rate", "1"),
              set("follower.replication.throttled.rate", "1")));
    }
    limits.put(
        new ConfigResource(ConfigResource.Type.TOPIC, "wide"),
        List.of(
            set("leader.replication.throttled.replicas", "*"),
            set("follower.replication.throttled.replicas", "*")));
    admin.incrementalAlterConfigs(limits).all().get();
    admin
        .alterPartitionReassignments(
            Map.of(
                new TopicPartition("wide", 0),
                Optional.of(new NewPartitionReassignment(List.of(1002, 1003)))))
        .all()
        .get();
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  private static org.apache.kafka.clients.consumer.OffsetAndMetadata at(long offset) {
    return new org.apache.kafka.clients.consumer.OffsetAndMetadata(offset);
  }

  static <F extends Fact> List<F> of(List<Observation> seen, Class<F> kind) {
    return seen.stream().map(Observation::fact).filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Called> codes(List<Observation> seen) {
    return of(seen, Called.class).stream().filter(c -> !c.code().isEmpty()).toList();
  }

  private static Set<String> unknownCalls(List<Observation> seen) {
    var calls = new java.util.TreeSet<String>();
    of(seen, Fact.Unasked.class)
        .forEach(
            u -> {
              String who = u.subject().english();
              if (who.startsWith("Kafka call ")) calls.add(who.substring("Kafka call ".length()));
            });
    return calls;
  }
}
