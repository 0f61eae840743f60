package holter.fleet;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which lives are held for ended, and which of their beats may still contradict that. Only rows
 * whose life ended have an entry.
 */
final class Endings {
  private static final class Ending {
    final long lastSeq;
    long firstBackMs = -1;

    Ending(long lastSeq) {
      this.lastSeq = lastSeq;
    }
  }

  private final Map<Integer, Ending> endings = new HashMap<>();
  private final BitSet rows = new BitSet(); // asked at every beat, so without a boxed row

  void clear(int row) {
    if (rows.get(row)) {
      rows.clear(row);
      endings.remove(row);
    }
  }

  /** The life ended; it cannot have sent a beat beyond {@code seq} before that. */
  void end(int row, long seq) {
    rows.set(row);
    endings.put(row, new Ending(seq));
  }

  /** Whether the present life of a row is held for ended. */
  boolean ended(int row) {
    return rows.get(row);
  }

  private Ending of(int row) {
    var ending = endings.get(row);
    if (ending == null) {
      throw new IllegalStateException("row " + row + " has a mark and no ending");
    }
    return ending;
  }

  /**
   * Whether a beat of an ended life can only have been sent after that end. Senders without
   * sequence numbers show it by two beats that are {@code apartMs} apart: a drained backlog comes
   * in one burst.
   */
  boolean contradicted(int row, long seq, long nowMs, long apartMs) {
    var ending = of(row);
    if (seq >= 0) {
      return seq > ending.lastSeq;
    }
    if (ending.firstBackMs < 0) {
      ending.firstBackMs = nowMs;
      return false;
    }
    return nowMs - ending.firstBackMs >= apartMs;
  }
}
