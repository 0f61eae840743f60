package holter.fleet;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Whose slots begin at a moment of their own and not with their last beat, because none came since.
 * The column is as long as the last such row needs. Not thread-safe.
 */
final class Expected {
  private final BitSet rows = new BitSet(); // asked at every beat, and small enough to be at hand
  private long[] fromMs = new long[0];

  void from(int row, long ms) {
    if (row >= fromMs.length) {
      fromMs = Arrays.copyOf(fromMs, Math.max(64, row + 1 + row / 2));
    }
    fromMs[row] = ms;
    rows.set(row);
  }

  void clear(int row) {
    if (rows.get(row)) {
      rows.clear(row);
    }
  }

  /** Engine time, −1 when its slots begin with its last beat. */
  long fromMs(int row) {
    return rows.get(row) ? fromMs[row] : -1;
  }
}
