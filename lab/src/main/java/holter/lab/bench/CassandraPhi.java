package holter.lab.bench;

import holter.lab.sim.SimSettings;
import java.util.Arrays;

/**
 * Cassandra's detector, ported: phi over the mean of the last thousand intervals, exponential, so
 * that {@code phi = t / mean / ln 10}; intervals above twice the gossip interval are not recorded;
 * after a pause of its own of more than 5 s it interprets nothing for 5 s more. Source: {@code
 * FailureDetector} and {@code ArrivalWindow} of Cassandra 5.0.
 */
final class CassandraPhi extends Restarting {
  static final double PHI_FACTOR = 1.0 / Math.log(10.0);
  static final int SAMPLES = 1_000;
  static final long PAUSE_MS = 5_000;

  private final double threshold;
  private final double[] sumMs;
  private final int[] count;
  private final int[] next;
  private final long[][] samples;
  private final long[] heardMs;
  private long lastInterpretMs = -1;
  private long lastPauseMs = Long.MIN_VALUE / 2;

  CassandraPhi(SimSettings fleet, Hands hands, double threshold) {
    super(fleet, hands);
    this.threshold = threshold;
    int n = fleet.workers();
    sumMs = new double[n];
    count = new int[n];
    next = new int[n];
    samples = new long[n][SAMPLES];
    heardMs = new long[n];
    Arrays.fill(heardMs, -1);
  }

  @Override
  void beat(int number, long seq, long nowMs, long wallMs) {
    if (heardMs[number] < 0) {
      add(number, 2 * fleet.intervalMs()); // its initial value
    } else if (nowMs - heardMs[number] <= 2 * fleet.intervalMs()) {
      add(number, nowMs - heardMs[number]);
    }
    heardMs[number] = nowMs;
  }

  private void add(int number, long ms) {
    if (count[number] == SAMPLES) {
      sumMs[number] -= samples[number][next[number]];
    } else {
      count[number]++;
    }
    samples[number][next[number]] = ms;
    sumMs[number] += ms;
    next[number] = (next[number] + 1) % SAMPLES;
  }

  /** Phi of a silence of {@code ms} at a mean interval. */
  static double phi(double ms, double meanMs) {
    return ms / meanMs * PHI_FACTOR;
  }

  @Override
  public void tick(long nowMs, long wallMs) {
    if (lastInterpretMs >= 0 && nowMs - lastInterpretMs > PAUSE_MS) {
      lastPauseMs = nowMs;
    }
    lastInterpretMs = nowMs;
    if (nowMs - lastPauseMs >= PAUSE_MS) {
      super.tick(nowMs, wallMs);
    }
  }

  @Override
  boolean suspects(int number, long nowMs, long wallMs) {
    return heardMs[number] >= 0
        && phi((double) (nowMs - heardMs[number]), sumMs[number] / count[number]) > threshold;
  }

  @Override
  void reset(int number, long nowMs) {
    heardMs[number] = -1;
    sumMs[number] = 0;
    count[number] = 0;
    next[number] = 0;
  }
}
