package holter.lab.bench.remedy;

import holter.lab.bench.remedy.RemedyCase.Mood;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;

/** What planning came to, and what must hold of it. */
public final class RemedyTable {
  private static final double REGRET_MOST = 1.05;
  private static final double FORETOLD_LEAST = 0.9;

  private final List<RemedyTrial> trials;
  private final List<RemedyTrial> crowded;

  RemedyTable(List<RemedyTrial> trials) {
    this.trials = List.copyOf(trials);
    this.crowded = trials.stream().filter(t -> t.mood() == Mood.CROWDED).toList();
  }

  private DoubleStream regrets() {
    return crowded.stream().mapToDouble(RemedyTrial::regret).filter(Double::isFinite);
  }

  private long count(Predicate<RemedyTrial> which) {
    return trials.stream().filter(which).count();
  }

  private double share(ToIntFunction<RemedyTrial> part, ToIntFunction<RemedyTrial> whole) {
    int all = trials.stream().mapToInt(whole).sum();
    return all == 0 ? 1 : (double) trials.stream().mapToInt(part).sum() / all;
  }

  private double named() {
    return share(RemedyTrial::named, RemedyTrial::landed);
  }

  private double sure() {
    return share(RemedyTrial::sureMet, RemedyTrial::sure);
  }

  private long falsePlans() {
    return count(t -> t.mood() != Mood.CROWDED && t.steps() > 0);
  }

  private int excess() {
    return crowded.stream().mapToInt(RemedyTrial::excess).max().orElse(0);
  }

  private int refused() {
    return trials.stream().mapToInt(RemedyTrial::refused).sum();
  }

  private int illOpened() {
    return trials.stream().mapToInt(RemedyTrial::illOpened).sum();
  }

  /** The gates that are not kept; empty when all are. */
  public List<String> broken() {
    var broken = new ArrayList<String>();
    for (RemedyTrial trial : crowded) {
      if (trial.best().isPresent() && trial.steps() == 0) {
        broken.add("seed %d: there is a plan, and none was made".formatted(trial.seed()));
      } else if (trial.regret() > REGRET_MOST) {
        broken.add(
            "seed %d: the peak is %.3f times the best".formatted(trial.seed(), trial.regret()));
      }
      if (trial.excess() > 1) {
        broken.add("seed %d: %d restarts more than needed".formatted(trial.seed(), trial.excess()));
      }
    }
    gate(broken, named() >= FORETOLD_LEAST, "too few pods landed on a node that was named");
    gate(broken, sure() >= FORETOLD_LEAST, "too few landed on the only node that was named");
    gate(broken, refused() == 0, "a budget refused a step");
    gate(broken, falsePlans() == 0, "a plan was made where nothing is crowded");
    gate(broken, illOpened() == 0, "a node was opened that has not recovered");
    return broken;
  }

  private static void gate(List<String> broken, boolean kept, String otherwise) {
    if (!kept) broken.add(otherwise);
  }

  /** The table. */
  public String markdown() {
    var out = new StringBuilder("| | measured | gate |\n|---|---|---|\n");
    int calm = trials.size() - crowded.size();
    row(out, "crowded clusters / healthy or busy ones", crowded.size() + " / " + calm, "");
    row(out, "planned / of these the host came below 70 %", planned(), "");
    row(out, "no plan, and none exists / and one exists", unplanned(), "second 0");
    row(out, "peak reached / peak of the best plan: mean, worst", regret(), "≤ 1.05");
    row(out, "peak reached / lowest of free placement: mean", free(), "");
    row(out, "restarts, mean / of the best plan / most above it", restarts(), "≤ +1");
    row(out, "pods that landed on a node that the plan named", percent(named()), "≥ 90 %");
    row(out, "the same, where it named one only", percent(sure()), "≥ 90 %");
    double first = share(RemedyTrial::foretold, RemedyTrial::landed);
    row(out, "the same, by its first guess of equals", percent(first), "");
    double equals = 1 - share(RemedyTrial::sure, RemedyTrial::landed);
    row(out, "landings that are open, which nobody can foretell", percent(equals), "");
    row(out, "steps that a budget refused", "" + refused(), "0");
    row(out, "plans for healthy or busy clusters", "" + falsePlans(), "0");
    row(out, "nodes opened that had not recovered", "" + illOpened(), "0");
    row(out, "best plans not proved within the bound", "" + count(t -> !t.proved()), "");
    return out.toString();
  }

  /** How long planning took, in words: the only figures that depend on the machine. */
  public String speed() {
    double[] ms = trials.stream().mapToDouble(RemedyTrial::planMs).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "planning took %.0f ms, at most %.0f ms",
        ms[ms.length / 2],
        ms[ms.length - 1]);
  }

  private static void row(StringBuilder out, String what, String measured, String gate) {
    out.append("| %s | %s | %s |\n".formatted(what, measured, gate));
  }

  private String planned() {
    return "%d / %d"
        .formatted(
            crowded.stream().filter(t -> t.steps() > 0).count(),
            crowded.stream().filter(t -> t.steps() > 0 && t.cured()).count());
  }

  private String unplanned() {
    return "%d / %d"
        .formatted(
            crowded.stream().filter(t -> t.steps() == 0 && t.best().isEmpty()).count(),
            crowded.stream().filter(t -> t.steps() == 0 && t.best().isPresent()).count());
  }

  private String regret() {
    return number(regrets().average().orElse(1)) + ", " + number(regrets().max().orElse(1));
  }

  private String free() {
    return number(
        crowded.stream()
            .filter(t -> t.steps() > 0)
            .mapToDouble(t -> t.reached() / t.least())
            .average()
            .orElse(1));
  }

  private String restarts() {
    List<RemedyTrial> both =
        crowded.stream().filter(t -> t.steps() > 0 && t.best().isPresent()).toList();
    double ours = both.stream().mapToInt(RemedyTrial::restarts).average().orElse(0);
    double best =
        both.stream().mapToInt(t -> t.best().orElseThrow().restarts()).average().orElse(0);
    return number(ours) + " / " + number(best) + " / +" + excess();
  }

  private static String number(double figure) {
    return String.format(Locale.ROOT, "%.2f", figure);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
