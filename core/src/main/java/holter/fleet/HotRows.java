package holter.fleet;

import java.util.Arrays;

/**
 * What a beat reads and writes of its sender, side by side: nine numbers a row, so that a beat
 * waits for one place in the memory and not for nine. What each number means is its own class's to
 * say. Not thread-safe.
 */
final class HotRows {
  /** Engine time of the newest beat, −1 for never. */
  static final int HEARD_MS = 0;

  /** Of {@link Sequences}. */
  static final int SEQ = 1;

  /** The declared interval in the lower half, the partition of the newest beat in the upper. */
  private static final int PACE = 2;

  /** Two numbers of {@link WorkCounters}. */
  static final int WORK = 3;

  static final int WORK_MOVED_MS = 4;

  /** Two numbers of {@link Results}. */
  static final int RESULTS_TOP = 5;

  static final int RESULTS_TOLD = 6;

  /** Two numbers of {@link Rotation}. */
  static final int ROTATION_SEQ = 7;

  static final int ROTATION = 8;

  private static final int WIDTH = 9;

  private long[] cells = new long[0];

  /** How many rows there is room for. */
  int rows() {
    return cells.length / WIDTH;
  }

  void grow(int rows) {
    cells = Arrays.copyOf(cells, rows * WIDTH);
  }

  long get(int row, int cell) {
    return cells[row * WIDTH + cell];
  }

  void set(int row, int cell, long value) {
    cells[row * WIDTH + cell] = value;
  }

  /** The declared interval in ms, 0 for none. */
  int declaredMs(int row) {
    return (int) get(row, PACE);
  }

  void declared(int row, int intervalMs) {
    set(row, PACE, (long) lastPartition(row) << 32 | Integer.toUnsignedLong(intervalMs));
  }

  int lastPartition(int row) {
    return (int) (get(row, PACE) >> 32);
  }

  void cameBy(int row, int partition) {
    set(row, PACE, (long) partition << 32 | Integer.toUnsignedLong(declaredMs(row)));
  }
}
