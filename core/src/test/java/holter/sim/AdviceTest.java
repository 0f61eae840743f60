package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.DeathProof;
import holter.detect.Verdict;
import holter.detect.VerdictWords;
import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import org.junit.jupiter.api.Test;

/** A fleet that a person restarts: Holter only says what should be done. */
class AdviceTest {
  private static final EngineSettings ADVISES = new EngineSettings(3, 60_000, 30_000, 0, true);

  private final Sim sim = new Sim(11).agents(30, 1_000);

  AdviceTest() {
    sim.engine = new FleetEngine(ADVISES);
    sim.exitEvents = true;
    sim.runTo(60_000);
  }

  @Test
  void anAdviceThatNobodyFollowsIsSaidOnceAndTheDeathStands() {
    sim.kill("dac-20", SimWorker.Life.KILLED);
    sim.run(30 * 60_000);
    assertThat(sim.advised).hasSize(1);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.verdict("dac-20"))
        .isInstanceOfSatisfying(
            Verdict.Dead.class, d -> assertThat(d.proof()).isEqualTo(DeathProof.EXIT_EVENT));
    assertThat(sim.view().instances())
        .filteredOn(i -> i.from().id().value().equals("dac-20"))
        .allSatisfy(i -> assertThat(i.why().phrase()).isEqualTo(VerdictWords.ADVISED))
        .hasSize(1);
    assertThat(sim.view().counters().restartsOrdered()).isZero();
  }

  @Test
  void whoeverFollowsItIsHeardAgainAndTheNextSilenceIsAdvisedAgain() {
    for (int death = 1; death <= 8; death++) {
      sim.kill("dac-20", SimWorker.Life.KILLED);
      sim.run(20_000);
      assertThat(sim.advised).hasSize(death);
      assertThat(sim.verdict("dac-20")).as("death %d", death).isInstanceOf(Verdict.Dead.class);
      sim.worker("dac-20").start(sim.nowMs);
      sim.run(20_000);
      assertThat(sim.verdict("dac-20")).as("life %d", death).isInstanceOf(Verdict.Alive.class);
    }
  }

  @Test
  void aFleetThatDiedIsAdvisedWholeWithoutSpendingABudget() {
    sim.workers.keySet().forEach(name -> sim.kill(name, SimWorker.Life.KILLED));
    sim.run(20_000);
    assertThat(sim.advised).hasSize(30);
    assertThat(sim.workers.keySet())
        .allSatisfy(name -> assertThat(sim.verdict(name)).isInstanceOf(Verdict.Dead.class));
  }

  @Test
  void aHungWorkerIsAdvisedByItsProof() {
    sim.kill("dac-07", SimWorker.Life.HUNG);
    sim.run(5 * 60_000);
    assertThat(sim.advised).hasSize(1);
    assertThat(sim.verdict("dac-07"))
        .isInstanceOfSatisfying(
            Verdict.Dead.class, d -> assertThat(d.proof()).isEqualTo(DeathProof.HUNG));
  }
}
