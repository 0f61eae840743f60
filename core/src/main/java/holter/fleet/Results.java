package holter.fleet;

import java.util.List;

/**
 * Which send results of an instance were told before: an agent tells each several times, and a slow
 * one after faster, later ones. A window of 64 sequence numbers per row.
 */
final class Results {
  private final HotRows rows;

  Results(HotRows rows) {
    this.rows = rows;
  }

  void reset(int row) {
    keep(row, -1, 0);
  }

  private void keep(int row, long top, long told) {
    rows.set(row, HotRows.RESULTS_TOP, top);
    rows.set(row, HotRows.RESULTS_TOLD, told);
  }

  /**
   * The first of the results from {@code from} on that was not told before, −1 for none; it is told
   * now. Most were: an agent tells each as often as there are partitions, and more.
   */
  int nextNew(int row, List<SendResult> results, int from) {
    long newest = rows.get(row, HotRows.RESULTS_TOP);
    long known = rows.get(row, HotRows.RESULTS_TOLD);
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
    long top = rows.get(row, HotRows.RESULTS_TOP);
    long told = rows.get(row, HotRows.RESULTS_TOLD);
    long ahead = seq - top;
    if (ahead > 0) {
      keep(row, seq, ahead >= 64 ? 1 : told << ahead | 1);
      return true;
    }
    if (ahead <= -64) {
      return false;
    }
    long bit = 1L << -ahead;
    keep(row, top, told | bit);
    return (told & bit) == 0;
  }
}
