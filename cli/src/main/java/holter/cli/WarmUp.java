package holter.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The training run behind the start-up cache: it loads what the short commands load, against a
 * server of one canned answer. The build calls it; it is in no help text. What its commands print
 * does not matter.
 */
@Command(name = Verbs.WARM_UP, hidden = true, description = "Train the start-up cache.")
public final class WarmUp implements Callable<Integer> {
  private static final String ANSWER =
      """
      {"asOfMs":2,"ageMs":0,"exit":0,"instance":"a","verdict":"alive","sinceMs":1,"rule":"R3",
      "restartAdvice":"hold","why":{"text":"w","args":[]},"items":[{"id":"a","verdict":"alive","sinceMs":0,
      "lastHeardMs":0,"lastPartition":0,"host":"h","kind":"agent","why":{"text":"w","args":[]}}]}
      """;

  /** Trains the cache of {@code holter verdict} alone: the fewer classes, the sooner it asks. */
  static int verdict() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(ANSWER.length());
    try (var twin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answerOnce(twin, head + ANSWER));
      return Main.run("verdict", "a", "--server", "http://127.0.0.1:" + twin.getLocalPort());
    }
  }

  private static void answerOnce(ServerSocket twin, String answer) {
    try (var asked = twin.accept()) {
      asked.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      asked.shutdownOutput();
      asked.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Integer call() throws IOException {
    byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
    HttpServer twin =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    twin.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    twin.start();
    String server = "http://127.0.0.1:" + twin.getAddress().getPort();
    List.of(
            List.of("get", "instances", "--server", server),
            List.of("get", "instances", "-o", "json", "--server", server),
            List.of("verdict", "a", "--server", server),
            List.of("verdict", "a", "-o", "json", "--server", server),
            List.of("incident", "list", "--server", server),
            List.of("explain", "F04"),
            List.of("version", "-o", "yaml"),
            List.of("verson"),
            List.of("--help"))
        .forEach(command -> Main.run(command.toArray(String[]::new)));
    twin.stop(0);
    return Exit.OK;
  }
}
