package holter.server.kafka;

import org.jspecify.annotations.Nullable;

/**
 * How far one partition has been read. It outlives its leaders: whoever serves the partition now
 * owns it, and an answer that comes late to a former owner changes nothing.
 */
final class Cursor {
  /** What is to be asked for next. */
  enum Want {
    /** The end of the partition, to begin there or a little before. */
    END,
    /** The beginning: what we were to read is no longer there. */
    BEGINNING,
    RECORDS
  }

  private final int partition;
  private final int lookBack;
  private Want want = Want.END;
  private long next = -1;
  private long liveFrom = -1;
  private long notBeforeMs;
  private long provedMs = -1;
  private long owner = -1;

  Cursor(int partition, int lookBack) {
    this.partition = partition;
    this.lookBack = lookBack;
  }

  int partition() {
    return partition;
  }

  synchronized void own(long worker) {
    owner = worker;
    notBeforeMs = 0;
  }

  /** What its owner should ask for at this time; null when it is not the owner, or is to wait. */
  synchronized @Nullable Want wants(long worker, long nowMs) {
    return owner == worker && nowMs >= notBeforeMs ? want : null;
  }

  synchronized long next() {
    return next;
  }

  /** The first offset that was not there yet when we began; what lies before is looking back. */
  synchronized long liveFrom() {
    return liveFrom;
  }

  /** Whether an answer to a fetch from {@code asked} still concerns this cursor. */
  synchronized boolean takes(long worker, long asked) {
    return owner == worker && want == Want.RECORDS && next == asked;
  }

  synchronized void advance(long to) {
    next = Math.max(next, to);
  }

  synchronized void ends(long worker, long end) {
    if (owner != worker || want != Want.END) {
      return;
    }
    if (next < 0) {
      next = Math.max(0, end - lookBack);
      liveFrom = end;
      want = Want.RECORDS;
    } else if (end < next) {
      next = end; // the log was cut: what we had read is gone, what comes now is new
      want = Want.RECORDS;
    } else {
      want = Want.BEGINNING;
    }
  }

  synchronized void begins(long worker, long beginning) {
    if (owner == worker && want == Want.BEGINNING) {
      next = Math.max(next, beginning);
      want = Want.RECORDS;
    }
  }

  synchronized void outOfRange(long worker) {
    if (owner == worker) {
      want = Want.END;
    }
  }

  synchronized void rest(long untilMs) {
    notBeforeMs = untilMs;
  }

  /** Whether a barrier at this time is news; barriers closer than {@code gapMs} are not. */
  synchronized boolean proves(long throughMs, long gapMs) {
    if (provedMs >= 0 && throughMs < provedMs + gapMs) {
      return false;
    }
    provedMs = throughMs;
    return true;
  }
}
