package holter.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.run.RunResult.AfterHeal;
import holter.lab.run.RunResult.DialLine;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class AfterHealTest {
  private static AfterHeal of(DialLine... each) {
    return AfterHeal.of(List.of(each), OptionalDouble.of(105));
  }

  @Test
  void whatTheFaultHeldUpIsCountedFromItsEnd() {
    assertThat(
            of(
                new DialLine("held-up", "dac-05", 65, 43.25),
                new DialLine("in-time", "dac-05", 66, 3.0),
                new DialLine("afterwards", "dac-06", 106, 0.5)))
        .isEqualTo(new AfterHeal(1, 3.25));
  }

  @Test
  void aDialThatIsNeverShownHasNoTime() {
    assertThat(of(new DialLine("lost", "dac-05", 65, null))).isEqualTo(new AfterHeal(1, null));
  }

  @Test
  void aDtuThatMovedOnCountsWhereItSits() {
    assertThat(
            of(new DialLine("moved", "dac-05", 65, null), new DialLine("moved", "dac-06", 66, 0.2)))
        .isEqualTo(new AfterHeal(0, null));
  }

  @Test
  void withoutAFaultNothingWasHeldUp() {
    assertThat(
            AfterHeal.of(List.of(new DialLine("dtu", "dac-05", 65, 1.0)), OptionalDouble.empty()))
        .isEqualTo(new AfterHeal(0, null));
  }
}
