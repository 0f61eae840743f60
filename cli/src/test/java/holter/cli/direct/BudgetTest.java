package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Duration SOURCE = Duration.ofMillis(4500);
  private static final Duration LEAST = Duration.ofMillis(1500);

  @Test
  void aSourceGetsItsOwnDeadlineWhereTheWholeHasTime() {
    assertThat(Budget.fromNow(Duration.ofMinutes(5), SOURCE).source()).isEqualTo(SOURCE);
    assertThat(Budget.unbounded(SOURCE).source()).isEqualTo(SOURCE);
  }

  @Test
  void aSourceGetsWhatIsLeftOfTheWholeAndSomethingIsLeftForReasoning() {
    assertThat(Budget.fromNow(Duration.ofSeconds(5), SOURCE).source())
        .isGreaterThanOrEqualTo(LEAST)
        .isLessThanOrEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void whoComesLateIsStillAskedForAWhile() {
    var late = Budget.fromNow(Duration.ofSeconds(-3), SOURCE);
    assertThat(late.source()).isEqualTo(LEAST);
    assertThat(late.left(SOURCE, Duration.ofHours(1))).isEqualTo(LEAST);
  }

  @Test
  void whatIsKeptForOthersIsNotGiven() {
    var budget = Budget.fromNow(Duration.ofSeconds(9), SOURCE);
    assertThat(budget.left(Duration.ofSeconds(5), Duration.ofSeconds(4)))
        .isLessThanOrEqualTo(Duration.ofSeconds(4));
  }
}
