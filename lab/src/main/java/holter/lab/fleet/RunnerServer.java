package holter.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holter.detect.RestartTruth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The lab's runner: the runner protocol of docs/wire.md over HTTP on loopback, on a free port.
 * Thread-safe.
 */
public final class RunnerServer implements AutoCloseable {
  private static final Duration LONG_POLL = Duration.ofSeconds(20);
  private static final int BODY_BYTES_MAX = 1 << 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestartDesk desk;
  private final ExitLog exits = new ExitLog();
  private final boolean tellsExits;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts to listen.
   *
   * @param wards looks a worker up by its name
   * @param truth where every restart is written down with what the process was
   * @param tellsExits whether exits are told, or 404
   */
  public RunnerServer(Function<String, Optional<Ward>> wards, TruthLog truth, boolean tellsExits) {
    desk = new RestartDesk(wards, truth);
    this.tellsExits = tellsExits;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException failed) {
      throw new UncheckedIOException("the runner cannot listen on loopback", failed);
    }
    http.setExecutor(threads);
    http.createContext("/v1/restarts", exchange -> answered(exchange, this::restart));
    http.createContext("/v1/exits", exchange -> answered(exchange, this::exits));
    http.start();
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** An exit that the runner did not cause itself. */
  public void exited(String instance, long incarnation, int exitCode, long wallMs) {
    exits.add(instance, incarnation, exitCode, wallMs);
  }

  private record Reply(int status, Map<String, ?> body) {}

  private interface Handler {
    Reply reply(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private static void answered(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = handler.reply(exchange);
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        reply = new Reply(503, Map.of("detail", "the lab ends"));
      } catch (IllegalArgumentException | com.fasterxml.jackson.core.JacksonException bad) {
        reply = new Reply(400, Map.of("detail", String.valueOf(bad.getMessage())));
      }
      var bytes = JSON.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply restart(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return new Reply(405, Map.of("detail", "POST a restart order"));
    }
    var body = JSON.readTree(exchange.getRequestBody().readNBytes(BODY_BYTES_MAX));
    var order =
        new RestartDesk.Order(
            text(body, "key"),
            text(body, "instance"),
            body.path("expectedIncarnation").asLong(),
            body.path("leaderEpoch").asLong(),
            body.path("proof").asText(),
            body.path("why").asText());
    return switch (desk.take(order)) {
      case RestartDesk.Answer.Looked looked ->
          new Reply(
              200,
              Map.of(
                  "done", looked.done(), "truth", word(looked.truth()), "detail", looked.detail()));
      case RestartDesk.Answer.Fenced fenced -> new Reply(409, Map.of("detail", fenced.detail()));
      case RestartDesk.Answer.Unknown unknown -> new Reply(404, Map.of("detail", unknown.detail()));
    };
  }

  private static String text(JsonNode body, String key) {
    var value = body.path(key).asText();
    if (value.isBlank()) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return value;
  }

  private static String word(RestartTruth truth) {
    return truth.name().toLowerCase(Locale.ROOT);
  }

  private Reply exits(HttpExchange exchange) throws InterruptedException {
    if (!tellsExits) {
      return new Reply(404, Map.of("detail", "this runner tells no exits"));
    }
    long after = after(exchange.getRequestURI().getQuery());
    var news = exits.after(after, LONG_POLL);
    long next = news.isEmpty() ? after : news.getLast().n();
    return new Reply(200, Map.of("next", next, "exits", news.stream().map(this::line).toList()));
  }

  private Map<String, Object> line(ExitLog.Exit exit) {
    var line = new LinkedHashMap<String, Object>();
    line.put("n", exit.n());
    line.put("instance", exit.instance());
    line.put("incarnation", exit.incarnation());
    line.put("exitCode", exit.exitCode());
    line.put("wallMs", exit.wallMs());
    return line;
  }

  private static long after(@org.jspecify.annotations.Nullable String query) {
    if (query == null) {
      return 0;
    }
    for (var part : List.of(query.split("&", -1))) {
      if (part.startsWith("after=")) {
        return Long.parseLong(part.substring("after=".length()));
      }
    }
    return 0;
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
