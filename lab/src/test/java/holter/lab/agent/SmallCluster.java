package holter.lab.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Three real brokers and a host for the worker; each topic has three partitions, partition p led by
 * broker 1001 + p.
 */
final class SmallCluster implements AutoCloseable {
  static final String WORKER_HOST = "worker-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  final RunDirectory run = RunDirectory.open(HolterHome.path());
  final LabNet net;
  final Children children = new Children();
  final LabKafka kafka;

  SmallCluster(String version) {
    var hosts =
        List.of(
            HostSpec.unlimited("node-1"),
            HostSpec.unlimited("node-2"),
            HostSpec.unlimited("node-3"),
            HostSpec.unlimited(WORKER_HOST));
    net = LabNet.open(run.path().resolve("net"), hosts, WORKER_HOST);
    var brokers =
        List.of(
            new BrokerSpec(1001, "node-1"),
            new BrokerSpec(1002, "node-2"),
            new BrokerSpec(1003, "node-3"));
    var spec = new KafkaSpec(version, brokers, "node-1", Route.OWN, Map.of());
    kafka = LabKafka.start(spec, net, children, directory("kafka"), line -> {});
  }

  Path directory(String name) {
    try {
      return Files.createDirectories(run.path().resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Creates topics whose partitions have all three brokers as replicas. */
  void topics(String... names) {
    var replicas =
        List.of(List.of(1001, 1002, 1003), List.of(1002, 1003, 1001), List.of(1003, 1001, 1002));
    kafka.createTopics(
        java.util.Arrays.stream(names).map(name -> new TopicSpec(name, replicas)).toList());
  }

  /** Everything that is visible in a topic now; a record's partition stands in the record. */
  List<ConsumerRecord<String, String>> read(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka.bootstrap(),
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false",
            "request.timeout.ms", "5000",
            "default.api.timeout.ms", "20000");
    var records = new ArrayList<ConsumerRecord<String, String>>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      var partitions = IntStream.range(0, 3).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())
          && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  static JsonNode json(ConsumerRecord<String, String> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
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
