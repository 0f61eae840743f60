package holter.lab.stage;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody's producer or consumer, with the log that such a program has: the Kafka client's own
 * lines, and one of its own per failure. Its only argument is a properties file: {@code kind},
 * {@code name}, {@code topic}, {@code every}, {@code bytes}, {@code keys}, {@code bigBytes}, {@code
 * bigEvery}, {@code handling}, {@code restartEvery}, {@code exitAfter} (times in milliseconds, 0
 * for none), {@code counts} (a file for the lab's eyes only), and {@code client.NAME} for the Kafka
 * client.
 */
public final class CaseClient {
  private static final Logger LOG = LoggerFactory.getLogger("app");
  private static final int EXIT_OF_ITS_OWN = 3;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Properties given;
  private final Properties client = new Properties();
  private final AtomicLong acked = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final long startedNanos = System.nanoTime();
  private long sent;
  private long read;
  private long joins;
  private long countedNanos = startedNanos;

  private CaseClient(Properties given) {
    this.given = given;
    for (var name : given.stringPropertyNames()) {
      if (name.startsWith("client.")) {
        client.put(name.substring("client.".length()), given.getProperty(name));
      }
    }
  }

  /** Runs until it is killed, or ends by itself when it was told to. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var given = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(args[0]), StandardCharsets.UTF_8)) {
      given.load(in);
    }
    var app = new CaseClient(given);
    LOG.info("{} starts", given.getProperty("name"));
    if (given.getProperty("kind").equals("producer")) {
      app.produce();
    } else {
      app.consume();
    }
  }

  private long millis(String name) {
    return Long.parseLong(given.getProperty(name, "0"));
  }

  private void produce() throws InterruptedException {
    var serializer = "org.apache.kafka.common.serialization.StringSerializer";
    client.put("key.serializer", serializer);
    client.put("value.serializer", serializer);
    var keys = List.of(given.getProperty("keys").split(",", -1));
    long bigEvery = Long.parseLong(given.getProperty("bigEvery", "5"));
    long everyNanos = Duration.ofMillis(millis("every")).toNanos();
    try (var producer = new KafkaProducer<String, String>(client)) {
      long slot = System.nanoTime();
      while (true) {
        boolean big = millis("bigBytes") > 0 && sent % bigEvery == bigEvery - 1;
        send(producer, keys.get((int) (sent % keys.size())), big);
        tick();
        slot = Math.max(slot + everyNanos, System.nanoTime());
        Thread.sleep(Duration.ofNanos(Math.max(0, slot - System.nanoTime())));
      }
    }
  }

  private void send(KafkaProducer<String, String> producer, String key, boolean big) {
    int bytes = Integer.parseInt(given.getProperty(big ? "bigBytes" : "bytes", "200"));
    sent++;
    var head =
        "{\"device\":{\"id\":\"%s\"},\"ts\":%d,\"n\":%d,\"pad\":\""
            .formatted(key, System.currentTimeMillis(), sent);
    var value = head + "x".repeat(Math.max(0, bytes - head.length() - 2)) + "\"}";
    try {
      var _ =
          producer.send(
              new ProducerRecord<>(given.getProperty("topic"), key, value),
              (_, error) -> {
                if (error == null) {
                  acked.incrementAndGet();
                } else {
                  lost(key, error);
                }
              });
    } catch (KafkaException error) {
      lost(key, error);
    }
  }

  private void lost(String key, Exception error) {
    failed.incrementAndGet();
    LOG.error(
        "Error when sending message to topic {} with key: {}",
        given.getProperty("topic"),
        key,
        error);
  }

  private void consume() throws InterruptedException {
    var deserializer = "org.apache.kafka.common.serialization.StringDeserializer";
    client.put("key.deserializer", deserializer);
    client.put("value.deserializer", deserializer);
    client.put("enable.auto.commit", "false");
    while (true) {
      joins++;
      try (var consumer = new KafkaConsumer<String, String>(client)) {
        consumer.subscribe(List.of(given.getProperty("topic")));
        round(consumer);
      } catch (KafkaException error) {
        failed.incrementAndGet();
        LOG.error("consumer failed, it is made anew", error);
        Thread.sleep(POLL);
      }
    }
  }

  private void round(KafkaConsumer<String, String> consumer) throws InterruptedException {
    long restart = millis("restartEvery");
    long end = System.nanoTime() + Duration.ofMillis(restart).toNanos();
    while (restart == 0 || System.nanoTime() < end) {
      for (ConsumerRecord<String, String> _ : consumer.poll(POLL)) {
        read++;
        Thread.sleep(millis("handling"));
      }
      try {
        consumer.commitSync();
      } catch (CommitFailedException moved) {
        failed.incrementAndGet();
        LOG.error("commit failed", moved);
      }
      tick();
    }
    LOG.info("consumer restarts");
  }

  /** Counts for the lab once a second, and the end that it was told of. */
  private void tick() {
    long now = System.nanoTime();
    long exitAfter = millis("exitAfter");
    if (exitAfter > 0 && now - startedNanos > Duration.ofMillis(exitAfter).toNanos()) {
      LOG.error("cannot read the device table; giving up");
      Runtime.getRuntime().halt(EXIT_OF_ITS_OWN);
    }
    if (now - countedNanos < Duration.ofSeconds(1).toNanos()) {
      return;
    }
    countedNanos = now;
    Map<String, Long> counts = new TreeMap<>();
    counts.put("sent", sent);
    counts.put("acked", acked.get());
    counts.put("failed", failed.get());
    counts.put("read", read);
    counts.put("joins", joins);
    try {
      Files.writeString(Path.of(given.getProperty("counts")), counts.toString());
    } catch (IOException full) {
      LOG.warn("counts cannot be written");
    }
  }
}
