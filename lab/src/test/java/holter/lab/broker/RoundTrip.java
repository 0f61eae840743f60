package holter.lab.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Clients of 3.9.2 that write to a partition and read it back. */
final class RoundTrip implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;

  RoundTrip(String bootstrap, String topic) {
    this.topic = topic;
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    admin = Admin.create(settings);
    var producing = new Properties();
    producing.putAll(settings);
    producing.put("enable.idempotence", "false"); // 0.10 has none
    producing.put("acks", "1");
    producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    var consuming = new Properties();
    consuming.putAll(settings);
    consuming.put("auto.offset.reset", "earliest");
    consumer =
        new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void send(int partition, String text) {
    var record =
        new ProducerRecord<byte[], byte[]>(
            topic, partition, null, text.getBytes(StandardCharsets.UTF_8));
    var _ = producer.send(record, (done, failed) -> {});
  }

  String produceAndRead(int partition, String text) {
    send(partition, text);
    producer.flush();
    consumer.assign(List.of(new TopicPartition(topic, partition)));
    consumer.seekToBeginning(consumer.assignment());
    return Awaitility.await().atMost(LIMIT).until(this::read, found -> !found.isEmpty());
  }

  private String read() {
    var found = new StringBuilder();
    consumer
        .poll(Duration.ofMillis(500))
        .forEach(record -> found.append(new String(record.value(), StandardCharsets.UTF_8)));
    return found.toString();
  }

  List<Integer> isr(int partition) throws Exception {
    Map<String, org.apache.kafka.clients.admin.TopicDescription> topics =
        admin
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    var description = topics.get(topic);
    return description == null
        ? List.of()
        : description.partitions().get(partition).isr().stream().map(Node::id).toList();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    consumer.close(Duration.ofSeconds(2));
    admin.close(Duration.ofSeconds(2));
  }
}
