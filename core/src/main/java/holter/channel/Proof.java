package holter.channel;

/**
 * Until when a path is proved to the end: the newest moment T such that a record written at or
 * after T was fetched, and the reader has read everything that was visible when it was. Until then
 * silence proves nothing: the end offset alone is the high watermark, which one sick follower
 * freezes.
 */
final class Proof {
  /** Twins seen and not yet passed by the reader: more than this, and the oldest are dropped. */
  private static final int PENDING_MAX = 16;

  private final long[] sentMs = new long[PENDING_MAX];
  private final long[] seenMs = new long[PENDING_MAX];
  private int pending;
  private long throughMs = -1;
  private long readThroughMs = -1;

  /** A twin written at {@code sent} was fetched at {@code seen}. */
  void seen(long sent, long seen) {
    if (seen <= readThroughMs) {
      throughMs = Math.max(throughMs, sent);
      return;
    }
    if (pending == PENDING_MAX) {
      drop(0);
    }
    sentMs[pending] = sent;
    seenMs[pending++] = seen;
  }

  /** The reader has read everything that was visible at {@code ms}. */
  void readThrough(long ms) {
    readThroughMs = Math.max(readThroughMs, ms);
    for (int i = pending - 1; i >= 0; i--) {
      if (seenMs[i] <= readThroughMs) {
        throughMs = Math.max(throughMs, sentMs[i]);
        drop(i);
      }
    }
  }

  /** A beat that was itself read proves the path up to when it was due. */
  void witnessed(long dueMs) {
    throughMs = Math.max(throughMs, dueMs);
  }

  /** −1 for never. */
  long throughMs() {
    return throughMs;
  }

  long readThroughMs() {
    return readThroughMs;
  }

  private void drop(int at) {
    pending--;
    System.arraycopy(sentMs, at + 1, sentMs, at, pending - at);
    System.arraycopy(seenMs, at + 1, seenMs, at, pending - at);
  }
}
