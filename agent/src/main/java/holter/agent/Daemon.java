package holter.agent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A part's own thread: it never keeps the process alive, is asked to end rather than ended, and is
 * waited for until a deadline and no longer.
 */
final class Daemon {
  /** What it does; returns soon after {@link #closing} turned true. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  private final Thread thread;
  private volatile boolean closing;

  Daemon(String name, Work work) {
    thread = new Thread(() -> run(work), name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean closing() {
    return closing;
  }

  /** Asks it to end and waits for that; an interrupt ends the waiting, and stays set. */
  void close(long deadlineNanos) {
    closing = true;
    try {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      thread.join(Math.max(1, leftMs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Daemon threads for a pool, numbered from 1. */
  static ThreadFactory named(String prefix) {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
