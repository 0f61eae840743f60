package holter.cli.direct;

import holter.cli.Ages;
import holter.cli.Exit;
import holter.cli.Terminal;
import holter.cli.direct.Finding.Result;
import java.util.List;

/** A check as text: one line per area, and under it only what is not fine. */
final class CheckText {
  private final Terminal terminal;
  private final List<Area> areas;
  private final long tookMs;
  private final int exit;

  CheckText(Terminal terminal, List<Area> areas, long tookMs, int exit) {
    this.terminal = terminal;
    this.areas = areas;
    this.tookMs = tookMs;
    this.exit = exit;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Area area : areas) {
      text.append(line(area)).append('\n');
      if (area.result() == Result.UNKNOWN
          && area.count(Result.PASS) == 0
          && area.count(Result.UNKNOWN) <= 1) {
        continue; // the area's own line says why it was not checked
      }
      area.findings().stream()
          .filter(finding -> finding.result() != Result.PASS)
          .forEach(finding -> text.append(detail(finding)));
    }
    return text.append(totals()).toString();
  }

  private String line(Area area) {
    long asked = area.findings().size();
    String share = area.count(Result.PASS) + "/" + asked;
    String summary =
        area.result() == Result.FAIL || area.result() == Result.WARN ? "" : area.summary();
    return "%s %-10s %7s  %s"
        .formatted(glyph(area.result()), area.name(), share, summary)
        .stripTrailing();
  }

  private String detail(Finding finding) {
    String hint = finding.hint().isEmpty() ? "" : "\n      " + arrow() + " " + finding.hint();
    return "  " + glyph(finding.result()) + " " + finding.message() + hint + "\n";
  }

  private String totals() {
    String totals =
        Word.TOTALS.say(
            terminal.chinese(),
            count(Result.FAIL),
            count(Result.WARN),
            count(Result.UNKNOWN),
            count(Result.PASS),
            Ages.span(tookMs));
    return switch (exit) {
      case Exit.OK -> Word.HEALTHY.say(terminal.chinese()) + " " + totals;
      case Exit.FINDINGS -> totals + "\n" + Word.NEXT.say(terminal.chinese(), "holter diagnose");
      case Exit.DENIED -> Word.DENIED.say(terminal.chinese(), Rights.HINT) + " " + totals;
      default -> Word.UNDECIDED.say(terminal.chinese()) + " " + totals;
    };
  }

  private long count(Result result) {
    return areas.stream().mapToLong(area -> area.count(result)).sum();
  }

  private String arrow() {
    return terminal.unicode() ? "→" : "->";
  }

  private String glyph(Result result) {
    return switch (result) {
      case PASS -> coloured("36", terminal.unicode() ? "√" : "ok");
      case WARN -> coloured("33", terminal.unicode() ? "‼" : "WARN");
      case FAIL -> coloured("31", terminal.unicode() ? "×" : "FAIL");
      case UNKNOWN -> coloured("35", terminal.unicode() ? "?" : "????");
    };
  }

  private String coloured(String colour, String glyph) {
    return terminal.colour() ? "\u001b[" + colour + "m" + glyph + "\u001b[0m" : glyph;
  }
}
