package holter.server.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 5s}, {@code 3m}, {@code 2h}. */
final class Durations {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private Durations() {}

  /**
   * Reads one duration.
   *
   * @throws IllegalArgumentException when it is not written so
   */
  static Duration parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no duration; write 250ms, 5s, 3m or 2h");
    }
    long number = Long.parseLong(written.group(1));
    return switch (written.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** The duration as one would write it. */
  static String text(Duration duration) {
    long ms = duration.toMillis();
    if (ms % 1000 != 0 || ms == 0) {
      return ms + "ms";
    }
    return ms % 60_000 == 0 ? ms / 60_000 + "m" : ms / 1000 + "s";
  }
}
