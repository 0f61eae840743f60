package holter.server.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.detect.ProbeOutcome;
import holter.detect.ProbeWords;
import holter.words.Sentence;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One HTTP question at a time, with a deadline over all of it. Thread-safe. */
final class Questions implements AutoCloseable {
  /** A connect slower than this is no connect (failure-detection: 300/700 ms). */
  private static final Duration CONNECT_MAX = Duration.ofMillis(300);

  private static final int BODY_MAX = 64 * 1024;

  private final Duration deadline;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  Questions(Duration deadline) {
    this.deadline = deadline;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX.compareTo(deadline) < 0 ? CONNECT_MAX : deadline)
            .build();
  }

  /** What became of a question before its host is considered. */
  sealed interface Reply {
    record Said(ProbeOutcome.Answered answer) implements Reply {}

    record Refused() implements Reply {}

    record Silent(boolean connected) implements Reply {}

    record Nonsense(Sentence why) implements Reply {}
  }

  /** Asks an instance for its state. */
  Reply ask(URI url) throws InterruptedException {
    try {
      HttpResponse<String> answer = get(url);
      if (answer.statusCode() != 200) {
        return new Reply.Nonsense(Sentence.of(ProbeWords.STATUS, answer.statusCode()));
      }
      return read(answer.body());
    } catch (TimeoutException late) {
      return new Reply.Silent(true);
    } catch (HttpConnectTimeoutException dark) {
      return new Reply.Silent(false);
    } catch (ConnectException failed) {
      return knock(url);
    } catch (IOException cut) {
      return new Reply.Silent(true);
    }
  }

  /** Whether anything at all answers there in time. */
  boolean answers(URI url) throws InterruptedException {
    try {
      return get(url).statusCode() > 0;
    } catch (TimeoutException | IOException silent) {
      return false;
    }
  }

  /** Posts nothing, for what the call itself says; the status, 0 when there is none in time. */
  int post(URI url) throws InterruptedException {
    try {
      return send(HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.noBody()))
          .statusCode();
    } catch (TimeoutException | IOException silent) {
      return 0;
    }
  }

  private HttpResponse<String> get(URI url)
      throws IOException, InterruptedException, TimeoutException {
    return send(HttpRequest.newBuilder(url));
  }

  private HttpResponse<String> send(HttpRequest.Builder call)
      throws IOException, InterruptedException, TimeoutException {
    HttpRequest request = call.timeout(deadline).build();
    CompletableFuture<HttpResponse<String>> asked =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), BODY_MAX));
    try {
      return asked.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof HttpConnectTimeoutException dark) {
        throw dark;
      }
      if (failed.getCause() instanceof java.net.http.HttpTimeoutException) {
        throw new TimeoutException("no answer");
      }
      throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
    } finally {
      asked.cancel(true);
    }
  }

  /**
   * The JDK's HTTP client tells a refused connection and a host without a route alike; a plain
   * socket tells them apart.
   */
  private static Reply knock(URI url) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(url.getHost().replaceAll("[\\[\\]]", ""), url.getPort()),
          (int) CONNECT_MAX.toMillis());
      return new Reply.Silent(true);
    } catch (ConnectException failed) {
      boolean refused = String.valueOf(failed.getMessage()).contains("refused");
      return refused ? new Reply.Refused() : new Reply.Silent(false);
    } catch (IOException dark) {
      return new Reply.Silent(false);
    }
  }

  private Reply read(String body) {
    try {
      JsonNode node = json.readTree(body);
      JsonNode beatAge = node == null ? null : node.path("beatAgeMs");
      if (node == null || beatAge == null || !beatAge.isIntegralNumber()) {
        return new Reply.Nonsense(Sentence.of(ProbeWords.NO_BEAT_AGE));
      }
      return new Reply.Said(
          new ProbeOutcome.Answered(
              node.path("incarnation").path("n").asLong(0),
              node.path("seq").asLong(-1),
              node.path("lastAckAgeMs").asLong(-1),
              node.path("work").asLong(-1),
              beatAge.asLong()));
    } catch (IOException noJson) {
      return new Reply.Nonsense(Sentence.of(ProbeWords.NO_JSON));
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
