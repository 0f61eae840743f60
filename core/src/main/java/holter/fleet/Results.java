package holter.fleet;

import java.util.Arrays;
import java.util.List;

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

  /**
   * The first of the results from {@code from} on that was not told before, −1 for none; it is told
   * now. Most were: an agent tells each as often as there are partitions, and more.
   */
  int nextNew(int row, List<SendResult> results, int from) {
    long newest = top[row];
    long known = told[row];
    for (int i = from; i < results.size(); i++) { // no iterator: it would be one per beat
      long seq = results.get(i).seq();
      long behind = newest - seq;
      boolean old = behind >= 64 || (behind >= 0 && (known & 1L << behind) != 0);
      if (!old && newlyTold(row, seq)) {
        return i;
      }
    }
    return -1;
  }

  private boolean newlyTold(int row, long seq) {
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
