package holter.channel;

import java.util.Arrays;

/** The round trips of one lane while it was healthy: what slow is measured against. */
final class LaneBaseline {
  /** Half a minute of samples at one per second: follows the day, not the fault. */
  private static final int SIZE = 32;

  private static final int ENOUGH = 5;
  private final long[] roundTripMs = new long[SIZE];
  private int count;

  void add(long ms) {
    roundTripMs[count++ % SIZE] = ms;
  }

  void clear() {
    count = 0;
  }

  boolean enough() {
    return count >= ENOUGH;
  }

  /** The round trip that nine of ten stay below. */
  long p90Ms() {
    return quantile(9, 10);
  }

  long medianMs() {
    return quantile(1, 2);
  }

  private long quantile(int part, int of) {
    int size = Math.min(count, SIZE);
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(roundTripMs, size);
    Arrays.sort(sorted);
    return sorted[Math.min(size - 1, size * part / of)];
  }
}
