package holter.lab.bench;

import java.util.ArrayList;
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
    var all = new ArrayList<Double>();
    trials.forEach(t -> all.addAll(t.provedS()));
    trials.forEach(t -> all.addAll(t.inferredS()));
    return Times.of(all);
  }

  private static Times proved(List<Trial> trials) {
    return Times.of(trials.stream().flatMap(t -> t.provedS().stream()).toList());
  }

  private static Times inferred(List<Trial> trials) {
    return Times.of(trials.stream().flatMap(t -> t.inferredS().stream()).toList());
  }

  private static int sum(List<Trial> trials, java.util.function.ToIntFunction<Trial> of) {
    return trials.stream().mapToInt(of).sum();
  }

  /** Contestants over all scenarios, then ours by scenario. */
  public String markdown() {
    var out = new StringBuilder("# Detectors compared\n\n");
    out.append(
        "Made by `holter bench detect`: %d scenarios, rotating and sticky senders, %d seeds each,"
            .formatted(scenarios.size(), seeds));
    out.append(" virtual time; 200 workers, 5 partitions, a beat each second.\n\n");
    for (boolean rotating : new boolean[] {true, false}) {
      out.append(rotating ? "## Rotating senders\n\n" : "## Sticky senders\n\n");
      contestants(out, rotating);
    }
    out.append("## Holter, by scenario\n\n");
    ours(out);
    return out.toString();
  }

  private void contestants(StringBuilder out, boolean rotating) {
    out.append("False restarts / deaths missed / verdict p50, seconds.\n\n| detector |");
    scenarios.forEach(s -> out.append(" %s |".formatted(s.id())));
    out.append(" all: false | missed | verdict p50 / p99 |\n|---|");
    out.append("---|".repeat(scenarios.size() + 3)).append('\n');
    for (var row : rows) {
      var mine = of(row.trials(), rotating);
      out.append("| %s |".formatted(name(row)));
      for (var scenario : scenarios) {
        var here = of(mine, scenario);
        out.append(
            " %d/%d/%s |"
                .formatted(
                    sum(here, Trial::wrong),
                    sum(here, Trial::missed),
                    verdict(here).count() == 0 ? "–" : "%.1f".formatted(verdict(here).p50())));
      }
      out.append(
          " %d | %d | %s |\n"
              .formatted(sum(mine, Trial::wrong), sum(mine, Trial::missed), verdict(mine)));
    }
    out.append('\n');
  }

  private static String name(Row row) {
    String how =
        row.contestant().stock() ? row.tuned() ? "stock, best" : "stock" : "best of the sweep";
    return row.contestant().ours()
        ? "**Holter**"
        : "%s %s (%s)".formatted(row.contestant().family(), row.contestant().parameter(), how);
  }

  private static List<Trial> of(List<Trial> trials, boolean rotating) {
    return trials.stream().filter(t -> t.rotating() == rotating).toList();
  }

  private static List<Trial> of(List<Trial> trials, DetectScenario scenario) {
    return trials.stream().filter(t -> t.scenario().equals(scenario.id())).toList();
  }

  private List<Trial> ours() {
    return rows.stream()
        .filter(r -> r.contestant().ours())
        .flatMap(r -> r.trials().stream())
        .toList();
  }

  private void ours(StringBuilder out) {
    out.append(
        "| | scenario | false restarts (95 % bound per worker-day) | missed | proved p50 / p99 |"
            + " inferred p50 / p99 | held |\n|---|---|---|---|---|---|---|\n");
    for (var scenario : scenarios) {
      var here = of(ours(), scenario);
      double days = here.stream().mapToDouble(Trial::exposureS).sum() / 86_400;
      int wrong = sum(here, Trial::wrong);
      var bound = wrong == 0 && days > 0 ? " (≤ %.3f)".formatted(RULE_OF_THREE / days) : "";
      var held = new TreeMap<String, Integer>();
      here.forEach(t -> t.held().forEach((why, n) -> held.merge(why, n, Integer::sum)));
      out.append(
          "| %s | %s | %d%s | %d of %d | %s | %s | %s |\n"
              .formatted(
                  scenario.id(),
                  scenario.title(),
                  wrong,
                  bound,
                  sum(here, Trial::missed),
                  sum(here, Trial::deaths),
                  proved(here),
                  inferred(here),
                  held.isEmpty() ? "–" : held.toString().replaceAll("[{}]", "")));
    }
  }

  /** The curve of detection time against false restarts, as SVG. */
  public String curve() {
    return new DetectCurve(curve).svg();
  }

  /** The gates that ours did not keep, in words; empty when it kept all. */
  public List<String> broken() {
    var broken = new ArrayList<String>();
    for (var scenario : scenarios) {
      var here = of(ours(), scenario);
      gate(broken, scenario, sum(here, Trial::wrong) == 0, "false restarts: " + mistakes(here));
      gate(broken, scenario, sum(here, Trial::missed) == 0, "deaths were missed");
      var proved = proved(here);
      if (scenario.truthReachable() && proved.count() > 0) {
        gate(broken, scenario, proved.p50() <= 2.5, "proved p50 %.1f s".formatted(proved.p50()));
        gate(broken, scenario, proved.p99() <= 5, "proved p99 %.1f s".formatted(proved.p99()));
      }
      gate(broken, scenario, share(scenario, here) >= 0.99, "holds for a wrong reason");
      int expected = 2 * seeds;
      gate(broken, scenario, here.size() == expected, here.size() + " of " + expected + " played");
    }
    return broken;
  }

  private static void gate(
      List<String> broken, DetectScenario scenario, boolean kept, String otherwise) {
    if (!kept) {
      broken.add(scenario.id() + ": " + otherwise);
    }
  }

  private static String mistakes(List<Trial> trials) {
    return trials.stream()
        .filter(t -> t.wrong() > 0)
        .findFirst()
        .map(t -> "seed %d, %s".formatted(t.seed(), t.mistakes()))
        .orElse("");
  }

  /** The share of holds whose reason the scenario allows. */
  private static double share(DetectScenario scenario, List<Trial> trials) {
    long all = 0;
    long right = 0;
    for (var trial : trials) {
      for (var held : trial.held().entrySet()) {
        all += held.getValue();
        right += scenario.heldFor().contains(held.getKey()) ? held.getValue() : 0;
      }
    }
    return all == 0 ? 1 : (double) right / all;
  }
}
