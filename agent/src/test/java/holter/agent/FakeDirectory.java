package holter.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The orchestrator's listener for agents, answering as it is told and remembering what came. */
final class FakeDirectory implements AutoCloseable {
  static final String TOKEN = "s3cret";

  /** A post that came with the right token. */
  record Post(String path, Map<String, Object> body) {}

  private final HttpServer server;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private volatile String answer = "{\"applied\":true,\"routeEpoch\":1}";
  private volatile int status = 200;

  FakeDirectory() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void answers(int newStatus, String json) {
    answer = json;
    status = newStatus;
  }

  List<Map<String, Object>> posted(String path) {
    return posts.stream().filter(post -> post.path().equals(path)).map(Post::body).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(given)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      posts.add(new Post(path, JsonReader.object(body)));
      boolean beats = path.endsWith("/beats");
      byte[] reply = beats ? new byte[0] : answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(beats ? 202 : status, reply.length == 0 ? -1 : reply.length);
      if (reply.length > 0) {
        exchange.getResponseBody().write(reply);
      }
    }
  }
}
