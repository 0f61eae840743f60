package holter.lab.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A moment until which something may be waited for. */
public record Deadline(long endNanos) {
  private static final Duration LOOK = Duration.ofMillis(50);

  /** So long from now. */
  public static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** Whether it has passed. */
  public boolean over() {
    return System.nanoTime() - endNanos > 0;
  }

  /** What is left of it; never nothing. */
  public Duration left() {
    return Duration.ofNanos(Math.max(1, endNanos - System.nanoTime()));
  }

  /** Whether {@code condition} became true in time. */
  public boolean await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (over()) {
        return false;
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LabException("interrupted while waiting", e);
      }
    }
    return true;
  }
}
