package holter.fleet;

import java.util.Arrays;

/** Since when each sender's own work counter stands still, by what its beats tell. */
final class WorkCounters {
  private long[] counter = new long[0];
  private long[] movedMs = new long[0];

  void grow(int rows) {
    int old = counter.length;
    counter = Arrays.copyOf(counter, rows);
    movedMs = Arrays.copyOf(movedMs, rows);
    Arrays.fill(movedMs, old, rows, -1);
  }

  void reset(int row) {
    movedMs[row] = -1;
  }

  /** A beat told the counter; −1 tells none. */
  void told(int row, long work, long nowMs) {
    if (work < 0) {
      movedMs[row] = -1;
    } else if (movedMs[row] < 0 || work != counter[row]) {
      counter[row] = work;
      movedMs[row] = nowMs;
    }
  }

  /** How long the counter stood until the beat at {@code heardMs}; −1 when none is told. */
  long stoodMs(int row, long heardMs) {
    return movedMs[row] < 0 ? -1 : heardMs - movedMs[row];
  }
}
