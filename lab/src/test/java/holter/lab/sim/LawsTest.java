package holter.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.DeathProof;
import holter.engine.RestartOrder;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import org.junit.jupiter.api.Test;

/** A detector that breaks a promise is caught, and one that keeps it is not. */
class LawsTest {
  private final Handed handed = new Handed();
  private final SimWorld world = new SimWorld(SimSettings.standard(false), 1, handed);

  /** Does nothing by itself; the test has its hands. */
  private static final class Handed implements Detector.Maker {
    Detector.@org.jspecify.annotations.Nullable Hands hands;

    @Override
    public Detector make(SimSettings fleet, Detector.Hands given) {
      hands = given;
      return new Detector() {
        @Override
        public void heard(int number, Beat beat, long nowMs, long wallMs) {}

        @Override
        public void tick(long nowMs, long wallMs) {}
      };
    }

    Detector.Hands hands() {
      return java.util.Objects.requireNonNull(hands);
    }
  }

  private void allLostAndThen(Runnable what) {
    new Faults(world, 1).paths(5, PathKind.LOST, 1_000, 60_000);
    world.runTo(5_000);
    what.run();
  }

  @Test
  void aDeathInferredOnASickPathIsCaught() {
    allLostAndThen(() -> handed.hands().turns(3, "Dead(SILENCE)"));
    assertThat(world.truth().broken())
        .containsExactly("at 5.0 s worker 3 was held for dead by silence on a sick path");
  }

  @Test
  void aProvedDeathOnASickPathIsNone() {
    allLostAndThen(() -> handed.hands().turns(3, "Dead(PORT_REFUSED)"));
    assertThat(world.truth().broken()).isEmpty();
    assertThat(world.truth().falseVerdicts()).as("it runs").isEqualTo(1);
  }

  @Test
  void aHoldIsJudgedByWhatIsReallyTheMatter() {
    allLostAndThen(
        () -> {
          handed.hands().turns(3, "Held(CHANNEL_ALL)");
          handed.hands().turns(4, "Held(OBSERVER_GRACE)");
          handed.hands().turns(5, "Held(BUDGET)");
        });
    assertThat(world.truth().held()).hasSize(3);
    assertThat(world.truth().heldWrongly()).containsOnlyKeys("OBSERVER_GRACE", "BUDGET");
  }

  @Test
  void aBudgetThatIsPassedIsCaught() {
    world.runTo(5_000);
    for (int number = 0; number < 4; number++) {
      handed.hands().order(number, order(number));
    }
    assertThat(world.truth().broken())
        .containsExactly("at 5.0 s the budget of inferences was passed");
    handed.hands().order(20, order(20));
    assertThat(world.truth().broken())
        .as("worker 20 runs where worker 0 does")
        .contains("at 5.0 s two inferences on one host in a minute");
  }

  private static RestartOrder order(int number) {
    return new RestartOrder(
        "key-" + number,
        new InstanceId("dac-%03d".formatted(number)),
        new Incarnation(1, "boot-1"),
        1,
        DeathProof.SILENCE,
        Sentence.of(holter.detect.VerdictWords.NEVER_HEARD));
  }
}
