package holter.lab.bench;

import holter.lab.sim.SimSettings;
import java.util.Arrays;

/** Dead after so much silence: what most orchestrators do. */
final class FixedTimeout extends Restarting {
  private final long timeoutMs;
  private final long[] heardMs;

  FixedTimeout(SimSettings fleet, Hands hands, long timeoutMs) {
    super(fleet, hands);
    this.timeoutMs = timeoutMs;
    heardMs = new long[fleet.workers()];
    Arrays.fill(heardMs, 0);
  }

  @Override
  void beat(int number, long seq, long nowMs, long wallMs) {
    heardMs[number] = nowMs;
  }

  @Override
  boolean suspects(int number, long nowMs, long wallMs) {
    return nowMs - heardMs[number] > timeoutMs;
  }

  @Override
  void reset(int number, long nowMs) {
    heardMs[number] = nowMs + STARTUP_MS - timeoutMs;
  }
}
