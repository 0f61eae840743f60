package holter.lab.process;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Work that a machine needs once and never again: libraries fetched, archives of classes made. How
 * long it took in this process is told apart, for it says nothing of the next run. Thread-safe.
 */
public final class OnceWork implements AutoCloseable {
  private static final AtomicLong SPENT_NS = new AtomicLong();

  private final long beganNs = System.nanoTime();

  private OnceWork() {}

  /** Begins; ends when it is closed. */
  public static OnceWork begin() {
    return new OnceWork();
  }

  /** What it took in this process so far, in seconds. */
  public static double spentS() {
    return SPENT_NS.get() / 1e9;
  }

  @Override
  public void close() {
    SPENT_NS.addAndGet(System.nanoTime() - beganNs);
  }
}
