package holter.server.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.detect.RestartTruth;
import holter.engine.RestartOrder;
import holter.server.port.Runner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runner protocol of docs/wire.md over HTTP. An order is sent up to three times with the same
 * key, which the runner carries out once; a refusal is an answer and is not repeated.
 */
public final class WebhookRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookRunner.class);

  /** A runner looks at the process and stops it gracefully first. */
  private static final Duration TRY_MAX = Duration.ofSeconds(10);

  private static final int TRIES = 3;
  private static final int BODY_MAX = 64 * 1024;

  private final URI url;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final Duration pause;

  /**
   * @param url the runner's base, as of {@code runner.url}
   */
  public WebhookRunner(String url) {
    this(url, Duration.ofMillis(500));
  }

  WebhookRunner(String url, Duration pause) {
    this.url = URI.create(url.endsWith("/") ? url : url + "/").resolve("v1/restarts");
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
  }

  @Override
  public Answer restart(RestartOrder order) {
    String failure = "";
    for (int turn = 1; turn <= TRIES; turn++) {
      try {
        HttpResponse<String> answer = send(order);
        if (answer.statusCode() < 500) {
          return read(answer);
        }
        failure = "runner answers " + answer.statusCode();
      } catch (IOException unreachable) {
        failure = "runner not reached: " + unreachable.getClass().getSimpleName();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new Answer(false, RestartTruth.UNKNOWN, "Holter is stopping");
      }
      if (turn < TRIES && !rest()) {
        break;
      }
    }
    LOG.atError()
        .addKeyValue("instance", order.instance())
        .addKeyValue("key", order.key())
        .addKeyValue("why", failure)
        .log("restart could not be ordered");
    return new Answer(false, RestartTruth.UNKNOWN, failure);
  }

  private boolean rest() {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpResponse<String> send(RestartOrder order) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TRY_MAX)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(order)))
            .build();
    return http.send(
        request,
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), BODY_MAX));
  }

  private String body(RestartOrder order) throws JsonProcessingException {
    return json.writeValueAsString(
        json.createObjectNode()
            .put("key", order.key())
            .put("instance", order.instance().value())
            .put("expectedIncarnation", order.expected().counter())
            .put("leaderEpoch", order.leaderEpoch())
            .put("proof", order.proof().name())
            .put("why", order.why().english()));
  }

  private Answer read(HttpResponse<String> answer) {
    try {
      JsonNode node = json.readTree(answer.body());
      String detail = node == null ? "" : node.path("detail").asText("");
      if (answer.statusCode() != 200 || node == null) {
        return new Answer(
            false, RestartTruth.UNKNOWN, "runner refuses: " + answer.statusCode() + " " + detail);
      }
      return new Answer(
          node.path("done").asBoolean(false), truth(node.path("truth").asText("")), detail);
    } catch (JsonProcessingException noJson) {
      return new Answer(false, RestartTruth.UNKNOWN, "runner's answer is no JSON");
    }
  }

  private static RestartTruth truth(String word) {
    String name = word.toUpperCase(Locale.ROOT);
    return Arrays.stream(RestartTruth.values())
        .filter(truth -> truth.name().equals(name))
        .findFirst()
        .orElse(RestartTruth.UNKNOWN);
  }
}
