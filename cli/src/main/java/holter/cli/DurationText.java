package holter.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 250ms}, {@code 5s}, {@code 3m}, {@code 2h}; a bare number is seconds. */
public final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  @Override
  public Duration convert(String text) {
    Matcher read = SHAPE.matcher(text.trim());
    if (!read.matches()) {
      throw new TypeConversionException("not a duration: write 250ms, 5s, 3m or 2h");
    }
    long amount = Long.parseLong(read.group(1));
    String unit = read.group(2) == null ? "s" : read.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
