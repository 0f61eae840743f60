package holter.fleet;

import java.util.HashMap;
import java.util.Map;

/** The newest sequence number of each row's life, and whether a next one is to be believed. */
final class Sequences {
  /** Beats beyond the schedule that a believable sequence number may be ahead. */
  private static final long JUMP_SPARE = 100;

  private final HotRows rows;
  private final Map<Integer, Long> odd = new HashMap<>();

  Sequences(HotRows rows) {
    this.rows = rows;
  }

  void reset(int row) {
    accept(row, -1);
    odd.remove(row);
  }

  /** −1 when none is told. */
  long newest(int row) {
    return rows.get(row, HotRows.SEQ);
  }

  void accept(int row, long seq) {
    rows.set(row, HotRows.SEQ, seq);
  }

  /**
   * A number far ahead of the schedule is believed only when the next ones go on from it.
   *
   * @param slots that passed since the newest one was heard
   */
  boolean believable(int row, long next, long slots) {
    long ahead = 2 * slots + JUMP_SPARE;
    long newest = newest(row);
    boolean near = newest < 0 || next - newest <= ahead;
    if (near && odd.isEmpty()) {
      return true;
    }
    long before = odd.getOrDefault(row, Long.MAX_VALUE);
    boolean believed = near || (next > before && next - before <= 10);
    if (believed) {
      odd.remove(row);
    } else {
      odd.put(row, next);
    }
    return believed;
  }
}
