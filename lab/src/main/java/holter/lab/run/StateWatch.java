package holter.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.fleet.LabClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Listens to Holter's event stream and keeps each step of each verdict as its audit tells it, dated
 * by the lab's clock when it was heard. When the stream breaks it goes on where it was.
 */
final class StateWatch implements AutoCloseable {
  private static final int CHANGES_MAX = 100_000;

  /** What is told is told sooner; a decision dated otherwise was dated by another clock. */
  private static final long TOLD_WITHIN_MS = 2_000;

  private static final Duration AGAIN = Duration.ofMillis(50);
  private static final Duration AWAY = Duration.ofMillis(500);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HolterApi api;
  private final LabClock clock;
  private final List<Change> changes = new ArrayList<>();
  private final Thread thread;
  private String lastId = "";

  /**
   * A verdict changed, by the names of the audit.
   *
   * @param atMs when it was decided
   * @param rule the one that decided
   */
  record Change(long atMs, String subject, String from, String to, String rule) {}

  StateWatch(HolterApi api, LabClock clock) {
    this.api = api;
    this.clock = clock;
    thread = Thread.ofVirtual().name("lab-state-watch").start(this::watch);
  }

  private void watch() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(listen() ? AGAIN : AWAY);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens to the stream's end; false when it broke or did not begin, as when Holter is away. */
  private boolean listen() {
    var stream = api.stream("/api/v1/stream", lastId);
    if (stream.isEmpty()) {
      return false;
    }
    try (var lines =
        new BufferedReader(new InputStreamReader(stream.get(), StandardCharsets.UTF_8))) {
      String kind = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
          kind = line.substring("event: ".length());
        } else if (line.startsWith("data: ") && kind.equals("audit")) {
          heard(line.substring("data: ".length()));
        }
      }
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  private void heard(String data) {
    var entry = parsed(data);
    if (entry == null || entry.path("from").asText().equals(entry.path("to").asText())) {
      return;
    }
    synchronized (this) {
      if (changes.size() < CHANGES_MAX) {
        changes.add(
            new Change(
                decidedMs(entry),
                entry.path("subject").asText(),
                entry.path("from").asText(),
                entry.path("to").asText(),
                entry.path("rule").asText()));
      }
    }
  }

  /** Both clocks are near the wall clock, and on one machine. */
  private long decidedMs(JsonNode entry) {
    long nowMs = clock.nowMs();
    long agoMs = nowMs - entry.path("atMs").asLong();
    return agoMs >= 0 && agoMs < TOLD_WITHIN_MS ? nowMs - agoMs : nowMs;
  }

  private static @Nullable JsonNode parsed(String data) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException torn) {
      return null;
    }
  }

  synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
