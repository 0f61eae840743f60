package holter.lab.bench.remedy;

import holter.lab.bench.remedy.RemedyCase.Mood;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Plans for seeded clusters, carried out on the simulator's own scheduler and controllers with
 * random choices between equals, and compared with the best plan there is. No time passes in it:
 * identical on any machine, but for how long planning takes.
 */
public final class RemedyBench {
  private final int seeds;
  private final Consumer<String> progress;

  /**
   * @param seeds crowded clusters; half as many healthy or busy ones come on top
   * @param progress receives a line now and then
   * @throws IllegalArgumentException when there are none
   */
  public RemedyBench(int seeds, Consumer<String> progress) {
    if (seeds < 1) throw new IllegalArgumentException("at least one seed is needed");
    this.seeds = seeds;
    this.progress = progress;
  }

  /** Plays all. */
  public RemedyTable run() {
    var trials = new ArrayList<RemedyTrial>();
    for (long seed = 1; seed <= seeds; seed++) {
      trials.add(RemedyTrial.play(seed, Mood.CROWDED));
      if (seed % 2 == 0) {
        trials.add(RemedyTrial.play(seed, seed % 4 == 0 ? Mood.HEALTHY : Mood.BUSY));
      }
      if (seed % 20 == 0) progress.accept("%d of %d clusters".formatted(seed, seeds));
    }
    return new RemedyTable(trials);
  }
}
