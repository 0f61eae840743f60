package holter.fleet;

import java.util.Arrays;

/**
 * Which lives are held for ended, and which of their beats may still contradict that. Columns, one
 * row per instance.
 */
final class Endings {
  private long[] life = new long[0];
  private long[] lastSeq = new long[0];
  private long[] firstBackMs = new long[0];

  void grow(int rows) {
    life = Arrays.copyOf(life, rows);
    lastSeq = Arrays.copyOf(lastSeq, rows);
    firstBackMs = Arrays.copyOf(firstBackMs, rows);
  }

  void clear(int row) {
    life[row] = -1;
    firstBackMs[row] = -1;
  }

  /** The life ended; it cannot have sent a beat beyond {@code seq} before that. */
  void end(int row, long counter, long seq) {
    life[row] = counter;
    lastSeq[row] = seq;
    firstBackMs[row] = -1;
  }

  boolean ended(int row, long counter) {
    return life[row] == counter;
  }

  /**
   * Whether a beat of an ended life can only have been sent after that end. Senders without
   * sequence numbers show it by two beats that are {@code apartMs} apart: a drained backlog comes
   * in one burst.
   */
  boolean contradicted(int row, long seq, long nowMs, long apartMs) {
    if (seq >= 0) {
      return seq > lastSeq[row];
    }
    if (firstBackMs[row] < 0) {
      firstBackMs[row] = nowMs;
      return false;
    }
    return nowMs - firstBackMs[row] >= apartMs;
  }
}
