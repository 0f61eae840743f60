package holter.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.DeathProof;
import holter.engine.RestartOrder;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import org.junit.jupiter.api.Test;

/** The simulated runner protects a life that was not meant, and nobody that is gone. */
class SimRunnerTest {
  private final SimWorld world = new SimWorld(SimSettings.standard(false), 1, (f, h) -> deaf());

  private static Detector deaf() {
    return new Detector() {
      @Override
      public void heard(int number, Beat beat, long nowMs, long wallMs) {}

      @Override
      public void tick(long nowMs, long wallMs) {}
    };
  }

  private void order(long expected) {
    var life = new Incarnation(expected, "");
    world
        .runner()
        .order(
            3,
            new RestartOrder(
                "key-" + expected,
                new InstanceId("dac-003"),
                life,
                1,
                DeathProof.PORT_REFUSED,
                Sentence.of(DeathProof.PORT_REFUSED)));
  }

  @Test
  void anotherLifeThatRunsStays() {
    world.runTo(2_000);
    order(9);
    assertThat(world.worker(3).life).isEqualTo(Life.RUNNING);
    assertThat(world.truth().falseRestarts()).isZero();
  }

  @Test
  void oneThatIsGoneIsRestartedWhateverLifeWasExpected() {
    new Faults(world, 1).death(3, Life.EXITED, 1_000);
    world.runTo(2_000);
    order(9);
    assertThat(world.worker(3).life).isEqualTo(Life.BOOTING);
    assertThat(world.truth().found()).hasSize(1);
  }
}
