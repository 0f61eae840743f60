package holter.lab.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Exits of workers, numbered from 1, for readers that wait for the next one. Thread-safe. */
final class ExitLog {
  /** More exits than any run has; older ones are never asked for again. */
  private static final int EXITS_MAX = 10_000;

  private final List<Exit> exits = new ArrayList<>();

  /** One exit; the incarnation is 0 when the worker keeps no count. */
  record Exit(long n, String instance, long incarnation, int exitCode, long wallMs) {}

  synchronized void add(String instance, long incarnation, int exitCode, long wallMs) {
    if (exits.size() >= EXITS_MAX) {
      throw new IllegalStateException("more than " + EXITS_MAX + " exits in one lab run");
    }
    exits.add(new Exit(exits.size() + 1L, instance, incarnation, exitCode, wallMs));
    notifyAll();
  }

  /** Exits numbered above {@code after}; waits for one until {@code limit} has passed. */
  synchronized List<Exit> after(long after, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (exits.size() <= after) {
      long leftMs = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return List.of();
      }
      wait(leftMs);
    }
    return List.copyOf(exits.subList((int) Math.max(0, after), exits.size()));
  }
}
