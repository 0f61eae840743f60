package holter.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers {@code GET /answer} with what the agent knows at that moment, and takes {@code POST
 * /announce}, the directory's wish to hear all registrations again. It shares nothing with Kafka's
 * client but a few numbers, so it answers while Kafka hangs.
 */
final class AnswerServer {
  private final HttpServer server;
  private final AnswerThreads threads;

  private AnswerServer(HttpServer server, AnswerThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens; answers begin with {@link #answerWith}, so that the port can be told in beats first.
   *
   * @throws CannotStart when the address cannot be listened on
   */
  static AnswerServer bind(AgentConfig.Answering where) {
    var threads = new AnswerThreads();
    try {
      var server = HttpServer.create(new InetSocketAddress(where.bind(), where.port()), 64);
      server.setExecutor(threads);
      return new AnswerServer(server, threads);
    } catch (IOException | RuntimeException e) {
      threads.close();
      throw new CannotStart(
          "cannot answer on "
              + where.bind()
              + ":"
              + where.port()
              + ": "
              + Notices.reason(e)
              + "; choose another port (0 takes a free one) or an address of this host",
          e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Begins to answer, with what the supplier makes at each request. */
  void answerWith(Supplier<byte[]> answer, BooleanSupplier announce) {
    server.createContext("/", exchange -> handle(exchange, answer, announce));
    server.start();
  }

  void close() {
    server.stop(0);
    threads.close();
  }

  private static void handle(
      HttpExchange exchange, Supplier<byte[]> answer, BooleanSupplier announce) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      switch (exchange.getRequestURI().getPath()) {
        case "/answer" -> {
          if (method.equals("GET")) {
            tell(exchange, answer.get());
          } else {
            exchange.sendResponseHeaders(405, -1);
          }
        }
        case "/announce" -> {
          int taken = method.equals("POST") ? announce.getAsBoolean() ? 202 : 503 : 405;
          exchange.sendResponseHeaders(taken, -1);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void tell(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
