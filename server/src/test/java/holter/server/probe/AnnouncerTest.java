package holter.server.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private HttpServer server = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void listen() {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            mayAnswer.await();
            exchange.sendResponseHeaders(202, -1);
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void close() {
    mayAnswer.countDown();
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static Announcer announcer(String allowed) {
    return new Announcer(
        new AllowList(List.of(allowed)), Duration.ofSeconds(20), () -> 10, () -> 0);
  }

  @Test
  void anInstanceIsAskedOnceAtATime() {
    try (var announcer = announcer("127.0.0.0/8")) {
      assertThat(announcer.ask("dac-1", url(), () -> {})).isTrue();
      await().atMost(PATIENCE).until(() -> calls.equals(List.of("POST /announce")));
      assertThat(announcer.ask("dac-1", url(), () -> {})).as("it is being asked").isFalse();
      mayAnswer.countDown();
      await().atMost(PATIENCE).until(() -> announcer.ask("dac-1", url(), () -> {}));
      assertThat(announcer.askedTotal()).isEqualTo(2);
    }
  }

  @Test
  void noMoreThanTwoHundredAreAskedInASecond() {
    mayAnswer.countDown();
    try (var announcer = announcer("10.0.0.0/8")) {
      int taken = 0;
      for (int n = 0; n < 300; n++) {
        taken += announcer.ask("dac-" + n, "http://127.0.0.1:1", () -> {}) ? 1 : 0;
      }
      assertThat(taken).isEqualTo(200);
    }
  }

  @Test
  void anAddressThatIsNotAllowedIsNotConnectedTo() {
    mayAnswer.countDown();
    try (var announcer = announcer("10.0.0.0/8")) {
      announcer.ask("dac-1", url(), () -> {});
      await().atMost(PATIENCE).until(() -> announcer.ask("dac-1", url(), () -> {}));
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void aQuestionThatDoesNotGetThroughIsTold() {
    var unheard = new CountDownLatch(1);
    try (var announcer = announcer("127.0.0.0/8")) {
      announcer.ask("dac-1", "http://127.0.0.1:1", unheard::countDown);
      await().atMost(PATIENCE).until(() -> unheard.getCount() == 0);
    }
  }
}
