package holter.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Fisher's exact test against values worked out by hand, and what it accuses. */
class ConcentrationTest {
  @Test
  void itIsFishersTeaTasting() {
    // eight cups, four with milk first, all four named: one in seventy
    assertThat(Concentration.chance(8, 4, 4, 4)).isCloseTo(1 / 70.0, within(1e-12));
    assertThat(Concentration.chance(8, 4, 4, 3)).isCloseTo(17 / 70.0, within(1e-12));
    assertThat(Concentration.chance(8, 4, 4, 0)).isCloseTo(1, within(1e-12));
  }

  @Test
  void aPartitionWhoseSendersFellSilentTogetherIsAccused() {
    assertThat(Concentration.accuses(200, 40, 40, 40, 5)).isTrue();
    assertThat(Concentration.accuses(200, 40, 4, 4, 5)).isTrue();
    assertThat(Concentration.accuses(15, 3, 3, 3, 5)).as("one in 455, of five").isFalse();
    assertThat(Concentration.accuses(30, 6, 4, 4, 5)).isTrue();
  }

  @Test
  void deathsSpreadOverPartitionsAccuseNone() {
    assertThat(Concentration.accuses(200, 40, 80, 18, 5)).as("a mass death").isFalse();
    assertThat(Concentration.accuses(200, 40, 3, 3, 5)).as("three alike is still chance").isFalse();
    assertThat(Concentration.accuses(200, 40, 200, 40, 5)).as("all are silent").isFalse();
  }

  @Test
  void oneSilentSenderAccusesNobody() {
    assertThat(Concentration.accuses(1_000, 1, 1, 1, 1)).isFalse();
  }
}
