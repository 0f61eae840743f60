package holter.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostRegistrationsTest {
  private static final int SEEDS = 25;

  @ParameterizedTest
  @EnumSource
  void whatTheFaultLostIsAllBackWithinTwoBeatsOfTheHeal(LostRegistrations.Loss loss) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      var trial = LostRegistrations.play(loss, seed);
      var of = loss + ", seed " + seed;
      assertThat(trial.lost()).as(of).isGreaterThanOrEqualTo(200);
      assertThat(trial.backS()).as(of).hasSize(trial.lost());
      assertThat(trial.beatsMax()).as(of).isLessThanOrEqualTo(2);
      assertThat(trial.wrong()).as("stale owners, " + of).isZero();
    }
  }
}
