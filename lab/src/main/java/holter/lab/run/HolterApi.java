package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The orchestrator's API as an outsider sees it. Every call has a deadline; no answer is an answer.
 * Thread-safe.
 */
public final class HolterApi implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<String> base;
  private final Duration deadline;
  private final HttpClient http;

  /** The API that listens at a URL such as {@code http://127.0.0.1:4658}. */
  public HolterApi(String base) {
    this(() -> base);
  }

  /** The API at a URL that may be another one at each call. */
  HolterApi(Supplier<String> base) {
    this(base, DEADLINE);
  }

  /** The same; each call takes {@code deadline} at most. */
  HolterApi(Supplier<String> base, Duration deadline) {
    this.base = base;
    this.deadline = deadline;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(deadline)
            .build();
  }

  /** The JSON answer to a GET; empty when there was none in time or it was an error. */
  public Optional<JsonNode> get(String path) {
    return text(path).flatMap(HolterApi::parsed);
  }

  private static Optional<JsonNode> parsed(String body) {
    try {
      return Optional.of(JSON.readTree(body));
    } catch (IOException garbled) {
      return Optional.empty();
    }
  }

  /** The text of a GET with status 200; empty otherwise. */
  public Optional<String> text(String path) {
    return answer(path).filter(answer -> answer.statusCode() == 200).map(HttpResponse::body);
  }

  /** The answer to a GET, whatever it is; empty when there was none in time. */
  Optional<HttpResponse<String>> answer(String path) {
    return sent(HttpRequest.newBuilder(URI.create(base.get() + path)));
  }

  /** The answer to a POST of JSON, whatever it is; empty when there was none in time. */
  Optional<HttpResponse<String>> post(String path, String json) {
    return sent(
        HttpRequest.newBuilder(URI.create(base.get() + path))
            .header("Content-Type", "application/json")
            .header("X-Holter", "1")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private Optional<HttpResponse<String>> sent(HttpRequest.Builder asked) {
    var request = asked.timeout(deadline).build();
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()));
    } catch (IOException silent) {
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * The endless body of an event stream; empty when it does not begin in time.
   *
   * @param lastEventId where to go on; empty for what comes from now on
   */
  Optional<InputStream> stream(String path, String lastEventId) {
    var request = HttpRequest.newBuilder(URI.create(base.get() + path)).timeout(deadline);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofInputStream());
      if (answer.statusCode() == 200) {
        return Optional.of(answer.body());
      }
      answer.body().close();
      return Optional.empty();
    } catch (IOException silent) {
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A value as one segment of a path. */
  public static String segment(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
