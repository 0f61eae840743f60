package holter.lab.adapters;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.LaneSample;
import holter.engine.Input;
import holter.fleet.InstanceId;
import holter.lab.broker.BrokerSpec;
import holter.lab.broker.KafkaSpec;
import holter.lab.broker.LabKafka;
import holter.lab.broker.TopicSpec;
import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.RunDirectory;
import holter.server.kafka.BeatMapping;
import holter.server.kafka.BeatReader;
import holter.server.kafka.ForeignGroup;
import holter.server.kafka.IdFrom;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.LaneSettings;
import holter.server.kafka.Lanes;
import holter.server.kafka.MapReader;
import holter.server.kafka.TwinState;
import holter.server.kafka.TwinTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * Three real brokers, each leading one partition that 1002 shares with nobody but 1003, and the
 * adapters listening to them; what they say is remembered.
 */
final class Bench implements AutoCloseable {
  static final String TOPIC = "HeartBeat";
  static final String TWIN = "holter-twin-HeartBeat";
  static final String ABSENT = "never-made";
  static final List<Integer> PARTITIONS = List.of(0, 1, 2);
  private static final List<List<Integer>> REPLICAS =
      List.of(List.of(1001, 1003), List.of(1002, 1003), List.of(1003, 1001));

  private final long begunNs = System.nanoTime();
  private final long begunWallMs = System.currentTimeMillis();
  private final RunDirectory run = RunDirectory.open(HolterHome.path());
  private final Children children = new Children();
  private final LabNet net;
  final LabKafka kafka;
  final KafkaSettings settings;
  final MapReader maps;
  final Lanes lanes;
  final TwinState twin;
  private final BeatReader reader;
  private final KafkaProducer<String, String> producer;
  private final ConcurrentLinkedQueue<LaneSample> samples = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Long> readThrough = new ConcurrentHashMap<>();
  private final Set<InstanceId> heard = ConcurrentHashMap.newKeySet();

  Bench(String version) {
    var hosts = Stream.of("a", "b", "c", "control", "ops").map(HostSpec::unlimited).toList();
    net = LabNet.open(run.path(), hosts, "ops");
    var brokers =
        List.of(new BrokerSpec(1001, "a"), new BrokerSpec(1002, "b"), new BrokerSpec(1003, "c"));
    var spec = new KafkaSpec(version, brokers, "control", Route.OWN, Map.of());
    kafka = LabKafka.start(spec, net, children, run.path().resolve("kafka"), line -> {});
    kafka.createTopics(List.of(new TopicSpec(TOPIC, REPLICAS)));
    settings = KafkaSettings.of(List.of(kafka.bootstrap().split(",", -1)));
    maps = new MapReader(settings, Set.of(TOPIC, TWIN, ABSENT), Duration.ofSeconds(2), this::now);
    maps.start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> maps.map(TOPIC).filter(m -> m.partitions().size() == 3).isPresent());
    twin =
        new TwinTopic(settings, TWIN)
            .ensure(
                maps.map(TOPIC).orElseThrow(), maps.map(TWIN), Map.of(), Duration.ofSeconds(30));
    var probing = new LaneSettings(TOPIC, TWIN, Duration.ofSeconds(1), Duration.ofSeconds(2), true);
    lanes = new Lanes(maps, probing, this::take);
    var keyed = new ForeignGroup("keyed", IdFrom.parse("key"), Duration.ofSeconds(5));
    var mapping = new BeatMapping(List.of(keyed), System::currentTimeMillis);
    reader = new BeatReader(maps, TOPIC, mapping, this::take, System::currentTimeMillis);
    producer = producer();
    lanes.start();
    reader.start();
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", kafka.bootstrap(),
            "acks", "1",
            "enable.idempotence", "false",
            "key.serializer", StringSerializer.class.getName(),
            "value.serializer", StringSerializer.class.getName()));
  }

  private void take(Input input) {
    switch (input) {
      case Input.Sampled(LaneSample sample) -> samples.add(sample);
      case Input.ReadThrough(int partition, long ms) -> readThrough.merge(partition, ms, Math::max);
      case Input.Heard(var beat) -> heard.add(beat.from().id());
      default -> throw new AssertionError("the adapters said " + input);
    }
  }

  /** Engine time. */
  long now() {
    return begunWallMs + (System.nanoTime() - begunNs) / 1_000_000;
  }

  long begunWallMs() {
    return begunWallMs;
  }

  void beat(int partition, String instance) {
    var sent = producer.send(new ProducerRecord<>(TOPIC, partition, instance, "alive"));
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(sent::isDone);
  }

  boolean heardOf(String instance) {
    return heard.contains(new InstanceId(instance));
  }

  long readThroughMs(int partition) {
    return readThrough.getOrDefault(partition, -1L);
  }

  /** Finished samples that were sent since then, in the order of sending. */
  List<LaneSample> samplesSince(int partition, long sinceMs) {
    return samples.stream()
        .filter(s -> s.partition() == partition && s.sentAtMs() >= sinceMs)
        .sorted(java.util.Comparator.comparingLong(LaneSample::sentAtMs))
        .toList();
  }

  double periodMs(int partition) {
    return periodMs(partition, 0);
  }

  /** The mean time between two samples of a lane. */
  double periodMs(int partition, long sinceMs) {
    List<LaneSample> all = samplesSince(partition, sinceMs);
    long spanned = all.getLast().sentAtMs() - all.getFirst().sentAtMs();
    return spanned / (double) (all.size() - 1);
  }

  List<BrokerNode> brokers() {
    return maps.map(TOPIC).map(ClusterMap::brokers).orElseThrow().size() == 3
        ? maps.map(TOPIC).orElseThrow().brokers()
        : kafka.spec().brokers().stream().map(b -> new BrokerNode(b.id(), b.host(), 6667)).toList();
  }

  Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      return admin.listTopics().names().get();
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    lanes.close();
    maps.close();
    producer.close(Duration.ZERO);
    kafka.close();
    children.close();
    net.close();
    run.close();
  }
}
