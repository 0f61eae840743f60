package holter.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.bench.LeaderTrial.Deed;
import holter.lab.bench.LeaderTrial.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaders struck in virtual time, and the gates of the table. */
final class LeaderBenchTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 22, 56})
  void whoeverIsStruckWheneverNobodyIsRestartedTwiceOrForgotten(long seed) {
    assertThat(LeaderSim.play(seed).broken()).isEmpty();
  }

  @Test
  void theSameSeedIsTheSameTrial() {
    assertThat(LeaderSim.play(7)).isEqualTo(LeaderSim.play(7));
  }

  private static LeaderTrial trial(boolean real, long leadsMs, long actsMs, int doubles, int lost) {
    return new LeaderTrial(
        real, 1, Deed.KILL, Moment.SENT, 0, leadsMs, actsMs, true, 9_000L, doubles, lost, 0);
  }

  @Test
  void aLateTakeoverADoubleAndALossAreNamed() {
    var table =
        new LeaderTable(
            List.of(
                trial(true, 6_400, 7_100, 0, 0),
                trial(true, 9_000, 9_500, 0, 0),
                trial(true, 6_400, 7_100, 1, 0),
                trial(true, 6_400, 7_100, 0, 1)),
            4);
    assertThat(table.broken()).hasSize(3);
    assertThat(table.broken().getFirst()).contains("another led after 9000 ms");
    assertThat(table.markdown()).contains("| **all real processes** | 4 | 6.4 / 9.0 / 9.0 (4)");
    assertThat(new LeaderTable(List.of(), 1).broken()).containsExactly("0 of 1 trials were played");
  }

  @Test
  void trialsThatWerePlayedAreNotPlayedAgain() throws InterruptedException {
    var opened = new ArrayList<String>();
    var wish = new LeaderBench.Wish(dir, 1, 2, Duration.ofMinutes(5));
    LeaderBench.RealMaker maker =
        () -> {
          opened.add("a world");
          return new LeaderBench.Real() {
            @Override
            public LeaderTrial play(long seed) {
              return new LeaderTrial(
                  true, seed, Deed.KILL, Moment.BEFORE, 0, 6_400L, null, true, 5_000L, 0, 0, 0);
            }

            @Override
            public void close() {}
          };
        };
    assertThat(new LeaderBench(wish, maker, line -> {}).run().broken()).isEmpty();
    assertThat(new LeaderBench(wish, maker, line -> {}).run().broken()).isEmpty();
    assertThat(opened).hasSize(1);
  }
}
