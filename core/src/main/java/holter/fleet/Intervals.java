package holter.fleet;

import java.util.Arrays;

/** The interval of senders that declare none, learnt from the gaps between their beats. */
final class Intervals {
  /** Gaps seen before what was learnt is believed. */
  private static final int GAPS_MIN = 4;

  private long[] meanMs = new long[0];
  private int[] gaps = new int[0];

  void grow(int rows) {
    meanMs = Arrays.copyOf(meanMs, rows);
    gaps = Arrays.copyOf(gaps, rows);
  }

  void reset(int row) {
    meanMs[row] = 0;
    gaps[row] = 0;
  }

  /** A gap far above the mean is a silence, and a silence must not teach patience. */
  void gap(int row, long ms) {
    boolean silence = gaps[row] >= GAPS_MIN && ms > 4 * meanMs[row];
    if (ms > 0 && !silence) {
      meanMs[row] = gaps[row] == 0 ? ms : (7 * meanMs[row] + ms) / 8;
      gaps[row] = Math.min(gaps[row] + 1, 1_000);
    }
  }

  /** The interval in ms, 0 while too little was seen. */
  long learntMs(int row) {
    return gaps[row] >= GAPS_MIN ? meanMs[row] : 0;
  }
}
