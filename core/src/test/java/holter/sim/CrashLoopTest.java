package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.Verdict;
import holter.engine.Input;
import holter.fleet.InstanceId;
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
    int before = sim.orders.size();
    sim.run(20 * 60_000);
    assertThat(sim.orders).as("nobody is restarted out of quarantine").hasSize(before);
    sim.tell(new Input.Released(new InstanceId("dac-20")));
    sim.run(90_000);
    assertThat(sim.orders).as("a person releases it").hasSize(before + 1);
    assertThat(sim.verdict("dac-20")).isInstanceOf(Verdict.Alive.class);
  }
}
