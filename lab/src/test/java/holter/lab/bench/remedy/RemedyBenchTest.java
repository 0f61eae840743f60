package holter.lab.bench.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.bench.remedy.RemedyCase.Mood;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans for seeded clusters, and the gates of the table. */
final class RemedyBenchTest {
  private static final int SEEDS = 20;

  @Test
  void plansAreAsGoodAsTheBestAndLandWhereTheySay() {
    var table = new RemedyBench(SEEDS, _ -> {}).run();
    assertThat(table.broken()).as(table.markdown()).isEmpty();
  }

  @Test
  void theSameSeedIsTheSameCluster() {
    assertThat(RemedyCase.draw(7, Mood.CROWDED)).isEqualTo(RemedyCase.draw(7, Mood.CROWDED));
    assertThat(RemedyCase.draw(7, Mood.CROWDED)).isNotEqualTo(RemedyCase.draw(8, Mood.CROWDED));
  }

  /** A plan of two steps and three restarts, where two are the best. */
  private static RemedyTrial trial(Mood mood, double reached, int landed, int named) {
    return new RemedyTrial(
        1,
        mood,
        2,
        4,
        1.1,
        reached,
        reached,
        0.5,
        Optional.of(new Optimum.Best(2, 1, 0.6)),
        true,
        landed,
        named,
        named,
        landed,
        named,
        1,
        1,
        3);
  }

  @Test
  void whatIsNotKeptIsNamed() {
    var table =
        new RemedyTable(List.of(trial(Mood.CROWDED, 0.66, 10, 8), trial(Mood.BUSY, 0.6, 0, 0)));
    assertThat(table.broken())
        .containsExactly(
            "seed 1: the peak is 1.100 times the best",
            "seed 1: 2 restarts more than needed",
            "too few pods landed on a node that was named",
            "too few landed on the only node that was named",
            "a budget refused a step",
            "a plan was made where nothing is crowded",
            "a node was opened that has not recovered");
    assertThat(table.markdown()).contains("| restarts, mean / of the best plan / most above it |");
  }
}
