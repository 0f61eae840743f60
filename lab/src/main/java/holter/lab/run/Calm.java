package holter.lab.run;

import java.util.HashMap;
import java.util.Map;

/**
 * When a run may begin: as many workers as there are held for alive, every path for healthy, and no
 * incident open.
 *
 * @param workers how many there are
 * @param partitions how many the beat topic has
 */
record Calm(int workers, int partitions) {
  boolean reached(Sightings sightings) {
    return alive(sightings) == workers
        && healthy(sightings) == partitions
        && openIncidents(sightings) == 0;
  }

  /** What is still missing, in words. */
  String missing(Sightings sightings, int heard) {
    return ("Holter holds %d of %d workers for alive, %d of %d paths for healthy,"
            + " %d incidents open; the lab heard %d")
        .formatted(
            alive(sightings),
            workers,
            healthy(sightings),
            partitions,
            openIncidents(sightings),
            heard);
  }

  private static long alive(Sightings sightings) {
    Map<String, String> latest = new HashMap<>();
    sightings.verdicts().forEach(seen -> latest.put(seen.instance(), seen.verdict()));
    return latest.values().stream().filter("alive"::equals).count();
  }

  /** Incidents that were open when they were seen last. */
  static long openIncidents(Sightings sightings) {
    Map<String, Boolean> latest = new HashMap<>();
    sightings.incidents().forEach(seen -> latest.put(seen.id(), seen.open()));
    return latest.values().stream().filter(open -> open).count();
  }

  private static long healthy(Sightings sightings) {
    Map<Integer, String> latest = new HashMap<>();
    sightings.paths().forEach(seen -> latest.put(seen.partition(), seen.state()));
    return latest.values().stream().filter("healthy"::equals).count();
  }
}
