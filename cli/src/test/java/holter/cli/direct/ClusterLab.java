package holter.cli.direct;

import holter.channel.TwinName;
import holter.diagnose.Observation;
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
import holter.server.ClusterAsk;
import holter.server.EvidenceAccess;
import holter.server.EvidenceRound;
import holter.server.LogPlaces;
import holter.server.Places;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.MapReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Three real brokers with a topic, its readers and writers, and one round of asking them. */
record ClusterLab(RunDirectory run, LabNet net, Children children, LabKafka kafka)
    implements AutoCloseable {
  static final String TOPIC = "HeartBeat";
  static final String GROUP = "dtu-sink";

  static ClusterLab start(String version) {
    RunDirectory run = RunDirectory.open(HolterHome.path());
    List<HostSpec> hosts =
        Stream.of("me", "iota-m1", "iota-n2", "iota-m2", "iota-n1")
            .map(HostSpec::unlimited)
            .toList();
    LabNet net = LabNet.open(run.path(), hosts, "me");
    Children children = new Children();
    List<BrokerSpec> brokers =
        List.of(
            new BrokerSpec(1001, "iota-n2"),
            new BrokerSpec(1002, "iota-m2"),
            new BrokerSpec(1003, "iota-n1"));
    KafkaSpec spec = new KafkaSpec(version, brokers, "iota-m1", Route.OWN, Map.of());
    LabKafka kafka = LabKafka.start(spec, net, children, run.path(), line -> {});
    List<List<Integer>> replicas =
        List.of(List.of(1001, 1002, 1003), List.of(1002, 1003, 1001), List.of(1003, 1001, 1002));
    kafka.createTopics(List.of(new TopicSpec(TOPIC, replicas, Map.of("retention.ms", "600000"))));
    return new ClusterLab(run, net, children, kafka);
  }

  Properties client() {
    var settings = new Properties();
    settings.put("bootstrap.servers", kafka.bootstrap());
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    settings.put("key.deserializer", ByteArrayDeserializer.class);
    settings.put("value.deserializer", ByteArrayDeserializer.class);
    settings.put("enable.idempotence", "false");
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    return settings;
  }

  void write(int records) {
    try (var producer = new KafkaProducer<byte[], byte[]>(client())) {
      for (int i = 0; i < records; i++) {
        var _ = producer.send(new ProducerRecord<>(TOPIC, i % 3, null, new byte[100]));
      }
      producer.flush();
    }
  }

  KafkaConsumer<byte[], byte[]> join() {
    var settings = client();
    settings.put("group.id", GROUP);
    var consumer = new KafkaConsumer<byte[], byte[]>(settings);
    consumer.subscribe(List.of(TOPIC));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(200));
              return consumer.assignment().size() == 3;
            });
    return consumer;
  }

  /** Every topic with the end of every partition, Kafka's own too. */
  Map<String, Long> state() {
    try (var reader = new KafkaConsumer<byte[], byte[]>(client())) {
      var partitions = new ArrayList<TopicPartition>();
      reader
          .listTopics()
          .values()
          .forEach(
              list ->
                  list.forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition()))));
      var all = new TreeMap<String, Long>();
      reader.endOffsets(partitions).forEach((p, end) -> all.put(p.toString(), end));
      return all;
    }
  }

  List<Observation> round(ClusterAsk ask) {
    KafkaSettings settings = KafkaSettings.of(List.of(kafka.bootstrap().split(",")));
    Set<String> topics = Set.of(TOPIC, TwinName.of(TOPIC));
    try (MapReader maps =
        new MapReader(settings, topics, Duration.ofSeconds(1), System::currentTimeMillis)) {
      maps.start();
      Awaitility.await().until(() -> maps.map(TOPIC).isPresent());
      EvidenceAccess access =
          new EvidenceAccess(
              settings,
              TOPIC,
              kafka.zookeeper().orElse(""),
              null,
              LogPlaces.NONE,
              null,
              Places.NONE,
              Duration.ofSeconds(4));
      return new EvidenceRound(access, maps, System::currentTimeMillis, ask).gather(0);
    }
  }

  @Override
  public void close() {
    kafka.close();
    children.close();
    net.close();
    run.close();
  }
}
