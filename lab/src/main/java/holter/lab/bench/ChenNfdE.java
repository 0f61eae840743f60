package holter.lab.bench;

import holter.lab.sim.SimSettings;
import java.util.Arrays;

/**
 * NFD-E of Chen, Toueg and Aguilera (On the Quality of Service of Failure Detectors, 2002): the
 * next arrival is expected at {@code EA = mean(arrival_i - i * eta) + (l + 1) * eta} over the last
 * {@link #WINDOW} beats, and the sender is suspected from {@code EA + alpha} on.
 */
final class ChenNfdE extends Restarting {
  static final int WINDOW = 100;

  private final long alphaMs;
  private final long[][] shiftedMs;
  private final int[] count;
  private final long[] newest;
  private final double[] sumMs;

  ChenNfdE(SimSettings fleet, Hands hands, long alphaMs) {
    super(fleet, hands);
    this.alphaMs = alphaMs;
    int n = fleet.workers();
    shiftedMs = new long[n][WINDOW];
    count = new int[n];
    newest = new long[n];
    sumMs = new double[n];
    Arrays.fill(newest, -1);
  }

  @Override
  void beat(int number, long seq, long nowMs, long wallMs) {
    if (seq <= newest[number]) {
      return;
    }
    newest[number] = seq;
    int at = count[number] % WINDOW;
    if (count[number] >= WINDOW) {
      sumMs[number] -= shiftedMs[number][at];
    }
    shiftedMs[number][at] = nowMs - seq * fleet.intervalMs();
    sumMs[number] += shiftedMs[number][at];
    count[number]++;
  }

  /** When the beat after the newest one is expected. */
  double expectedMs(int number) {
    return sumMs[number] / Math.min(count[number], WINDOW)
        + (newest[number] + 1) * fleet.intervalMs();
  }

  @Override
  boolean suspects(int number, long nowMs, long wallMs) {
    return count[number] > 0 && nowMs > expectedMs(number) + alphaMs;
  }

  @Override
  void reset(int number, long nowMs) {
    count[number] = 0;
    newest[number] = -1;
    sumMs[number] = 0;
  }
}
