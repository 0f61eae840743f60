package holter.lab.bench.killed;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.bench.killed.KilledTrial.Count;
import holter.lab.bench.killed.KilledTrial.Moment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted when plans are killed; the killing itself takes minutes. */
final class KilledBenchTest {
  private static final List<String> WANTED = List.of("PATCH n3", "PATCH recv", "POST p1");

  @Test
  void eachStepOnceAndInItsOrderIsAllThatIsRight() {
    assertThat(Count.of(WANTED, WANTED)).isEqualTo(new Count(0, 0, false));
    assertThat(Count.of(WANTED, List.of("PATCH recv", "PATCH n3", "POST p1")))
        .isEqualTo(new Count(0, 0, true));
  }

  @Test
  void aWriteThatComesAgainIsDoubledAndOneThatNeverComesIsLost() {
    assertThat(Count.of(WANTED, List.of("PATCH n3", "PATCH n3", "PATCH recv")))
        .isEqualTo(new Count(1, 1, false));
    assertThat(Count.of(WANTED, List.of("PATCH n3", "PATCH recv", "POST p1", "POST p2")))
        .as("an act of no step")
        .isEqualTo(new Count(1, 0, false));
    assertThat(Count.of(WANTED, List.of())).isEqualTo(new Count(0, 3, false));
  }

  @Test
  void oneBrokenTrialOfManyIsToldByItsSeed() {
    var fine = new KilledTrial(1, List.of(Moment.INTENDED, Moment.PROOF), 0, 0, true, List.of());
    var bad = new KilledTrial(2, List.of(Moment.INTENDED), 1, 0, true, List.of("1 was doubled"));
    var result = KilledBench.told(List.of(fine, bad));
    assertThat(result.lines().getFirst())
        .startsWith("2 trials, 3 kills, 1 doubled, 0 lost, 1 of 2 undone equal");
    assertThat(result.lines().getLast())
        .isEqualTo("killed between intention and write 2, during the proof 1");
    assertThat(result.broken()).containsExactly("seed 2: 1 was doubled");
  }

  @Test
  void trialsInWhichHardlyAnybodyIsKilledProveNothing() {
    var spared = new KilledTrial(1, List.of(), 0, 0, false, List.of());
    assertThat(KilledBench.told(List.of(spared)).broken())
        .containsExactly("0 kills are too few to say anything");
  }

  @Test
  void aSeedGivesTheSameStrikesAgainAndNoneWaitsForASignThatDoesNotCome() {
    for (int seed = 0; seed < 200; seed++) {
      List<Strikes.Strike> once = strikes(seed);
      assertThat(once).isEqualTo(strikes(seed)).hasSizeBetween(1, 3);
      assertThat(once).allMatch(strike -> strike.signs() <= 11 && strike.afterMs() >= 0);
    }
    assertThat(new Strikes(1).next(0).signs()).isZero();
  }

  private static List<Strikes.Strike> strikes(long seed) {
    var strikes = new Strikes(seed);
    return IntStream.range(0, 9)
        .filter(_ -> strikes.any())
        .mapToObj(_ -> strikes.next(11))
        .toList();
  }
}
