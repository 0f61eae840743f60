package holter.fleet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The very objects that described a row's sender in its newest beat. A reader that hands the same
 * ones again is believed without reading them: texts lie far apart in the memory. Only the first
 * {@link #ROWS_MAX} rows, for these objects are kept alive here. Not thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // what is equal but another object is read with care
final class Familiar {
  /** As many as a reader remembers; their descriptions are some twenty megabytes. */
  static final int ROWS_MAX = 1 << 16;

  private static final int WIDTH = 4; // three are used: a row shall lie in one line of the cache

  private @Nullable Object[] told = new Object[0];

  /** Whether the row's newest beat was of this very sender, in this very life. */
  boolean sent(int row, Beat.Sender sender) {
    return row < told.length / WIDTH && told[row * WIDTH] == sender;
  }

  /** Whether the row's newest beat described its sender by the same objects. */
  boolean described(int row, Beat beat) {
    int at = row * WIDTH;
    return sent(row, beat.from()) && told[at + 1] == beat.answerAt() && told[at + 2] == beat.host();
  }

  void meet(int row, Beat beat) {
    if (row >= ROWS_MAX) {
      return;
    }
    int at = row * WIDTH;
    if (at >= told.length) {
      int rows = Math.min(ROWS_MAX, Math.max(64, row + 1 + row / 2));
      told = Arrays.copyOf(told, rows * WIDTH);
    }
    told[at] = beat.from();
    told[at + 1] = beat.answerAt();
    told[at + 2] = beat.host();
  }

  void forget(int row) {
    int at = row * WIDTH;
    if (at < told.length) {
      Arrays.fill(told, at, at + WIDTH, null);
    }
  }
}
