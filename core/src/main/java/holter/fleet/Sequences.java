package holter.fleet;

import java.util.Arrays;

/** The newest sequence number of each row's life, and whether a next one is to be believed. */
final class Sequences {
  /** Beats beyond the schedule that a believable sequence number may be ahead. */
  private static final long JUMP_SPARE = 100;

  private long[] newest = new long[0];
  private long[] odd = new long[0];

  void grow(int rows) {
    newest = Arrays.copyOf(newest, rows);
    odd = Arrays.copyOf(odd, rows);
  }

  void reset(int row) {
    newest[row] = -1;
    odd[row] = -1;
  }

  /** −1 when none is told. */
  long newest(int row) {
    return newest[row];
  }

  void accept(int row, long seq) {
    newest[row] = seq;
  }

  /**
   * A number far ahead of the schedule is believed only when the next ones go on from it.
   *
   * @param slots that passed since the newest one was heard
   */
  boolean believable(int row, long next, long slots) {
    long ahead = 2 * slots + JUMP_SPARE;
    boolean goesOn = odd[row] >= 0 && next > odd[row] && next - odd[row] <= 10;
    boolean believed = newest[row] < 0 || next - newest[row] <= ahead || goesOn;
    odd[row] = believed ? -1 : next;
    return believed;
  }
}
