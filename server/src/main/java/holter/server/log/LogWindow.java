package holter.server.log;

import java.time.ZoneId;
import java.util.Map;

/**
 * Which part of the logs is wanted, and how their clocks are to be read.
 *
 * @param fromWallMs the earliest line wanted, by our wall clock
 * @param toWallMs the latest
 * @param zone of the brokers' clocks: their logs carry none
 * @param skewMs per broker id, how far its clock is ahead of ours; 0 where nothing is known
 * @param copied whether the files are copies, so that their times of change tell nothing
 */
public record LogWindow(
    long fromWallMs, long toWallMs, ZoneId zone, Map<Integer, Long> skewMs, boolean copied) {
  public LogWindow {
    skewMs = Map.copyOf(skewMs);
  }

  /** Of the logs where they were written. */
  public LogWindow(long fromWallMs, long toWallMs, ZoneId zone, Map<Integer, Long> skewMs) {
    this(fromWallMs, toWallMs, zone, skewMs, false);
  }

  /** The same of copies of the logs, as in a bundle. */
  public LogWindow ofCopies() {
    return new LogWindow(fromWallMs, toWallMs, zone, skewMs, true);
  }

  /** A window by clocks that agree, in the zone of this machine. */
  public static LogWindow of(long fromWallMs, long toWallMs) {
    return new LogWindow(fromWallMs, toWallMs, ZoneId.systemDefault(), Map.of());
  }
}
