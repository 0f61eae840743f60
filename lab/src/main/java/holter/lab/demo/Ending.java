package holter.lab.demo;

import holter.lab.run.RunResult;
import java.util.List;
import java.util.function.Consumer;

/** What the demonstration prints last: both worlds side by side, the promises, the record. */
final class Ending {
  private final String lang;
  private final Consumer<String> out;

  Ending(String lang, Consumer<String> out) {
    this.lang = lang;
    this.out = out;
  }

  void tell(RunResult result, List<RunResult.Check> promises) {
    var plain = result.plainTimeout();
    long found = result.deaths().stream().filter(d -> d.restartedAfterS() != null).count();
    long plainFound = plain.each().stream().filter(RunResult.WouldLine::trulyDown).count();
    var diagnosed =
        result.diagnoses().stream()
            .map(line -> String.valueOf(line.afterOnsetS()))
            .findFirst()
            .orElse("-");
    row(Line.SIDE_BY_SIDE.say(lang), Line.PLAIN_COLUMN.say(lang), Line.HOLTER_COLUMN.say(lang));
    row(Line.ROW_RESTARTS.say(lang), plain.restarts(), result.restarts().size());
    row(Line.ROW_FALSE.say(lang), plain.falseRestarts(), result.falseRestarts());
    row(Line.ROW_DEATHS.say(lang), plainFound, found);
    row(Line.ROW_DIAGNOSIS.say(lang), "-", diagnosed);
    row(Line.ROW_RECORD.say(lang), "-", result.record() == null ? "-" : "1");
    out.accept("");
    out.accept(Line.PROMISES.say(lang));
    for (var promise : promises) {
      out.accept(
          "  %s %s: %s (%s)"
              .formatted(
                  promise.ok() ? "✓" : "✗", promise.what(), promise.got(), promise.expected()));
    }
    if (result.voidWhy() != null) {
      out.accept(Line.VOID.say(lang, result.voidWhy()));
    }
    if (result.record() != null) {
      out.accept("");
      out.accept(Line.RECORD.say(lang, result.record()));
    }
  }

  private void row(Object what, Object plain, Object holter) {
    out.accept("  " + padded(what, 36) + padded(plain, 16) + holter);
  }

  /** Chinese characters are two columns wide in a terminal. */
  private static String padded(Object value, int columns) {
    var text = String.valueOf(value);
    int width = text.codePoints().map(c -> c > 0x2E80 ? 2 : 1).sum();
    return text + " ".repeat(Math.max(1, columns - width));
  }
}
