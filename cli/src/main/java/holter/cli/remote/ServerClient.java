package holter.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.cli.Exit;
import holter.cli.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a server's API. One answer at a time, each under one deadline. */
final class ServerClient {
  /** Answers beyond this are refused: no server of ours sends them. */
  private static final int ANSWER_BYTES_MAX = 64 * 1024 * 1024;

  /** Loaded only for answers that are read as trees. */
  private static final class Trees {
    static final ObjectMapper JSON = new ObjectMapper();
  }

  private final URI server;
  private final String token;
  private final Duration timeout;

  ServerClient(URI server, String token, Duration timeout) {
    this.server = server;
    this.token = token;
    this.timeout = timeout;
  }

  /** The JSON answer to a path such as {@code /api/v1/status}. */
  JsonNode json(String path) {
    return tree(text(path));
  }

  /** A body as JSON. */
  JsonNode tree(String body) {
    try {
      return Trees.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw notHolter();
    }
  }

  /** A body as a verdict. */
  VerdictAnswer verdict(String body) {
    try {
      return VerdictAnswer.read(body);
    } catch (IOException e) {
      throw notHolter();
    }
  }

  /** The answer's text. */
  String text(String path) {
    return call("GET", path, "");
  }

  /** Tells the server something; {@code body} is JSON, or empty for none. */
  void tell(String method, String path, String body) {
    call(method, path, body);
  }

  private String call(String method, String path, String body) {
    PlainHttp.Answer answer = exchange(method, path, body);
    if (answer.status() / 100 == 2) return answer.body();
    throw refused(answer.status(), answer.body());
  }

  /**
   * What comes back, whatever its status.
   *
   * @throws Refusal when nothing does
   */
  PlainHttp.Answer exchange(String method, String path, String body) {
    try {
      return send(method, path, body);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** As {@link #exchange}, for those to whom it matters how nothing came back. */
  PlainHttp.Answer send(String method, String path, String body) throws IOException {
    URI uri = resolve(path);
    boolean plain = method.equals("GET") && "http".equalsIgnoreCase(uri.getScheme());
    String bearer = token.isEmpty() ? "" : "Bearer " + token;
    return plain
        ? PlainHttp.get(uri, bearer, timeout, ANSWER_BYTES_MAX)
        : ask(method, uri, bearer, body);
  }

  /** By the JDK's client: what is secure, and what writes. */
  private PlainHttp.Answer ask(String method, URI uri, String bearer, String body)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
    connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
    connection.setInstanceFollowRedirects(false);
    if (!bearer.isEmpty()) connection.setRequestProperty("Authorization", bearer);
    if (!method.equals("GET")) connection.setRequestProperty("X-Holter", "cli");
    if (!body.isEmpty()) write(connection, body);
    int status = connection.getResponseCode();
    return new PlainHttp.Answer(
        status,
        read(status / 100 == 2 ? connection.getInputStream() : connection.getErrorStream()));
  }

  /** A part of a path, with what must not stand in a URL escaped. */
  static String part(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private URI resolve(String path) {
    String base = server.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private static void write(HttpURLConnection connection, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(bytes.length); // the JDK resends others
    connection.setRequestProperty("Content-Type", "application/json");
    try (var out = connection.getOutputStream()) {
      out.write(bytes);
    }
  }

  private static String read(@Nullable InputStream stream) throws IOException {
    if (stream == null) return "";
    try (stream) {
      byte[] bytes = stream.readNBytes(ANSWER_BYTES_MAX + 1);
      if (bytes.length > ANSWER_BYTES_MAX) throw new IOException("the answer does not end");
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** What an answer with a status other than 2xx means for most verbs. */
  Refusal refused(int status, String body) {
    String detail = detail(body);
    return switch (status) {
      case 401, 403 ->
          new Refusal(
              Exit.DENIED, "the server refused", or(detail, "status " + status), "--token-file");
      case 400, 404 ->
          Refusal.usage(
              or(detail, "the server knows no such thing"),
              "asked of " + server,
              "holter get instances, or holter incident list");
      default ->
          Refusal.cannotTell(
              "the server at " + server + " cannot answer",
              or(detail, "status " + status),
              "its log, or " + server + "/healthz");
    };
  }

  /** What a problem says; empty when the body is none. */
  static String detail(String body) {
    try {
      return Trees.JSON.readTree(body).path("detail").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  /** That nothing came back, and why. */
  Refusal unreachable(IOException e) {
    return unreachable(why(e));
  }

  /** Why nothing came back, in a few words. */
  String why(IOException e) {
    return switch (e) {
      case ConnectException _ -> "nobody listens there";
      case SocketTimeoutException _ -> "no answer in " + timeout.toMillis() + " ms";
      case UnknownHostException _ -> "the name " + server.getHost() + " cannot be resolved";
      default -> e.getClass().getSimpleName() + ": " + e.getMessage();
    };
  }

  /** Whom it asks. */
  URI server() {
    return server;
  }

  private Refusal unreachable(String why) {
    return Refusal.cannotTell(
        "cannot ask Holter at " + server,
        why,
        "holter server -c holter.yaml, or --server URL of a running one");
  }

  private Refusal notHolter() {
    return Refusal.cannotTell(
        "the answer from " + server + " is no JSON", "that is not Holter's API", "--server URL");
  }
}
