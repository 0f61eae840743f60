package holter.engine;

/**
 * What an operator may set of the decisions. Times in milliseconds.
 *
 * @param missedSlotsMax countable misses before an inference, at least 2
 * @param startupWithinMs a restarted or announced instance must be heard within this
 * @param incidentQuietMs an incident closes when nothing was sick for this long
 * @param workMayStandMs a worker that beats, and whose work counter stands longer, is dead; 0 never
 * @param advises a person restarts: what the gate lets pass is said once, and done by nobody here
 */
public record EngineSettings(
    int missedSlotsMax,
    long startupWithinMs,
    long incidentQuietMs,
    long workMayStandMs,
    boolean advises) {
  /** The defaults of docs/configuration.md. */
  public static final EngineSettings DEFAULTS = new EngineSettings(3, 60_000, 30_000, 0, false);

  public EngineSettings {
    if (missedSlotsMax < 2) {
      throw new IllegalArgumentException("missedSlotsMax: at least 2, one lost beat is no death");
    }
    if (workMayStandMs < 0) {
      throw new IllegalArgumentException("workMayStandMs: 0, or how long");
    }
    if (startupWithinMs < 1_000 || incidentQuietMs < 1_000) {
      throw new IllegalArgumentException("startupWithinMs, incidentQuietMs: at least 1000");
    }
  }
}
