package holter.server.kafka;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/** Time for Kafka's client that never jumps: a step of the wall clock must not end a connection. */
final class SteadyTime implements Time {
  static final SteadyTime INSTANCE = new SteadyTime();

  private SteadyTime() {}

  @Override
  public long milliseconds() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long ms) {
    Time.SYSTEM.sleep(ms);
  }

  @Override
  public void waitObject(Object lock, Supplier<Boolean> condition, long deadlineMs)
      throws InterruptedException {
    synchronized (lock) {
      while (!condition.get()) {
        long leftMs = deadlineMs - milliseconds();
        if (leftMs <= 0) {
          throw new org.apache.kafka.common.errors.TimeoutException("condition not met in time");
        }
        lock.wait(leftMs);
      }
    }
  }
}
