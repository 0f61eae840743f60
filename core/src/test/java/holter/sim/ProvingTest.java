package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.Verdict;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lanes are asked for samples when a verdict waits for nothing but a proof of its path. */
class ProvingTest {
  private static final long SECOND = 1_000;

  @Test
  void aCalmFleetAsksNoLaneThoughABeatIsLostNowAndThen() {
    var sim = new Sim(3).agents(30, SECOND);
    sim.loss = 0.005;
    sim.runTo(10 * SECOND);
    sim.lanes.asked.clear();
    sim.run(60 * SECOND);
    assertThat(sim.lanes.asked).isEmpty();
  }

  @Test
  void whoDiesDeafIsFoundAsSoonAsItsSlotsAreOver() {
    var sim = new Sim(3).agents(30, SECOND).runTo(60 * SECOND);
    sim.kill("dac-04", SimWorker.Life.STOPPED);
    long died = sim.nowMs;
    sim.run(20 * SECOND);
    assertThat(sim.worker("dac-04").foundMs - died).isBetween(3 * SECOND, 5 * SECOND);
  }

  @Test
  void aLaneIsAskedFiveTimesASecondAtMostAndNotForTheDead() {
    var sim = new Sim(3).agents(30, SECOND).runTo(60 * SECOND);
    sim.lanes.asked.clear();
    for (int i = 0; i < 8; i++) {
      sim.kill("dac-%02d".formatted(i), SimWorker.Life.STOPPED);
    }
    sim.run(10 * SECOND);
    assertThat(sim.lanes.asked).isNotEmpty();
    assertThat(
            sim.lanes.asked.stream()
                .collect(
                    Collectors.groupingBy(
                        asked -> asked.partition() + "/" + asked.atMs() / SECOND,
                        Collectors.counting()))
                .values())
        .allMatch(times -> times <= 5);
    sim.lanes.asked.clear();
    sim.run(20 * SECOND);
    assertThat(sim.lanes.asked).as("budgets are waited for, not proofs").hasSizeLessThan(10);
  }

  @Test
  void aPathThatIsSickIsNotAskedFor() {
    var sim = new Sim(3).agents(30, SECOND).runTo(60 * SECOND);
    java.util.Arrays.fill(sim.paths, SimPath.HANG);
    sim.run(10 * SECOND);
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Held.class);
    sim.lanes.asked.clear();
    sim.run(20 * SECOND);
    assertThat(sim.lanes.asked).isEmpty();
  }
}
