package holter.lab.witness;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.fleet.LabClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * An independent reader of the beats, with a plain timeout on top: what the incident's own
 * orchestrator would have done at each moment. It also keeps how long each partition gave nothing
 * to read. Thread-safe.
 */
public final class Counterfactual implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PlainTimeout timeout;
  private final LabClock clock;
  private final Predicate<String> trulyDown;
  private final List<WouldRestart> wouldRestart = new ArrayList<>();
  private final List<Consumer<WouldRestart>> listeners = new ArrayList<>();
  private final Map<Integer, Long> lastReadMs = new TreeMap<>();
  private final Map<Integer, Long> longestGapMs = new TreeMap<>();
  private final Thread thread;
  private volatile boolean running = true;
  private long bytes;

  /**
   * A restart that a plain timeout would have ordered.
   *
   * @param trulyDown whether the worker really was dead, stopped or hung then
   */
  public record WouldRestart(long atMs, String instance, boolean trulyDown) {}

  /**
   * Starts to read.
   *
   * @param bootstrap brokers as the lab's vantage sees them
   * @param partitions of the beat topic
   * @param limitMs the timeout of each worker
   * @param clock the lab's
   * @param trulyDown the truth about a worker now
   */
  public Counterfactual(
      String bootstrap,
      List<TopicPartition> partitions,
      Map<String, Long> limitMs,
      LabClock clock,
      Predicate<String> trulyDown) {
    this.timeout = new PlainTimeout(limitMs);
    this.clock = clock;
    this.trulyDown = trulyDown;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("lab-counterfactual")
            .start(() -> read(bootstrap, partitions));
  }

  private void read(String bootstrap, List<TopicPartition> partitions) {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "latest");
    settings.put("fetch.max.wait.ms", "250");
    settings.put("request.timeout.ms", "10000");
    settings.put("check.crcs", "false");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (running) {
        poll(consumer);
      }
    } catch (InterruptException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      for (var read : consumer.poll(POLL)) {
        heard(read);
      }
    } catch (InterruptException closing) {
      throw closing;
    } catch (KafkaException sick) {
      tick(); // a reader that a sick broker throws out hears nothing; the timeout runs on
      return;
    }
    tick();
  }

  private synchronized void heard(ConsumerRecord<byte[], byte[]> read) {
    long nowMs = clock.nowMs();
    var before = lastReadMs.put(read.partition(), nowMs);
    if (before != null) {
      longestGapMs.merge(read.partition(), nowMs - before, Math::max);
    }
    bytes += Math.max(0, read.serializedKeySize()) + Math.max(0, read.serializedValueSize());
    var sender = senderOf(read.key(), read.value());
    if (sender != null) {
      timeout.heard(sender, nowMs);
    }
  }

  static @Nullable String senderOf(byte @Nullable [] key, byte @Nullable [] value) {
    if (key != null) {
      return new String(key, java.nio.charset.StandardCharsets.UTF_8);
    }
    try {
      var id = JSON.readTree(value == null ? new byte[0] : value).at("/device/id");
      return id.isTextual() ? id.asText() : null;
    } catch (IOException garbled) {
      return null;
    }
  }

  private void tick() {
    List<WouldRestart> news;
    List<Consumer<WouldRestart>> told;
    synchronized (this) {
      long nowMs = clock.nowMs();
      news =
          timeout.due(nowMs).stream()
              .map(worker -> new WouldRestart(nowMs, worker, trulyDown.test(worker)))
              .toList();
      wouldRestart.addAll(news);
      told = List.copyOf(listeners);
    }
    news.forEach(each -> told.forEach(listener -> listener.accept(each)));
  }

  /** Tells every later would-be restart to a listener, on the reading thread. */
  public synchronized void listen(Consumer<WouldRestart> listener) {
    listeners.add(listener);
  }

  /** Every restart that it would have ordered so far. */
  public synchronized List<WouldRestart> wouldRestart() {
    return List.copyOf(wouldRestart);
  }

  /** Workers whose beats it has read at least once. */
  public synchronized int heardOnce() {
    return timeout.heardOnce();
  }

  /** Bytes of keys and values that it has read. */
  public synchronized long bytesRead() {
    return bytes;
  }

  /** Per partition, for how long nothing could be read, now. */
  public synchronized Map<Integer, Long> unreadForMs() {
    var gaps = new TreeMap<Integer, Long>();
    long nowMs = clock.nowMs();
    lastReadMs.forEach((partition, last) -> gaps.put(partition, nowMs - last));
    return gaps;
  }

  /** Per partition, the longest time in which nothing could be read, up to now. */
  public synchronized Map<Integer, Long> longestUnreadMs() {
    var longest = new TreeMap<>(longestGapMs);
    unreadForMs().forEach((partition, gap) -> longest.merge(partition, gap, Math::max));
    return longest;
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
