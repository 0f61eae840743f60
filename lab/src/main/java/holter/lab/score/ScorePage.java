package holter.lab.score;

import holter.lab.run.LabMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A sheet as the part of a page that nobody writes by hand, between two marks. */
public final class ScorePage {
  private static final String BEGIN = "<!-- score: written by holter lab score --to -->";
  private static final String END = "<!-- score ends -->";

  private ScorePage() {}

  /**
   * The page with this sheet in it: what stands between the marks is replaced, the rest stays.
   *
   * @param before the page as it was; empty for a new one, and without marks the part is appended
   */
  public static String in(String before, Sheet sheet) {
    var part = BEGIN + "\n" + of(sheet) + END;
    int begin = before.indexOf(BEGIN);
    int end = before.indexOf(END);
    if (begin >= 0 && end > begin) {
      return before.substring(0, begin) + part + before.substring(end + END.length());
    }
    var page = before.isBlank() ? "# Diagnosis\n" : before.stripTrailing() + "\n";
    return page + "\n" + part + "\n";
  }

  private static String of(Sheet sheet) {
    var lines = new ArrayList<String>();
    lines.add("## Score\n");
    lines.add(sum(sheet));
    var machine = LabMachine.now();
    lines.add(
        "\nMachine: %d cores, %d MB, Java %s; the processes of a case run on it too.\n"
            .formatted(machine.cores(), machine.memoryMb(), machine.java()));
    lines.add(
        "| case | asked | expected | claimed | class | subject | evidence | remedy | calibration"
            + " | of 10 | whole s | computing s |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
    sheet.results().forEach(result -> rows(result, lines));
    lines.add("");
    lacks(sheet, lines);
    lines.add("## Who was taken for whom\n");
    confusion(sheet, lines);
    lines.add("\n## Time of each part\n");
    times(sheet, lines);
    return String.join("\n", lines) + "\n";
  }

  private static String sum(Sheet sheet) {
    var words = new ArrayList<String>();
    for (var deep : List.of(false, true)) {
      if (sheet.count(deep) > 0) {
        words.add(
            "%s %.1f %% of %d answers"
                .formatted(
                    deep ? "with `--deep`" : "without `--deep`",
                    100 * sheet.share(deep),
                    sheet.count(deep)));
      }
    }
    if (sheet.aimed() > 0) {
      words.add(
          "broker and host named right in %.1f %% of %d"
              .formatted(100 * sheet.namedRight(), sheet.aimed()));
    }
    words.add("confirmed and false: " + sheet.falselySure().size());
    words.add("zeroed: " + list(sheet.zeroed()));
    words.add("void: " + list(sheet.voids()));
    return String.join("; ", words) + ".";
  }

  private static void rows(CaseResult result, List<String> lines) {
    var nothing = result.skipped() != null ? "skipped" : "void";
    if (!result.scored()) {
      lines.add("| %s | %s | | | | | | | | | | |".formatted(result.name(), nothing));
      return;
    }
    for (var answer : result.answers()) {
      var marks = answer.marks();
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
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
                  seconds(answer.computeMs())));
    }
  }

  private static void lacks(Sheet sheet, List<String> lines) {
    int before = lines.size();
    for (var result : sheet.results()) {
      var lacks = new TreeSet<String>();
      for (var answer : result.answers()) {
        answer.marks().zeroedBy().forEach(why -> lacks.add("must not be said: " + why));
        lacks.addAll(answer.marks().lacks());
      }
      if (!lacks.isEmpty()) {
        lines.add("- %s: %s".formatted(result.name(), String.join("; ", lacks)));
      }
    }
    if (lines.size() > before) {
      lines.add(before, "What is missing from whole marks:\n");
      lines.add("");
    }
  }

  private static void confusion(Sheet sheet, List<String> lines) {
    var matrix = sheet.confusion();
    var columns = new TreeSet<String>();
    matrix.values().forEach(row -> columns.addAll(row.keySet()));
    lines.add("Rows: expected first cause; columns: first cause that was claimed; answers.\n");
    lines.add("| |" + columns.stream().map(c -> " " + c + " |").collect(Collectors.joining()));
    lines.add("|---|" + "---|".repeat(columns.size()));
    matrix.forEach(
        (expected, row) ->
            lines.add(
                "| %s |".formatted(expected)
                    + columns.stream()
                        .map(c -> row.containsKey(c) ? " " + row.get(c) + " |" : " |")
                        .collect(Collectors.joining())));
  }

  private static void times(Sheet sheet, List<String> lines) {
    lines.add("| | answers | whole, median s | whole, most s | computing, most s |");
    lines.add("|---|---|---|---|---|");
    for (var deep : List.of(false, true)) {
      var answers =
          sheet.results().stream()
              .filter(CaseResult::scored)
              .flatMap(result -> result.answers().stream())
              .filter(answer -> answer.deep() == deep)
              .toList();
      if (answers.isEmpty()) {
        continue;
      }
      var whole = answers.stream().mapToLong(CaseResult.Marked::wholeMs).sorted().toArray();
      lines.add(
          "| %s | %d | %s | %s | %s |"
              .formatted(
                  deep ? "with `--deep`" : "without `--deep`",
                  answers.size(),
                  figure(whole[(whole.length - 1) / 2] / 1000.0),
                  figure(whole[whole.length - 1] / 1000.0),
                  seconds(
                      answers.stream().mapToLong(CaseResult.Marked::computeMs).max().orElse(-1))));
    }
    lines.add("\nWhole is the command from start to end, the start of its JVM included.");
  }

  private static String codes(List<?> codes) {
    return codes.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String seconds(long ms) {
    return ms < 0 ? "?" : String.format(Locale.ROOT, "%.2f", ms / 1000.0);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
