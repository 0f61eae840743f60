package holter.cli;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
public final class Ages {
  /** Loaded only when a moment is shown: it takes longer than a short verb. */
  private static final class Stamp {
    static final DateTimeFormatter FORM =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
  }

  private Ages() {}

  /** A span such as {@code 0.3 s}, {@code 41 s}, {@code 3 m 20 s}, {@code 5 h 2 m}. */
  public static String span(long ms) {
    if (ms < 0) return "-" + span(-ms);
    if (ms < 10_000) return tenths(ms) + " s";
    long s = ms / 1000;
    if (s < 60) return s + " s";
    if (s < 3600) return s / 60 + " m " + s % 60 + " s";
    if (s < 86_400) return s / 3600 + " h " + s % 3600 / 60 + " m";
    return s / 86_400 + " d " + s % 86_400 / 3600 + " h";
  }

  /** Seconds, as {@code %.1f} has them; a restart hook waits for no formatter. */
  private static String tenths(long ms) {
    long tenths = (ms + 50) / 100;
    return tenths / 10 + "." + tenths % 10;
  }

  /** A moment with its offset, in the user's zone. */
  public static String moment(long wallMs) {
    return moment(wallMs, ZoneId.systemDefault());
  }

  /** A moment with its offset, in this zone. */
  public static String moment(long wallMs, ZoneId zone) {
    return OffsetDateTime.ofInstant(Instant.ofEpochMilli(wallMs), zone).format(Stamp.FORM);
  }
}
