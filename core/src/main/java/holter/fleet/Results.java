package holter.fleet;

import java.util.Arrays;

/**
 * Which send results of an instance were told before: an agent tells each several times, and a slow
 * one after faster, later ones. A window of 64 sequence numbers per row.
 */
final class Results {
  private long[] top = new long[0];
  private long[] told = new long[0];

  void grow(int rows) {
    top = Arrays.copyOf(top, rows);
    told = Arrays.copyOf(told, rows);
  }

  void reset(int row) {
    top[row] = -1;
    told[row] = 0;
  }

  boolean newlyTold(int row, long seq) {
    long ahead = seq - top[row];
    if (ahead > 0) {
      told[row] = ahead >= 64 ? 1 : told[row] << ahead | 1;
      top[row] = seq;
      return true;
    }
    if (ahead <= -64) {
      return false;
    }
    long bit = 1L << -ahead;
    boolean known = (told[row] & bit) != 0;
    told[row] |= bit;
    return !known;
  }
}
