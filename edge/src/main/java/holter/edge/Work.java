package holter.edge;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The DAC's progress: bytes from DTUs and turns of its own work loop. {@link #hang} makes whoever
 * reads it wait, as a worker whose locks are stuck would; the agent's beat loop reads it.
 */
final class Work implements LongSupplier {
  private final AtomicLong done = new AtomicLong();
  private final Object gate = new Object();
  private boolean hung;
  private volatile boolean stalled;

  void did(long amount) {
    if (!stalled) {
      done.addAndGet(amount);
    }
  }

  @Override
  public long getAsLong() {
    synchronized (gate) {
      boolean interrupted = false;
      while (hung) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return done.get();
  }

  /** From now on readers wait. */
  void hang() {
    synchronized (gate) {
      hung = true;
    }
  }

  /** From now on nothing is done, though the counter can be read. */
  void stall() {
    stalled = true;
  }

  /** Ends {@link #hang} and {@link #stall}. */
  void resume() {
    stalled = false;
    synchronized (gate) {
      hung = false;
      gate.notifyAll();
    }
  }
}
