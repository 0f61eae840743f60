package holter.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers what a test tells it to, on a free loopback port. */
final class ServerTwin implements AutoCloseable {
  /** Instead of a status: the connection is closed without a word. */
  static final int HANGS_UP = 0;

  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What was written: method, path, body. */
  final List<String> told = new CopyOnWriteArrayList<>();

  /** What each question was signed with. */
  final List<String> bearers = new CopyOnWriteArrayList<>();

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final HttpServer http;

  private record Answer(int status, String body) {}

  ServerTwin() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          bearers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          boolean marked = exchange.getRequestHeaders().containsKey("X-Holter");
          if (!exchange.getRequestMethod().equals("GET") && marked) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add("%s %s %s".formatted(exchange.getRequestMethod(), asked.getLast(), body));
          }
          Answer answer =
              answers.getOrDefault(
                  exchange.getRequestURI().getPath(),
                  new Answer(404, "{\"detail\":\"no such thing; it is unknown; try: another\"}"));
          if (answer.status() == HANGS_UP) {
            exchange.close();
            return;
          }
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor()); // nobody waits for another
    http.start();
  }

  ServerTwin answers(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
