package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.fleet.LabClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The person who waits for the first plan that Holter offers and consents to it by HTTP, at once.
 * Has one thread; thread-safe.
 */
final class AskedConsent implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final HolterApi api;
  private final LabClock clock;
  private final Consumer<String> progress;
  private final Thread thread;
  private volatile long consentedMs = -1;

  private AskedConsent(HolterApi api, LabClock clock, Consumer<String> progress) {
    this.api = api;
    this.clock = clock;
    this.progress = progress;
    this.thread = Thread.ofVirtual().name("lab-asked-consent").unstarted(this::run);
  }

  /**
   * @param wanted whether anybody is to consent at all
   */
  static AskedConsent of(boolean wanted, HolterApi api, LabClock clock, Consumer<String> progress) {
    var asked = new AskedConsent(api, clock, progress);
    if (wanted) asked.thread.start();
    return asked;
  }

  private void run() {
    try {
      while (consentedMs < 0) {
        Thread.sleep(PERIOD);
        Optional<JsonNode> offered = offered();
        if (offered.isPresent()) consent(offered.get());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<JsonNode> offered() {
    Optional<JsonNode> all = api.get("/api/v1/remedies");
    if (all.isEmpty()) return Optional.empty();
    for (JsonNode line : all.get().path("items")) {
      if (line.path("state").asText().equals("new")) return Optional.of(line);
    }
    return Optional.empty();
  }

  private void consent(JsonNode line) {
    long atMs = clock.nowMs();
    String id = line.path("id").asText();
    String body = "{\"hash\":\"%s\",\"by\":\"the lab\"}".formatted(line.path("hash").asText());
    String path = "/api/v1/remedies/" + HolterApi.segment(id) + "/apply";
    var answer = api.post(path, body);
    progress.accept(
        "consent to plan %s by HTTP: %s"
            .formatted(id, answer.map(a -> a.statusCode() + " " + a.body()).orElse("no answer")));
    if (answer.isPresent() && answer.get().statusCode() == 202) consentedMs = atMs;
  }

  /** When consent was given that was taken; empty when none was. */
  OptionalLong atMs() {
    long at = consentedMs;
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(at);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
