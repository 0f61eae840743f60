package holter.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scenario R for many seeds: when what a fault had lost is registered again. */
public final class RegistrationsBench {
  /** A beat that tells of the loss, and one that says that it was no accident. */
  private static final int BEATS_MAX = 2;

  private final List<Row> rows;

  /** All trials of one kind of loss. */
  record Row(LostRegistrations.Loss loss, List<LostRegistrations.Trial> trials) {
    int lost() {
      return trials.stream().mapToInt(LostRegistrations.Trial::lost).sum();
    }

    List<Double> backS() {
      return trials.stream().flatMap(trial -> trial.backS().stream()).sorted().toList();
    }

    int beatsMax() {
      return trials.stream().mapToInt(LostRegistrations.Trial::beatsMax).max().orElse(0);
    }

    int wrong() {
      return trials.stream().mapToInt(LostRegistrations.Trial::wrong).sum();
    }
  }

  private RegistrationsBench(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * Plays every kind of loss.
   *
   * @param first the lowest seed
   * @param seeds how many, at least 1
   */
  public static RegistrationsBench run(long first, int seeds) {
    List<Row> rows = new ArrayList<>();
    for (var loss : LostRegistrations.Loss.values()) {
      List<LostRegistrations.Trial> trials = new ArrayList<>();
      for (long seed = first; seed < first + seeds; seed++) {
        trials.add(LostRegistrations.play(loss, seed));
      }
      rows.add(new Row(loss, trials));
    }
    return new RegistrationsBench(rows);
  }

  /** The table. */
  public String markdown() {
    var text = new StringBuilder();
    text.append(
        "| R | seeds | lost | back | p50 / p99 / max after the heal, s | beats | wrong |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      var back = DetectTable.Times.of(row.backS());
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %d | %.2f / %.2f / %.2f | %d | %d |%n",
              row.loss().title,
              row.trials().size(),
              row.lost(),
              back.count(),
              back.p50(),
              back.p99(),
              back.max(),
              row.beatsMax(),
              row.wrong()));
    }
    return text.toString();
  }

  /** What was not kept, a line each. */
  public List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (Row row : rows) {
      if (row.lost() == 0) {
        broken.add(row.loss().title + ": nothing was lost, so nothing is proved");
      }
      if (row.backS().size() < row.lost()) {
        broken.add(
            "%s: %d of %d never came back"
                .formatted(row.loss().title, row.lost() - row.backS().size(), row.lost()));
      }
      if (row.beatsMax() > BEATS_MAX) {
        broken.add("%s: back after %d beats".formatted(row.loss().title, row.beatsMax()));
      }
      if (row.wrong() > 0) {
        broken.add("%s: %d DTUs with a wrong owner".formatted(row.loss().title, row.wrong()));
      }
    }
    return broken;
  }
}
