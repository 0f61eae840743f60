package holter.lab.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Bytes per second, written in bits per second as network people do: {@code 16Mbit}. */
public record Rate(long bytesPerS) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d+(?:\\.\\d+)?)(kbit|Mbit|Gbit)");

  public Rate {
    if (bytesPerS < 1) {
      throw new IllegalArgumentException("a rate is at least 8 bits per second");
    }
  }

  /** Reads {@code 128kbit}, {@code 16Mbit}, {@code 1Gbit}. */
  @JsonCreator
  public static Rate of(String written) {
    var match = WRITTEN.matcher(written);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'" + written + "' is not a rate; write 128kbit, 16Mbit or 1Gbit");
    }
    double unit =
        switch (match.group(2)) {
          case "kbit" -> 1e3;
          case "Mbit" -> 1e6;
          default -> 1e9;
        };
    return new Rate(Math.round(Double.parseDouble(match.group(1)) * unit / 8));
  }

  @JsonValue
  @Override
  public String toString() {
    long bits = bytesPerS * 8;
    if (bits % 1_000_000_000 == 0) {
      return bits / 1_000_000_000 + "Gbit";
    }
    return bits % 1_000_000 == 0 ? bits / 1_000_000 + "Mbit" : bits / 1e3 + "kbit";
  }
}
