package holter.lab.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A sheet as text: a line per answer, what each lacks, the sums, and who was taken for whom. */
public final class SheetText {
  private static final String ROW = "%-12s %-6s %-14s %-22s %5s %5s %5s %5s %5s %6s %7s %8s";

  private SheetText() {}

  /** The whole sheet. */
  public static String of(Sheet sheet) {
    var lines = new ArrayList<String>();
    lines.add(
        ROW.formatted(
            "case",
            "asked",
            "expected",
            "claimed",
            "class",
            "subj",
            "cite",
            "rem.",
            "cal.",
            "of 10",
            "whole s",
            "thinks s"));
    for (var result : sheet.results()) {
      rows(result, lines);
    }
    lines.addAll(sheet.bad().stream().map(line -> "bad file: " + line).toList());
    lines.add("");
    lines.add(sum("plain", sheet, false));
    if (sheet.count(true) > 0) {
      lines.add(sum("--deep", sheet, true));
    }
    lines.add("zeroed: " + list(sheet.zeroed()) + "   void: " + list(sheet.voids()));
    lines.add("");
    lines.addAll(confusion(sheet));
    return String.join("\n", lines);
  }

  private static void rows(CaseResult result, List<String> lines) {
    if (result.skipped() != null) {
      lines.add("%-12s skipped: %s".formatted(result.name(), result.skipped()));
      return;
    }
    if (result.voidWhy() != null) {
      lines.add("%-12s void: %s".formatted(result.name(), result.voidWhy()));
      return;
    }
    for (var answer : result.answers()) {
      var marks = answer.marks();
      lines.add(
          ROW.formatted(
                  result.name(),
                  answer.deep() ? "deep" : "plain",
                  result.expected().isEmpty() ? "healthy" : codes(result.expected()),
                  marks.claimed().isEmpty() ? "-" : codes(marks.claimed()),
                  figure(marks.causes()),
                  figure(marks.subject()),
                  figure(marks.evidence()),
                  figure(marks.remedy()),
                  figure(marks.calibration()),
                  figure(marks.total()),
                  figure(answer.wholeMs() / 1000.0),
                  answer.computeMs() < 0 ? "?" : "%.3f".formatted(answer.computeMs() / 1000.0))
              .stripTrailing());
      marks.zeroedBy().forEach(why -> lines.add("  ZERO: " + why));
      marks.lacks().forEach(lack -> lines.add("  - " + lack));
      if (!answer.withheld().isEmpty()) {
        lines.add("  not given, this Holter has no option for it: " + answer.withheld());
      }
    }
  }

  private static String sum(String name, Sheet sheet, boolean deep) {
    return "%s: %.1f %% of %d answers".formatted(name, 100 * sheet.share(deep), sheet.count(deep));
  }

  private static List<String> confusion(Sheet sheet) {
    var matrix = sheet.confusion();
    var columns = new TreeSet<String>();
    matrix.values().forEach(row -> columns.addAll(row.keySet()));
    var lines = new ArrayList<String>();
    lines.add(
        "expected \\ first claimed  "
            + columns.stream().map("%7s"::formatted).collect(Collectors.joining()));
    matrix.forEach(
        (expected, row) ->
            lines.add(
                "%-25s ".formatted(expected)
                    + columns.stream()
                        .map(c -> "%7s".formatted(row.getOrDefault(c, 0)))
                        .collect(Collectors.joining())));
    return lines;
  }

  private static String codes(List<?> codes) {
    return codes.stream().map(String::valueOf).collect(Collectors.joining("+"));
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
