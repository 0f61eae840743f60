package holter.lab.run;

import holter.lab.fleet.LabClock;
import java.time.Duration;

/**
 * Looks at Holter's API four times a second, as a pager or a dashboard would, and dates what it
 * sees with the lab's clock; so every time in a result is at most one period too long.
 */
final class ApiWatch implements AutoCloseable {
  /** Small against the seconds that are measured, light against two cores. */
  static final Duration PERIOD = Duration.ofMillis(250);

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
      while (true) {
        look();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    api.get("/api/v1/partitions")
        .ifPresent(answer -> sightings.partitions(clock.nowMs(), answer.path("items")));
    api.get("/api/v1/incidents")
        .map(answer -> sightings.incidents(clock.nowMs(), answer.path("items")))
        .ifPresent(changed -> changed.forEach(this::read));
    api.get("/api/v1/instances")
        .ifPresent(answer -> sightings.instances(clock.nowMs(), answer.path("items")));
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
