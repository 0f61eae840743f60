package holter.lab.agree;

import holter.lab.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All comparisons as Markdown, and whether they hold.
 *
 * @param lines one scenario each
 * @param seeds simulated trials of each
 */
public record AgreementTable(List<Line> lines, int seeds) {
  public AgreementTable {
    lines = List.copyOf(lines);
  }

  /** A scenario; its result is null when it was not run, or proved nothing. */
  record Line(String name, @Nullable RunResult result, List<Agreement> kinds) {
    boolean kept() {
      return result != null && result.passed() && kinds.stream().allMatch(Agreement::agrees);
    }
  }

  /** Whether any scenario has no live result. */
  public boolean incomplete() {
    return lines.stream().anyMatch(line -> line.result() == null);
  }

  /** What does not agree or did not pass, a line each. */
  public List<String> broken() {
    var broken = new ArrayList<String>();
    for (var line : lines) {
      var result = line.result();
      if (result == null) {
        continue;
      }
      result.checks().stream()
          .filter(check -> !check.ok())
          .forEach(
              check ->
                  broken.add(
                      "%s live: %s: %s, not %s"
                          .formatted(line.name(), check.what(), check.got(), check.expected())));
      for (var kind : line.kinds()) {
        broken.addAll(broken(kind));
      }
    }
    return broken;
  }

  private static List<String> broken(Agreement kind) {
    var broken = new ArrayList<String>();
    var who = "%s, %s of %s".formatted(kind.scenario(), kind.how(), kind.group());
    kind.onlyLive().forEach(way -> broken.add(who + ": never simulated: " + way));
    kind.missing().forEach(way -> broken.add(who + ": the rule in simulation, not live: " + way));
    if (!kind.sameP50()) {
      broken.add(
          "%s: verdict p50 %s s live, %s s simulated"
              .formatted(who, figure(kind.liveP50()), figure(kind.simP50())));
    }
    return broken;
  }

  /** The table. */
  public String markdown() {
    var text = new StringBuilder();
    text.append("# Live and simulated\n\n");
    text.append(
        "Made by `holter lab agree`; what it means is told in [detection](detection.md).\n\n");
    text.append("| scenario | who | deaths | states live | same | p50 live | p50 sim | diff |\n");
    text.append("|---|---|---|---|---|---|---|---|\n");
    for (var line : lines) {
      if (line.result() == null) {
        text.append("| %s | no live result | | | | | | |\n".formatted(line.name()));
      }
      for (var kind : line.kinds()) {
        text.append(row(kind));
      }
    }
    text.append(
        "\n%d simulated trials of each; medians of the verdict in seconds.\n".formatted(seeds));
    text.append("\n| scenario | healthy restarted | missed | planned restarted | calm after |\n");
    text.append("|---|---|---|---|---|\n");
    for (var line : lines) {
      var result = line.result();
      if (result != null) {
        text.append(
            "| %s | %d | %d of %d | %d of %d | %.0f s |\n"
                .formatted(
                    line.name(),
                    result.falseRestarts(),
                    result.deathsMissed(),
                    result.deaths().size(),
                    result.planned().restarts(),
                    result.planned().stops(),
                    result.startupS()));
      }
    }
    return text.toString();
  }

  private static String row(Agreement kind) {
    boolean living = kind.how().equals(Agreement.LIVING);
    return "| %s | %s %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            kind.scenario(),
            kind.how(),
            kind.group(),
            living ? "" : kind.live(),
            kind.liveWays().isEmpty() ? "none" : String.join("; ", kind.liveWays()),
            kind.sameStates() ? "yes" : "**no**",
            figure(kind.liveP50()),
            figure(kind.simP50()),
            kind.sameP50() ? kind.difference() : "**" + kind.difference() + "**");
  }

  private static String figure(@Nullable Double seconds) {
    return seconds == null ? "" : "%.2f".formatted(seconds);
  }
}
