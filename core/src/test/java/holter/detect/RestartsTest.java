package holter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an order that was given, and one that was not carried out, leave behind. */
class RestartsTest {
  private final Restarts restarts = new Restarts(7);

  @Test
  void anInferredOrderThatWasNotCarriedOutIsNoInferredRestart() {
    restarts.ordered(true, 1_000);
    restarts.notDone();
    assertThat(restarts.inferredMs()).isEqualTo(-1);
    assertThat(restarts.notBeforeMs(2_000))
        .as("but it is waited for")
        .isGreaterThanOrEqualTo(1_000);
  }

  @Test
  void theOneBeforeItStillCounts() {
    restarts.ordered(true, 1_000);
    restarts.ordered(true, 60_000);
    restarts.notDone();
    assertThat(restarts.inferredMs()).isEqualTo(1_000);
  }
}
