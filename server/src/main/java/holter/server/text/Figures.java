package holter.server.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers with their units and times with their zone, for people. */
public final class Figures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private final Tongue tongue;
  private final ZoneId zone;

  public Figures(Tongue tongue, ZoneId zone) {
    this.tongue = tongue;
    this.zone = zone;
  }

  /** A time of day with tenths of seconds; unknown before 1970. */
  public String time(long ms) {
    return ms <= 0 ? unknown() : TIME.format(Instant.ofEpochMilli(ms).atZone(zone));
  }

  /** A date and time with its offset from UTC. */
  public String date(long ms) {
    return ms <= 0 ? unknown() : DATE.format(Instant.ofEpochMilli(ms).atZone(zone));
  }

  /** A duration of up to minutes, from milliseconds; negative and NaN are unknown. */
  public String ms(double ms) {
    if (Double.isNaN(ms) || ms < 0) {
      return unknown();
    }
    return ms < 10
        ? String.format(Locale.ROOT, "%.1f ms", ms)
        : ms < 10_000 ? Math.round(ms) + " ms" : String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }

  /** As {@link #ms(double)}, from whole milliseconds. */
  public String ms(long ms) {
    return ms((double) ms);
  }

  /** A long duration: {@code 2 h 3 m 4 s}. */
  public String lasting(long ms) {
    long seconds = Math.max(0, ms / 1000);
    String text = seconds % 60 + " s";
    text = seconds >= 60 ? seconds / 60 % 60 + " m " + text : text;
    return seconds >= 3600 ? seconds / 3600 + " h " + text : text;
  }

  /** Bytes per second. */
  public String rate(double bytesPerS) {
    if (Double.isNaN(bytesPerS) || bytesPerS < 0) {
      return unknown();
    }
    if (bytesPerS >= 1e6) {
      return String.format(Locale.ROOT, "%.1f MB/s", bytesPerS / 1e6);
    }
    return String.format(Locale.ROOT, "%.1f kB/s", bytesPerS / 1e3);
  }

  /** A share of 1 in per cent. */
  public String share(double share) {
    return Double.isNaN(share) || share < 0 ? unknown() : Math.round(share * 100) + " %";
  }

  public String unknown() {
    return tongue.say(FactWord.UNKNOWN);
  }
}
