package holter.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holter.lab.fleet.LabClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The lab's ear at the event stream, against a stream that breaks off. */
final class StateWatchTest {
  private static final List<String> PARTS =
      List.of(
          event(1, "audit", "Alive", "Suspect") + event(2, "state", "Alive", "Dead"),
          event(3, "audit", "Suspect", "Suspect") + event(4, "audit", "Suspect", "Alive"));

  private final List<String> continuedAfter = new CopyOnWriteArrayList<>();

  private static String event(int id, String kind, String from, String to) {
    String data =
        "{\"subject\":\"dac-01\",\"from\":\"%s\",\"to\":\"%s\",\"rule\":\"R1\"}"
            .formatted(from, to);
    return "id: 7-%d\nevent: %s\ndata: %s\n\n".formatted(id, kind, data);
  }

  /** Each connection gets the next part, and is closed. */
  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
      continuedAfter.add(last == null ? "" : last);
      int n = Math.min(continuedAfter.size(), PARTS.size() + 1) - 1;
      var body = n < PARTS.size() ? PARTS.get(n) : ": nothing\n\n";
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void stepsAreKeptInOrderAndABrokenStreamGoesOnWhereItWas() throws IOException {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    http.createContext("/api/v1/stream", this::serve);
    http.start();
    try (var api = new HolterApi("http://127.0.0.1:" + http.getAddress().getPort());
        var watch = new StateWatch(api, new LabClock())) {
      await().atMost(Duration.ofSeconds(10)).until(() -> watch.changes().size() == 2);
      assertThat(watch.changes())
          .extracting(StateWatch.Change::from, StateWatch.Change::to, StateWatch.Change::rule)
          .containsExactly(
              org.assertj.core.api.Assertions.tuple("Alive", "Suspect", "R1"),
              org.assertj.core.api.Assertions.tuple("Suspect", "Alive", "R1"));
      assertThat(continuedAfter.subList(0, 2)).containsExactly("", "7-2");
    } finally {
      http.stop(0);
    }
  }
}
