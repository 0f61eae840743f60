package holter.lab.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BiteTest {
  private static final List<Witness.PathName> HIT = List.of(new Witness.PathName("eye", 1001));

  private final List<Witness.Sample> samples = new ArrayList<>();

  private void ask(int broker, int fromS, int toS, double answerMs) {
    for (int s = fromS; s < toS; s++) {
      samples.add(new Witness.Sample("eye", broker, s * 1000L, answerMs));
    }
  }

  private Bite bite() {
    return Bite.of(samples, HIT, 10_000, 40_000);
  }

  @Test
  void aBrokerThatStopsAnsweringIsFelt() {
    ask(1001, 0, 10, 2);
    ask(1001, 10, 40, -1);
    assertThat(bite().bit()).isTrue();
    assertThat(bite().faultMs()).isEqualTo(-1);
    assertThat(bite().unansweredShare()).isEqualTo(1);
    assertThat(bite().firstBadMs()).isEqualTo(10_000);
  }

  @Test
  void aBrokerThatAnswersLateIsFelt() {
    ask(1001, 0, 10, 2);
    ask(1001, 10, 40, 1_500);
    assertThat(bite().bit()).isTrue();
    assertThat(bite().faultMs()).isEqualTo(1_500);
  }

  @Test
  void aFaultThatOnlyTicklesIsNotFelt() {
    ask(1001, 0, 10, 2);
    ask(1001, 10, 40, 100);
    assertThat(bite().bit()).isFalse();
  }

  @Test
  void aSlowStartAloneIsNotABite() {
    ask(1001, 0, 10, 2);
    ask(1001, 10, 13, -1);
    ask(1001, 13, 40, 2);
    assertThat(bite().bit()).isFalse();
  }

  @Test
  void whatHappensToOthersDoesNotCount() {
    ask(1001, 0, 40, 2);
    ask(1002, 10, 40, -1);
    assertThat(bite().bit()).isFalse();
  }

  @Test
  void nothingAskedProvesNothing() {
    assertThat(bite().bit()).isFalse();
    assertThat(bite().calmMs()).isEqualTo(-1);
  }
}
