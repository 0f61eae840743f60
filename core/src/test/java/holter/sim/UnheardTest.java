package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.RestartTruth;
import holter.detect.Verdict;
import holter.engine.Input;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A life that no path lets us hear: it is asked, and when it ends the order names it. */
class UnheardTest {
  private static final long SECOND = 1_000;

  /** All is dark, and a worker was restarted; its next life runs, and nobody has heard it. */
  private static Sim restartedInTheDark() {
    var sim = new Sim(5).agents(30, SECOND).runTo(60 * SECOND);
    Arrays.fill(sim.paths, SimPath.HANG);
    sim.run(10 * SECOND);
    sim.kill("dac-04", SimWorker.Life.KILLED);
    sim.run(10 * SECOND);
    assertThat(sim.orders).singleElement().matches(order -> order.expected().counter() == 1);
    assertThat(sim.worker("dac-04").running()).isTrue();
    return sim;
  }

  @Test
  void whomWeRestartedIsAskedUntilItIsHeardAndMayDieAgainBefore() {
    var sim = restartedInTheDark();
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Joining.class);
    sim.kill("dac-04", SimWorker.Life.KILLED);
    long died = sim.nowMs;
    sim.run(20 * SECOND);
    assertThat(sim.orders).hasSize(2);
    assertThat(sim.orders.getLast().expected().counter())
        .as("the life that was asked")
        .isEqualTo(2);
    assertThat(sim.worker("dac-04").running()).isTrue();
    assertThat(sim.orderedAtMs.getLast() - died).isLessThan(5 * SECOND);
  }

  @Test
  void whoWasUpAndIsDeafIsHeldAndNotAwaitedToTheEndOfItsStartup() {
    var sim = restartedInTheDark();
    sim.kill("dac-04", SimWorker.Life.STOPPED);
    sim.run(8 * SECOND);
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Held.class);
    sim.heal();
    sim.run(30 * SECOND);
    assertThat(sim.orders).hasSize(2);
    assertThat(sim.orders.getLast().expected().counter()).isEqualTo(2);
  }

  @Test
  void whoseRestartWasRefusedIsAskedAnewBeforeItIsHeldForDeadAgain() {
    var sim = new Sim(5).agents(30, SECOND).runTo(60 * SECOND);
    Arrays.fill(sim.paths, SimPath.HANG);
    sim.run(10 * SECOND);
    sim.kill("dac-04", SimWorker.Life.KILLED);
    while (sim.orders.isEmpty()) {
      sim.run(Sim.TICK_MS);
    }
    String key = sim.orders.getFirst().key();
    sim.tell(new Input.Restarted(key, false, RestartTruth.EXITED, "fenced"));
    sim.run(2 * Sim.TICK_MS);
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Backoff.class);
    sim.audits.clear();
    sim.run(25 * SECOND);
    assertThat(sim.verdict("dac-04"))
        .as("somebody else restarted it")
        .isInstanceOf(Verdict.Held.class);
    assertThat(sim.audits)
        .filteredOn(audit -> audit.entry().subject().equals("dac-04"))
        .noneMatch(audit -> audit.entry().to().startsWith("Dead"));
    assertThat(sim.orders).hasSize(1);
  }

  @Test
  void aBeatThatASickPathHeldBackDoesNotReviveTheDead() {
    var sim = new Sim(5).agents(30, SECOND).runTo(60 * SECOND);
    sim.paths[4] = SimPath.HANG;
    sim.lateNotLost = true;
    sim.run(10 * SECOND);
    var worker = sim.worker("dac-04");
    while (worker.partition(Sim.PARTITIONS) != 4) {
      sim.run(Sim.TICK_MS);
    }
    sim.kill("dac-04", SimWorker.Life.STOPPED);
    long died = sim.nowMs;
    sim.audits.clear();
    sim.run(2 * SECOND + SECOND / 2);
    sim.heal();
    sim.run(4 * SECOND);
    assertThat(sim.audits)
        .filteredOn(audit -> audit.entry().subject().equals("dac-04"))
        .noneMatch(audit -> audit.entry().to().startsWith("Alive"));
    assertThat(worker.foundMs - died).isBetween(1L, 6 * SECOND);
  }
}
