package holter.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Rows by the time at which somebody should look at them again, so that a turn costs what is due
 * and not what is there. A ring of lists over two columns; a time beyond the ring waits in its last
 * list, and who takes it out too early puts it back. Not thread-safe.
 */
final class DueWheel {
  private static final int LIST_MS = 100;
  private static final int LISTS = 4_096;

  private final int[] heads = new int[LISTS]; // row + 1; 0 ends a list
  private final BitSet held = new BitSet();
  private int[] next = new int[0];
  private long turned = Long.MIN_VALUE;

  boolean holds(int row) {
    return held.get(row);
  }

  /** Puts in a row that is not held. */
  void put(int row, long atMs) {
    if (row >= next.length) {
      next = Arrays.copyOf(next, Math.max(64, row + row / 2));
    }
    long list = Math.clamp(atMs / LIST_MS, turned, turned + LISTS - 1);
    int at = (int) Math.floorMod(list, (long) LISTS);
    next[row] = heads[at];
    heads[at] = row + 1;
    held.set(row);
  }

  /** Takes out every row whose time is reached, or about to be; some are early. */
  void turn(long nowMs, IntConsumer out) {
    long end = nowMs / LIST_MS;
    long from = Math.max(turned, end - LISTS + 1);
    turned = end;
    for (long list = from; list <= end; list++) {
      int at = (int) Math.floorMod(list, (long) LISTS);
      int row = heads[at] - 1;
      heads[at] = 0;
      while (row >= 0) {
        int after = next[row] - 1;
        held.clear(row);
        out.accept(row);
        row = after;
      }
    }
  }
}
