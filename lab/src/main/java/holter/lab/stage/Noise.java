package holter.lab.stage;

import holter.lab.cases.Strike;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Disturbs brokers that are well, as a live network does, on a thread of its own: at their doors
 * come bytes that are no request, and now and then a topic is made or deleted. Bounded: one at a
 * time, each with a deadline.
 */
final class Noise implements AutoCloseable {
  private static final int PORT = 6667;
  private static final int CONNECT_MS = 1_000;
  private static final long TOPIC_LIMIT_S = 10;

  /** One disturbance in so many is a topic's. */
  private static final int TOPIC_EACH = 40;

  /** What comes to a broker's door; empty is a scanner that only looks whether it is open. */
  private static final List<byte[]> KNOCKS =
      List.of(
          "GET / HTTP/1.1\r\nHost: kafka\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
          HexFormat.of().parseHex("1603010200010001fc0303"), // a TLS greeting
          HexFormat.of().parseHex("7fffffff00120003"), // a request of two gigabytes
          HexFormat.of().parseHex("0000000affffffff00000000"), // an API that does not exist
          "SSH-2.0-scan\r\n".getBytes(StandardCharsets.US_ASCII),
          new byte[0]);

  private final Strike.Noise strike;
  private final CaseWorld.Parts world;
  private final Random random = new Random(7);
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("lab-noise").unstarted(this::run);
  private Optional<String> topic = Optional.empty();

  private Noise(Strike.Noise strike, CaseWorld.Parts world) {
    this.strike = strike;
    this.world = world;
  }

  static Noise start(Strike.Noise strike, CaseWorld.Parts world) {
    var noise = new Noise(strike, world);
    noise.thread.start();
    return noise;
  }

  /** How many disturbances came to where they were meant for. */
  int made() {
    return made.get();
  }

  private void run() {
    try {
      for (int n = 1; !over.await(strike.every().toMillis(), TimeUnit.MILLISECONDS); n++) {
        boolean came = n % TOPIC_EACH == 0 ? topicComesOrGoes(n) : knocks(n);
        if (came) {
          made.incrementAndGet();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean knocks(int n) {
    var brokers = world.kafka().spec().brokers();
    var host = brokers.get(random.nextInt(brokers.size())).host();
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(world.net().address(CaseWorld.VANTAGE, host), PORT), CONNECT_MS);
      socket.getOutputStream().write(KNOCKS.get(n % KNOCKS.size()));
      return true;
    } catch (IOException notNow) {
      return false; // it is counted as not made
    }
  }

  private boolean topicComesOrGoes(int n) throws InterruptedException {
    try {
      if (topic.isPresent()) {
        world.admin().deleteTopics(List.of(topic.get())).all().get(TOPIC_LIMIT_S, TimeUnit.SECONDS);
        topic = Optional.empty();
      } else {
        var name = "noise-" + n;
        short copies = (short) Math.min(3, world.kafka().spec().brokers().size());
        world
            .admin()
            .createTopics(List.of(new NewTopic(name, 2, copies)))
            .all()
            .get(TOPIC_LIMIT_S, TimeUnit.SECONDS);
        topic = Optional.of(name);
      }
      return true;
    } catch (ExecutionException | TimeoutException refused) {
      return false;
    }
  }

  @Override
  public void close() {
    over.countDown();
    thread.interrupt();
  }
}
