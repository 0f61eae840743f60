package holter.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.engine.Input;
import holter.fleet.Beat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an observer learns of the simulated world, and when. */
class SimWorldTest {
  private static final long WAKES_MS = 10_000;

  private final List<Long> heardMs = new ArrayList<>();
  private final List<Long> readMs = new ArrayList<>();
  private final List<Long> sampledMs = new ArrayList<>();

  private final SimWorld world =
      new SimWorld(
          SimSettings.standard(false),
          1,
          (fleet, hands) ->
              new Detector() {
                @Override
                public void heard(int number, Beat beat, long nowMs, long wallMs) {
                  heardMs.add(nowMs);
                }

                @Override
                public void learnt(Input input) {
                  if (input instanceof Input.ReadThrough) readMs.add(hands.nowMs());
                  if (input instanceof Input.Sampled) sampledMs.add(hands.nowMs());
                }

                @Override
                public void tick(long nowMs, long wallMs) {}
              });

  private static long between(List<Long> times, long fromMs, long toMs) {
    return times.stream().filter(ms -> ms >= fromMs && ms < toMs).count();
  }

  @Test
  void whatCameInAPauseIsReadAFetchAfterIt() {
    new Faults(world, 1).pause(5_000, WAKES_MS - 5_000);
    world.runTo(20_000);
    assertThat(between(readMs, 5_100, WAKES_MS + 200))
        .as("said to be read before: no more than once of each partition")
        .isLessThanOrEqualTo(5);
    long fiveSecondsOfBeats = between(heardMs, 12_000, 17_000);
    assertThat(between(heardMs, 5_100, WAKES_MS + 200))
        .as("heard before: no more than was read and not yet taken when it began")
        .isLessThan(fiveSecondsOfBeats / 20);
    assertThat(between(heardMs, WAKES_MS + 200, WAKES_MS + 500))
        .as("what came meanwhile, at once")
        .isGreaterThan(fiveSecondsOfBeats * 9 / 10);
    assertThat(between(sampledMs, WAKES_MS, WAKES_MS + 200)).as("lanes before").isPositive();
  }
}
