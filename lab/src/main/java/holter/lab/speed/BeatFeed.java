package holter.lab.speed;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A calm fleet: every instance beats once a second, spread over the second, until closed. */
final class BeatFeed implements AutoCloseable {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_MS = 5_000;

  /** Beats that go out together: to wait for each would cost more than to send it. */
  private static final int TOGETHER = 50;

  private final BeatText text = new BeatText(OneBroker.PARTITIONS);
  private final String bootstrap;
  private final int instances;
  private final Thread thread = Thread.ofPlatform().daemon().name("beats").unstarted(this::run);
  private volatile boolean closed;
  private volatile long latestMs;

  BeatFeed(String bootstrap, int instances) {
    this.bootstrap = bootstrap;
    this.instances = instances;
  }

  void start() {
    thread.start();
  }

  /** How late a beat was sent at most, in milliseconds. */
  long latestMs() {
    return latestMs;
  }

  private void run() {
    byte[][] keys = new byte[instances][];
    for (int i = 0; i < instances; i++) {
      keys[i] = BeatText.id(i).getBytes(StandardCharsets.UTF_8);
    }
    try (var producer = producer()) {
      producer.partitionsFor(OneBroker.TOPIC);
      long begunNs = System.nanoTime();
      for (long seq = 1; !closed; seq++) {
        for (int i = 0; i < instances && !closed; i++) {
          if (i % TOGETHER == 0) {
            await(begunNs + (seq - 1) * SECOND_NS + i * SECOND_NS / instances);
          }
          byte[] value = text.value(i, seq, System.currentTimeMillis());
          var _ =
              producer.send(
                  new ProducerRecord<>(OneBroker.TOPIC, text.partition(i, seq), keys[i], value));
        }
      }
    }
  }

  private void await(long dueNs) {
    latestMs = Math.max(latestMs, (System.nanoTime() - dueNs) / 1_000_000);
    while (System.nanoTime() - dueNs < 0 && !closed) {
      LockSupport.parkNanos(dueNs - System.nanoTime());
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "acks",
            "1",
            "enable.idempotence",
            "false",
            "linger.ms",
            5,
            "batch.size",
            64 << 10);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
