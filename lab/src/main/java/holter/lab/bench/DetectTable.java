package holter.lab.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a comparison found, as Markdown, and whether ours kept its gates. */
public final class DetectTable {
  /** Three over the exposure bounds a rate that showed nothing, at 95 %. */
  private static final double RULE_OF_THREE = 3;

  private final List<DetectScenario> scenarios;
  private final List<Row> rows;
  private final Map<Contestant, List<Trial>> curve;
  private final int seeds;

  /** A contestant's judged trials. */
  record Row(Contestant contestant, boolean tuned, List<Trial> trials) {}

  /** Times to a verdict, in seconds; NaN without any. */
  record Times(int count, double p50, double p99, double max) {
    static Times of(List<Double> seconds) {
      if (seconds.isEmpty()) {
        return new Times(0, Double.NaN, Double.NaN, Double.NaN);
      }
      var sorted = seconds.stream().sorted().toList();
      int n = sorted.size();
      return new Times(
          n, sorted.get(n / 2), sorted.get((int) Math.ceil(n * 0.99) - 1), sorted.getLast());
    }

    @Override
    public String toString() {
      return count == 0 ? "–" : "%.1f / %.1f".formatted(p50, p99);
    }
  }

  DetectTable(
      List<DetectScenario> scenarios,
      List<Row> rows,
      Map<Contestant, List<Trial>> curve,
      int seeds) {
    this.scenarios = scenarios;
    this.rows = rows;
    this.curve = curve;
    this.seeds = seeds;
  }

  static Times verdict(List<Trial> trials) {
    return Times.of(
        trials.stream().flatMap(t -> t.found().stream()).map(Trial.Found::verdictS).toList());
  }

  static Times verdict(List<Trial> trials, boolean proved) {
    return Times.of(trials.stream().flatMap(t -> t.verdictS(proved)).toList());
  }

  private static int sum(List<Trial> trials, java.util.function.ToIntFunction<Trial> of) {
    return trials.stream().mapToInt(of).sum();
  }

  /** A table of contestants as shipped, one with their best parameter, then ours by scenario. */
  public String markdown() {
    var out = new StringBuilder("# Detectors compared\n\n");
    out.append(
        ("Made by `holter bench detect`: %d scenarios, rotating and sticky senders, %d seeds each,"
                + " virtual time; 200 workers, 5 partitions, a beat each second.\n\n")
            .formatted(scenarios.size(), seeds));
    out.append("A cell: false restarts / deaths missed / seconds to the verdict, median.\n\n");
    for (boolean rotating : new boolean[] {true, false}) {
      out.append(rotating ? "## Rotating senders\n\n" : "## Sticky senders\n\n");
      out.append("As their makers ship them:\n\n");
      contestants(out, rotating, rows.stream().filter(r -> r.contestant().stock()).toList());
      out.append("With the best parameter of the sweep, chosen on other seeds:\n\n");
      contestants(out, rotating, rows.stream().filter(Row::tuned).toList());
    }
    out.append("## Holter, by scenario\n\n");
    ours(out);
    return out.toString();
  }

  private void contestants(StringBuilder out, boolean rotating, List<Row> columns) {
    out.append("| |");
    columns.forEach(row -> out.append(" %s |".formatted(name(row))));
    out.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
    for (var scenario : scenarios) {
      out.append("| %s %s |".formatted(scenario.id(), scenario.title()));
      for (var row : columns) {
        out.append(cell(of(of(row.trials(), rotating), scenario)));
      }
      out.append('\n');
    }
    out.append("| all |");
    columns.forEach(row -> out.append(cell(of(row.trials(), rotating))));
    out.append("\n\n");
  }

  private static String cell(List<Trial> here) {
    var times = verdict(here);
    return " %d / %d / %s |"
        .formatted(
            sum(here, Trial::wrong),
            sum(here, Trial::missed),
            times.count() == 0 ? "–" : "%.1f".formatted(times.p50()));
  }

  private static String name(Row row) {
    return row.contestant().ours()
        ? "**Holter** " + row.contestant().parameter()
        : row.contestant().family() + " " + row.contestant().parameter();
  }

  private static List<Trial> of(List<Trial> trials, boolean rotating) {
    return trials.stream().filter(t -> t.rotating() == rotating).toList();
  }

  private static List<Trial> of(List<Trial> trials, DetectScenario scenario) {
    return trials.stream().filter(t -> t.scenario().equals(scenario.id())).toList();
  }

  /** What is shipped is what is gated. */
  private List<Trial> ours() {
    return rows.stream()
        .filter(r -> r.contestant().ours() && r.contestant().stock())
        .flatMap(r -> r.trials().stream())
        .toList();
  }

  private void ours(StringBuilder out) {
    out.append(
        ("Seconds to the verdict, median / 99th percentile. The bound holds with 95 %% for each"
                + " worker-day under the fault. Late are inferred deaths on paths that were sick:"
                + " counted from when their silence could count.%n%n"
                + "| | scenario | senders | false restarts | missed | proved | inferred |"
                + " inferred, late | held, and wrongly |%n|---|---|---|---|---|---|---|---|---|%n")
            .formatted());
    for (var scenario : scenarios) {
      ours(out, scenario, true);
      ours(out, scenario, false);
    }
  }

  private void ours(StringBuilder out, DetectScenario scenario, boolean rotating) {
    var here = of(of(ours(), rotating), scenario);
    double days = here.stream().mapToDouble(Trial::exposureS).sum() / 86_400;
    int wrong = sum(here, Trial::wrong);
    var bound = wrong == 0 && days > 0 ? " (≤ %.3f)".formatted(RULE_OF_THREE / days) : "";
    var held = new TreeMap<String, Integer>();
    here.forEach(t -> t.held().forEach((why, n) -> held.merge(why, n, Integer::sum)));
    int wrongly =
        sum(here, t -> t.heldWrongly().values().stream().mapToInt(Integer::intValue).sum());
    out.append(
        "| %s | %s | %s | %d%s | %d of %d | %s | %s | %s | %s |\n"
            .formatted(
                scenario.id(),
                scenario.title(),
                rotating ? "rotating" : "sticky",
                wrong,
                bound,
                sum(here, Trial::missed),
                sum(here, Trial::deaths),
                verdict(here, true),
                inferred(here, false),
                inferred(here, true),
                held.isEmpty()
                    ? "–"
                    : held.toString().replaceAll("[{}]", "") + "; " + wrongly + " wrongly"));
  }

  /** Of inferred deaths, from when their silence could count. */
  static Times inferred(List<Trial> trials, boolean waited) {
    return Times.of(
        trials.stream()
            .flatMap(t -> t.found().stream())
            .filter(f -> !f.proved() && f.waited() == waited)
            .map(Trial.Found::silenceS)
            .toList());
  }

  /** The curve of detection time against false restarts, as SVG. */
  public String curve() {
    return new DetectCurve(curve).svg();
  }

  /** The gates that ours did not keep, in words; empty when it kept all. */
  public List<String> broken() {
    var gates = new DetectGates(seeds);
    for (var scenario : scenarios) {
      gates.hold(scenario, true, of(of(ours(), true), scenario));
      gates.hold(scenario, false, of(of(ours(), false), scenario));
    }
    for (var row : rows) {
      if (!row.contestant().ours() || !row.contestant().stock()) {
        gates.played(name(row), row.trials().size(), 2 * seeds * scenarios.size());
      }
    }
    return gates.broken();
  }
}
