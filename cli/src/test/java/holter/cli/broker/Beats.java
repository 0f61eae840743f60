package holter.cli.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Foreign workers: every half second each sends a beat under its key, the n-th to partition n. */
public final class Beats implements AutoCloseable {
  private static final long EVERY_MS = 500;

  private final String topic;
  private final KafkaProducer<String, String> producer;
  private final Set<String> ahead = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  public Beats(String bootstrap, String topic, List<String> workers) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "acks", "1",
                "enable.idempotence", "false",
                "max.block.ms", "2000",
                "request.timeout.ms", "2000",
                "delivery.timeout.ms", "3000",
                "key.serializer", StringSerializer.class.getName(),
                "value.serializer", StringSerializer.class.getName()));
    var _ = clock.scheduleAtFixedRate(() -> beat(workers), 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** From now on this worker's clock is a day ahead. */
  public void fromTheFuture(String worker) {
    ahead.add(worker);
  }

  /** A record that nobody can read as a beat. */
  public void garbage() {
    var _ = producer.send(new ProducerRecord<>(topic, 0, null, "no beat at all"));
    var _ =
        producer.send(new ProducerRecord<>(topic, 1, null, "{\"v\":1,\"kind\":\"beat\",\"inst"));
  }

  private void beat(List<String> workers) {
    for (int n = 0; n < workers.size(); n++) {
      String worker = workers.get(n);
      long now = System.currentTimeMillis();
      long at = ahead.contains(worker) ? now + Duration.ofDays(1).toMillis() : now;
      // dated by the sender, as a topic with CreateTime keeps it
      var _ = producer.send(new ProducerRecord<>(topic, n, at, worker, "alive"));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close(Duration.ZERO);
  }
}
