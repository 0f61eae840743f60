package holter.lab.witness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * When each lane of Holter's sent its probe records, read after the run from the twin topic itself:
 * the records carry the time of their sending.
 *
 * @param sentMs per partition, in order
 */
public record LaneBook(Map<Integer, List<Long>> sentMs) {
  private static final Duration READ_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(300);
  private static final int PERIODS_MIN = 3;

  /**
   * Reads the topic; partitions that cannot be read in time are left out.
   *
   * @param without partitions that nobody asks for, as those whose leader is still sick
   */
  public static LaneBook read(String bootstrap, String topic, Collection<Integer> without) {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("default.api.timeout.ms", String.valueOf(READ_LIMIT.toMillis()));
    var sent = new TreeMap<Integer, List<Long>>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var topics = consumer.listTopics(READ_LIMIT);
      if (!topics.containsKey(topic)) {
        return new LaneBook(Map.of());
      }
      var partitions =
          topics.get(topic).stream()
              .filter(info -> !without.contains(info.partition()))
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + READ_LIMIT.toNanos();
      while (System.nanoTime() < deadline && !done(consumer, ends)) {
        for (var read : consumer.poll(POLL)) {
          sent.computeIfAbsent(read.partition(), number -> new ArrayList<>()).add(read.timestamp());
        }
      }
    } catch (KafkaException unreadable) {
      return new LaneBook(sent);
    }
    return new LaneBook(sent);
  }

  private static boolean done(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(entry -> consumer.position(entry.getKey()) >= entry.getValue());
  }

  /** Mean period of each lane between two moments, in milliseconds; lanes with few are left out. */
  public Map<Integer, Double> periodsMs(long fromMs, long toMs) {
    var periods = new HashMap<Integer, Double>();
    sentMs.forEach(
        (partition, times) -> {
          var inside = times.stream().filter(t -> t >= fromMs && t < toMs).sorted().toList();
          if (inside.size() > PERIODS_MIN) {
            double span = inside.getLast() - inside.getFirst();
            periods.put(partition, span / (inside.size() - 1));
          }
        });
    return periods;
  }
}
