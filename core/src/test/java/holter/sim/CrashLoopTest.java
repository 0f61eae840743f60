package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.Verdict;
import org.junit.jupiter.api.Test;

/** A worker that dies again as soon as it is up. */
class CrashLoopTest {
  @Test
  void aCrashLoopEndsInQuarantine() {
    var sim = new Sim(4).agents(30, 1_000);
    sim.exitEvents = true;
    sim.runTo(60_000);
    for (int i = 0; i < 60; i++) {
      if (sim.worker("dac-20").running()) {
        sim.kill("dac-20", SimWorker.Life.KILLED);
      }
      sim.run(8_000);
    }
    assertThat(sim.verdict("dac-20")).isInstanceOf(Verdict.Quarantined.class);
    assertThat(sim.orders.size()).isBetween(2, 5);
  }
}
