package holter.server.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may be read of the files of one owner, and until when; of all owners together too. Not
 * thread-safe, but for what is shared.
 */
final class Allowance {
  /** Of one file, so much from its end; an hour of a busy broker's log is less. */
  static final long FILE_BYTES_MAX = 64L << 20;

  /** Of one owner's files together, the newest first. */
  static final long OWNER_BYTES_MAX = 128L << 20;

  /** Of all files in one round. */
  static final long ALL_BYTES_MAX = 4L << 30;

  private final AtomicLong shared;
  private final long endNs;
  private long leftBytes = OWNER_BYTES_MAX;
  private long readBytes;
  private long cutBytes;

  /**
   * @param shared what is left of all
   * @param endNs when reading must end, by {@link System#nanoTime}
   */
  Allowance(AtomicLong shared, long endNs) {
    this.shared = shared;
    this.endNs = endNs;
  }

  /** How much of a file may be read now. */
  long of(long wantedBytes) {
    long may = Math.min(Math.min(FILE_BYTES_MAX, leftBytes), Math.max(0, shared.get()));
    return over() ? 0 : Math.min(wantedBytes, may);
  }

  /** Whether the time has run out. */
  boolean over() {
    return System.nanoTime() - endNs >= 0;
  }

  void read(long bytes) {
    leftBytes -= bytes;
    readBytes += bytes;
    shared.addAndGet(-bytes);
  }

  void cut(long bytes) {
    cutBytes += Math.max(0, bytes);
  }

  long readBytes() {
    return readBytes;
  }

  /** What lies in the window and was not read. */
  long cutBytes() {
    return cutBytes;
  }
}
