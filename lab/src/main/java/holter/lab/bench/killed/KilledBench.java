package holter.lab.bench.killed;

import holter.lab.bench.killed.KilledTrial.Moment;
import holter.lab.speed.SpeedResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Plans for three simulated nodes, carried out by {@code holter remedy apply} in processes of its
 * own that are killed with SIGKILL at drawn moments and started again; every third plan is taken
 * back in the same way. A real broker stands beside them, whose paths are the proof.
 */
public final class KilledBench {
  private static final int UNDONE_EVERY = 3;

  private final int trials;
  private final long firstSeed;
  private final Consumer<String> progress;

  /**
   * @param trials at least one
   * @param firstSeed the next ones follow: one trial alone is played again by its own seed
   * @param progress receives a line about each
   */
  public KilledBench(int trials, long firstSeed, Consumer<String> progress) {
    if (trials < 1 || firstSeed < 0) throw new IllegalArgumentException("no trial, or no seed");
    this.trials = trials;
    this.firstSeed = firstSeed;
    this.progress = progress;
  }

  /**
   * Plays all.
   *
   * @throws holter.lab.process.LabException when the world of the trials breaks
   */
  public SpeedResult run() throws InterruptedException {
    var all = new ArrayList<KilledTrial>();
    try (var world = new KilledWorld(progress)) {
      for (long seed = firstSeed; seed < firstSeed + trials; seed++) {
        var trial = KilledRun.play(world, seed, seed % UNDONE_EVERY == 0);
        all.add(trial);
        progress.accept(said(trial));
      }
    }
    return told(all);
  }

  private static String said(KilledTrial trial) {
    return "seed %d: %s%s%s"
        .formatted(
            trial.seed(),
            trial.kills().isEmpty()
                ? "it ended before it was killed"
                : "killed "
                    + trial.kills().stream().map(Moment::words).collect(Collectors.joining(", ")),
            trial.undone() ? "; taken back" : "",
            trial.broken().isEmpty() ? "" : "; " + trial.broken());
  }

  /** What came of all, and which gates were not kept. */
  static SpeedResult told(List<KilledTrial> trials) {
    Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
    trials.forEach(trial -> trial.kills().forEach(at -> moments.merge(at, 1, Integer::sum)));
    int kills = moments.values().stream().mapToInt(Integer::intValue).sum();
    List<KilledTrial> undone = trials.stream().filter(KilledTrial::undone).toList();
    var lines =
        List.of(
            "%d trials, %d kills, %d doubled, %d lost, %d of %d undone equal; %s"
                .formatted(
                    trials.size(),
                    kills,
                    trials.stream().mapToInt(KilledTrial::doubled).sum(),
                    trials.stream().mapToInt(KilledTrial::lost).sum(),
                    undone.stream().filter(trial -> trial.broken().isEmpty()).count(),
                    undone.size(),
                    SpeedResult.machine()),
            "killed "
                + moments.entrySet().stream()
                    .map(entry -> entry.getKey().words() + " " + entry.getValue())
                    .collect(Collectors.joining(", ")));
    var broken = new ArrayList<String>();
    for (KilledTrial trial : trials) {
      trial.broken().forEach(why -> broken.add("seed %d: %s".formatted(trial.seed(), why)));
    }
    if (kills * 2 < trials.size()) {
      broken.add("%d kills are too few to say anything".formatted(kills));
    }
    return new SpeedResult(lines, broken);
  }
}
