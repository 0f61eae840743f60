package holter.agent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Registrations on their way through Kafka, with a thread and a producer of their own. What cannot
 * go now comes back as a failure at once, and the book decides when to try again; so nothing piles
 * up here but what the book has under way, one message per DTU.
 */
final class RegistrationsByKafka {
  private static final long SHUT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String topic;
  private final Properties settings;
  private final BiConsumer<Registration, @Nullable Exception> settled;
  private final Notices notices;
  private final LinkedBlockingQueue<Registration> queue = new LinkedBlockingQueue<>();
  private final Daemon thread = new Daemon("holter-registrar-send", this::run);

  private @Nullable Producer<byte[], byte[]> producer;
  private long shutUntilNanos = System.nanoTime();
  private boolean known;

  /** {@code settled} is told of each message once, with the error or null; it must not wait. */
  RegistrationsByKafka(
      AgentConfig.Channel channel,
      String instance,
      BiConsumer<Registration, @Nullable Exception> settled,
      Notices notices) {
    this.topic = channel.registryTopic();
    this.settings = ProducerSettings.registrations(channel, instance);
    this.settled = settled;
    this.notices = notices;
    thread.start();
  }

  /** Never waits. */
  void send(Registration registration) {
    queue.add(registration);
  }

  void close(long deadlineNanos) {
    thread.close(deadlineNanos);
  }

  private void run() throws InterruptedException {
    try {
      while (!thread.closing()) {
        Registration next = queue.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          hand(next);
        } else if (!known) {
          learnTopic();
        }
      }
    } finally {
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
    }
  }

  private void hand(Registration registration) {
    try {
      Producer<byte[], byte[]> open = ready();
      byte[] key = registration.dtu().getBytes(StandardCharsets.UTF_8);
      byte[] value = registration.encode(System.currentTimeMillis());
      var unused =
          open.send(
              new ProducerRecord<>(topic, key, value),
              (metadata, error) -> done(registration, error));
    } catch (RuntimeException e) {
      done(registration, e);
    }
  }

  private void done(Registration registration, @Nullable Exception error) {
    if (error == null) {
      notices.over("registry", "registrations are acknowledged by Kafka again");
    } else if (!thread.closing()) {
      notices.say(
          "registry",
          "a registration is not acknowledged by Kafka, sending it until it is: "
              + Notices.reason(error));
    }
    settled.accept(registration, error);
  }

  /**
   * Before the first DTU dials, so that its registration need not wait until Kafka is found. That
   * it is not found yet is nobody's failure: it is looked for again a moment later.
   */
  private void learnTopic() {
    if (isShut()) {
      return;
    }
    try {
      known = !opened().partitionsFor(topic).isEmpty();
    } catch (RuntimeException notYet) {
      if (producer == null) { // no name resolves: that takes long
        shut();
      }
    }
  }

  /** The producer with the topic known to it; fails at once for a second after a failure. */
  private Producer<byte[], byte[]> ready() {
    if (isShut()) {
      throw new KafkaException("Kafka was not there a moment ago");
    }
    try {
      Producer<byte[], byte[]> open = opened();
      open.partitionsFor(topic);
      return open;
    } catch (RuntimeException e) {
      shut();
      throw e;
    }
  }

  private Producer<byte[], byte[]> opened() {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = ProducerSettings.open(settings);
      producer = open;
    }
    return open;
  }

  private void shut() {
    shutUntilNanos = System.nanoTime() + SHUT_NANOS;
  }

  private boolean isShut() {
    return System.nanoTime() - shutUntilNanos < 0;
  }
}
