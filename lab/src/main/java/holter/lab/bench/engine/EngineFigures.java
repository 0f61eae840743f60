package holter.lab.bench.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench engine} measured, and whether it keeps its gates.
 *
 * @param fleets one line per size
 * @param bytesPerInstance heap per healthy instance at a million
 */
public record EngineFigures(List<Fleet> fleets, double bytesPerInstance) {
  static final double BEATS_PER_SECOND_MIN = 5_000_000;
  static final double BYTES_PER_BEAT_MAX = 0.1;
  static final double BYTES_PER_INSTANCE_MAX = 300;

  /** The gate of speed is for fleets that a processor's caches hold. */
  static final int GATED_FLEET_MAX = 10_000;

  /**
   * One size.
   *
   * @param size instances
   * @param intervalMs their beat, where they keep their pace
   * @param beatsPerSecond of the engine, on one core
   * @param bytesPerBeat allocated
   * @param mapPerSecond of a plain map of when each was seen last
   * @param turnMs a turn of 100 ms at the fleet's pace, all in
   * @param pictureMs a picture of the fleet
   */
  public record Fleet(
      int size,
      long intervalMs,
      double beatsPerSecond,
      double bytesPerBeat,
      double mapPerSecond,
      double turnMs,
      double pictureMs) {}

  /** The table, in Markdown. */
  public String markdown() {
    var lines = new ArrayList<String>();
    lines.add(
        "| fleet | beats/s, one core | B per beat | plain map/s | 100 ms at pace | picture |");
    lines.add("|---|---|---|---|---|---|");
    for (var f : fleets) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %,d, every %d s | %.1f M | %.3f | %.1f M | %.3f ms | %.2f ms |",
              f.size(),
              f.intervalMs() / 1_000,
              f.beatsPerSecond() / 1e6,
              f.bytesPerBeat(),
              f.mapPerSecond() / 1e6,
              f.turnMs(),
              f.pictureMs()));
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Heap per healthy instance, %,d of them: %.0f bytes.",
            Footprint.INSTANCES,
            bytesPerInstance));
    return String.join("\n", lines) + "\n";
  }

  /** The gates that were not kept, one line each. */
  public List<String> broken() {
    var broken = new ArrayList<String>();
    for (var f : fleets) {
      if (f.size() <= GATED_FLEET_MAX && f.beatsPerSecond() < BEATS_PER_SECOND_MIN) {
        broken.add(
            "%,d instances: %.1f M beats/s, at least 5 M"
                .formatted(f.size(), f.beatsPerSecond() / 1e6));
      }
      if (f.size() <= GATED_FLEET_MAX && f.bytesPerBeat() >= BYTES_PER_BEAT_MAX) {
        broken.add(
            "%,d instances: %.2f B per beat, below 0.1".formatted(f.size(), f.bytesPerBeat()));
      }
    }
    if (bytesPerInstance > BYTES_PER_INSTANCE_MAX) {
      broken.add("%.0f bytes per instance, at most 300".formatted(bytesPerInstance));
    }
    return broken;
  }
}
