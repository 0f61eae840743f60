package holter.lab.speed;

import holter.lab.process.LabException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes beats in bulk, in the order in which a fleet would send them. */
final class BeatFill {
  private final BeatText text = new BeatText(OneBroker.PARTITIONS);
  private final String bootstrap;
  private final int instances;

  BeatFill(String bootstrap, int instances) {
    this.bootstrap = bootstrap;
    this.instances = instances;
  }

  /**
   * What was written.
   *
   * @param beats how many
   * @param meanBytes of a value
   */
  record Filled(long beats, long meanBytes) {}

  /** Writes {@code rounds} beats of every instance; all are acknowledged when it returns. */
  Filled fill(int rounds) {
    var failed = new AtomicReference<@Nullable Exception>();
    long bytes = 0;
    long beats = 0;
    byte[][] keys = new byte[instances][];
    for (int i = 0; i < instances; i++) {
      keys[i] = BeatText.id(i).getBytes(StandardCharsets.UTF_8);
    }
    try (var producer = producer()) {
      for (int seq = 1; seq <= rounds; seq++) {
        for (int i = 0; i < instances; i++) {
          byte[] value = text.value(i, seq, System.currentTimeMillis());
          var _ =
              producer.send(
                  new ProducerRecord<>(OneBroker.TOPIC, text.partition(i, seq), keys[i], value),
                  (where, error) -> {
                    if (error != null) {
                      failed.compareAndSet(null, error);
                    }
                  });
          bytes += value.length;
          beats++;
        }
      }
    }
    Exception why = failed.get();
    if (why != null) {
      throw new LabException("the beats could not be written; " + why.getMessage(), why);
    }
    return new Filled(beats, bytes / Math.max(1, beats));
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
            "max.in.flight.requests.per.connection",
            1, // the order of a partition is the fleet's
            "batch.size",
            256 << 10,
            "linger.ms",
            20,
            "buffer.memory",
            64 << 20);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
