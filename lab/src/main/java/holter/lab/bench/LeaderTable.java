package holter.lab.bench;

import holter.lab.bench.LeaderTrial.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What trials of leadership came to, per kind; and what must hold of each. Pure. */
public final class LeaderTable {
  private final List<LeaderTrial> trials;
  private final int wanted;

  /**
   * @param wanted how many there were to be
   */
  LeaderTable(List<LeaderTrial> trials, int wanted) {
    this.trials = List.copyOf(trials);
    this.wanted = wanted;
  }

  /** The gates that are not kept; empty when all are. */
  public List<String> broken() {
    var broken = new ArrayList<String>();
    if (trials.size() < wanted) {
      broken.add("%d of %d trials were played".formatted(trials.size(), wanted));
    }
    for (var trial : trials) {
      if (!trial.broken().isEmpty()) {
        broken.add(
            "%s trial %d, %s, %s: %s"
                .formatted(
                    trial.real() ? "real" : "simulated",
                    trial.seed(),
                    trial.deed().name().toLowerCase(Locale.ROOT),
                    trial.moment().words(),
                    trial.broken()));
      }
    }
    return broken;
  }

  /** The table. */
  public String markdown() {
    var out = new StringBuilder();
    out.append("| leader struck | trials | next leads, s: p50 / p99 / max |");
    out.append(" acts where a death waits, s: p50 / p99 / max | doubles | lost | false |\n");
    out.append("|---|---|---|---|---|---|---|\n");
    for (boolean real : new boolean[] {true, false}) {
      for (var moment : Moment.values()) {
        row(out, word(real) + ", " + moment.words(), of(real, moment));
      }
      row(out, "**all " + word(real) + "**", of(real, null));
    }
    return out.toString();
  }

  private static String word(boolean real) {
    return real ? "real processes" : "simulated";
  }

  private List<LeaderTrial> of(boolean real, @Nullable Moment moment) {
    return trials.stream()
        .filter(trial -> trial.real() == real && (moment == null || trial.moment() == moment))
        .toList();
  }

  private static void row(StringBuilder out, String what, List<LeaderTrial> of) {
    if (of.isEmpty()) {
      return;
    }
    out.append(
        "| %s | %d | %s | %s | %d | %d | %d |\n"
            .formatted(
                what,
                of.size(),
                spread(of, LeaderTrial::leadsAfterMs),
                spread(of, trial -> trial.waitedForNext() ? trial.actsAfterMs() : null),
                of.stream().mapToInt(LeaderTrial::doubles).sum(),
                of.stream().mapToInt(LeaderTrial::lost).sum(),
                of.stream().mapToInt(LeaderTrial::falseRestarts).sum()));
  }

  private static String spread(List<LeaderTrial> of, Function<LeaderTrial, @Nullable Long> figure) {
    var sorted = of.stream().map(figure).filter(Objects::nonNull).sorted().toList();
    return sorted.isEmpty()
        ? "-"
        : "%s / %s / %s (%d)"
            .formatted(share(sorted, 0.5), share(sorted, 0.99), share(sorted, 1), sorted.size());
  }

  private static String share(List<Long> sorted, double share) {
    int at = (int) Math.ceil(share * sorted.size()) - 1;
    return String.format(Locale.ROOT, "%.1f", sorted.get(Math.max(0, at)) / 1e3);
  }
}
