package holter.lab.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * What a worker itself answers when the lab asks it, beside every emulated network.
 *
 * @param incarnation of the life that answers
 * @param beatAgeMs since its beat loop last turned
 */
record Pulse(long incarnation, long beatAgeMs) {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();

  /** Asks once; empty when there is no answer in two seconds. */
  static Optional<Pulse> take(URI answerAt) {
    var request = HttpRequest.newBuilder(answerAt).timeout(DEADLINE).build();
    try {
      var answer = JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
      return Optional.of(
          new Pulse(
              answer.path("incarnation").path("n").asLong(), answer.path("beatAgeMs").asLong()));
    } catch (IOException silent) {
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
