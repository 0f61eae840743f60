package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.fleet.LabClock;
import java.time.Duration;
import java.util.LinkedHashSet;

/**
 * Looks at Holter's API four times a second, as a pager or a dashboard would, and dates what it
 * sees with the lab's clock; so every time in a result is at most one period too long.
 */
final class ApiWatch implements AutoCloseable {
  /** Small against the seconds that are measured, light against two cores. */
  static final Duration PERIOD = Duration.ofMillis(250);

  /**
   * A cause beside the strongest shows in an incident's text only: each so many looks it is read.
   */
  private static final int READ_EVERY_LOOKS = 8;

  private final HolterApi api;
  private final Sightings sightings;
  private final LabClock clock;
  private final Thread thread;

  ApiWatch(HolterApi api, Sightings sightings, LabClock clock) {
    this.api = api;
    this.sightings = sightings;
    this.clock = clock;
    thread = Thread.ofVirtual().name("lab-api-watch").start(this::watch);
  }

  private void watch() {
    try {
      for (int look = 0; true; look++) {
        look(look % READ_EVERY_LOOKS == 0);
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(boolean readsAll) {
    api.get("/api/v1/partitions")
        .ifPresent(answer -> sightings.partitions(clock.nowMs(), answer.path("items")));
    api.get("/api/v1/incidents").ifPresent(answer -> incidents(answer.path("items"), readsAll));
    api.get("/api/v1/instances")
        .ifPresent(answer -> sightings.instances(clock.nowMs(), answer.path("items")));
  }

  private void incidents(JsonNode items, boolean readsAll) {
    var toRead = new LinkedHashSet<>(sightings.incidents(clock.nowMs(), items));
    for (var item : items) {
      if (readsAll && item.path("open").asBoolean()) {
        toRead.add(item.path("id").asText());
      }
    }
    toRead.forEach(this::read);
  }

  private void read(String incident) {
    api.get("/api/v1/incidents/" + HolterApi.segment(incident))
        .ifPresent(
            json -> sightings.detail(new Sightings.IncidentRead(clock.nowMs(), incident, json)));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
