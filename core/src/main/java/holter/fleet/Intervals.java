package holter.fleet;

import java.util.Arrays;

/**
 * The interval of senders that declare none, learnt from the gaps between their beats. The columns
 * are as long as the last such sender needs.
 */
final class Intervals {
  /** Gaps seen before what was learnt is believed. */
  private static final int GAPS_MIN = 4;

  private long[] meanMs = new long[0];
  private int[] gaps = new int[0];

  void reset(int row) {
    if (row < gaps.length) {
      meanMs[row] = 0;
      gaps[row] = 0;
    }
  }

  /** A gap far above the mean is a silence, and a silence must not teach patience. */
  void gap(int row, long ms) {
    if (row >= gaps.length) {
      int rows = Math.max(64, Math.max(row + 1, 2 * gaps.length));
      meanMs = Arrays.copyOf(meanMs, rows);
      gaps = Arrays.copyOf(gaps, rows);
    }
    boolean silence = gaps[row] >= GAPS_MIN && ms > 4 * meanMs[row];
    if (ms > 0 && !silence) {
      meanMs[row] = gaps[row] == 0 ? ms : (7 * meanMs[row] + ms) / 8;
      gaps[row] = Math.min(gaps[row] + 1, 1_000);
    }
  }

  /** The interval in ms, 0 while too little was seen. */
  long learntMs(int row) {
    return row < gaps.length && gaps[row] >= GAPS_MIN ? meanMs[row] : 0;
  }
}
