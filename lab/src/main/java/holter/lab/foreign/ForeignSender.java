package holter.lab.foreign;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A worker that does not know Holter: every few seconds it sends {@code
 * {"device":{"id":"…"},"ts":…,"n":…}} as anybody's worker would, on one thread, with the client's
 * own defaults, keyed by its id or without a key. It uses the oldest producer API and no other
 * class of Holter's, so it runs with a client as old as the brokers of 2017.
 *
 * <p>Options: {@code --instance ID --bootstrap HOST:PORT,… [--topic HeartBeat] [--interval-ms 5000]
 * [--keyed true]}; further {@code --client.NAME VALUE} go to the client. It prints {@code ready}
 * once its first record was handed over, one line per failure, and runs until it is killed.
 */
public final class ForeignSender {
  private final String instance;
  private final String topic;
  private final boolean keyed;
  private final long intervalMs;
  private final Producer<String, String> producer;

  private ForeignSender(Map<String, String> options) {
    instance = required(options, "instance");
    topic = options.getOrDefault("topic", "HeartBeat");
    keyed = Boolean.parseBoolean(options.getOrDefault("keyed", "true"));
    intervalMs = Long.parseLong(options.getOrDefault("interval-ms", "5000"));
    var client = new Properties();
    client.put("bootstrap.servers", required(options, "bootstrap"));
    client.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    client.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (option.getKey().startsWith("client.")) {
        client.put(option.getKey().substring("client.".length()), option.getValue());
      }
    }
    producer = new KafkaProducer<>(client);
  }

  /** Sends until the process ends. */
  public static void main(String[] args) throws InterruptedException {
    try {
      new ForeignSender(options(args)).run();
    } catch (IllegalArgumentException e) {
      System.err.println("foreign sender: " + e.getMessage());
      System.exit(2);
    }
  }

  private void run() throws InterruptedException {
    long slot = System.nanoTime();
    for (long n = 1; true; n++) {
      send(n);
      if (n == 1) {
        System.out.println("ready " + instance);
        System.out.flush();
      }
      slot += TimeUnit.MILLISECONDS.toNanos(intervalMs);
      long now = System.nanoTime();
      if (slot < now) {
        slot = now;
      }
      TimeUnit.NANOSECONDS.sleep(slot - now);
    }
  }

  private void send(long n) {
    String value =
        "{\"device\":{\"id\":\""
            + instance
            + "\"},\"ts\":"
            + System.currentTimeMillis()
            + ",\"n\":"
            + n
            + "}";
    String key = keyed ? instance : null;
    try {
      var _ =
          producer.send(
              record(key, value),
              (metadata, error) -> {
                if (error != null) {
                  failed(n, error);
                }
              });
    } catch (RuntimeException e) {
      failed(n, e);
    }
  }

  private ProducerRecord<String, String> record(@Nullable String key, String value) {
    return key == null
        ? new ProducerRecord<>(topic, value)
        : new ProducerRecord<>(topic, key, value);
  }

  private static void failed(long n, Exception error) {
    System.out.println(
        "lost " + n + " " + error.getClass().getSimpleName() + ": " + error.getMessage());
    System.out.flush();
  }

  private static Map<String, String> options(String[] args) {
    var options = new HashMap<String, String>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException("'" + args[i] + "' is not --key value");
      }
      options.put(args[i].substring(2), args[i + 1]);
    }
    return options;
  }

  private static String required(Map<String, String> options, String key) {
    String value = options.get(key);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("--" + key + " is missing");
    }
    return value;
  }
}
