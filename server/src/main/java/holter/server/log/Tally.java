package holter.server.log;

import java.util.Arrays;
import java.util.List;

/** Counts the times of one sign. Of many times only the count is kept. Not thread-safe. */
final class Tally {
  /** So many times are told apart; beyond that each sighting counts, told twice or not. */
  private static final int TIMES_MAX = 4096;

  private static final int SAMPLE_MAX = 300;

  private long[] times = new long[4];
  private int size;
  private int beyond;
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;
  private long countedMs = 0;
  private int countedRow = -1;
  private String sample = "";

  /**
   * @param row which wording it was: another one close by is the same event, told again
   */
  void add(long wallMs, int row, String text, long sameEventMs) {
    boolean near = Math.abs(wallMs - countedMs) <= sameEventMs;
    if ((countedRow >= 0 && row != countedRow && near) || known(wallMs)) {
      return;
    }
    countedMs = wallMs;
    countedRow = row;
    if (size < TIMES_MAX) {
      if (size == times.length) {
        times = Arrays.copyOf(times, Math.max(4, size * 2));
      }
      times[size++] = wallMs;
    } else {
      beyond++;
    }
    firstMs = Math.min(firstMs, wallMs);
    if (wallMs >= lastMs) {
      lastMs = wallMs;
    }
    if (sample.isEmpty()) {
      String one = text.replace('\n', ' ');
      sample = one.length() <= SAMPLE_MAX ? one : one.substring(0, SAMPLE_MAX) + "…";
    }
  }

  /** Read from two files, the same entry has the same millisecond; mostly it is near the end. */
  private boolean known(long wallMs) {
    if (size == 0 || wallMs < firstMs || wallMs > lastMs) {
      return false;
    }
    for (int at = size - 1; at >= 0; at--) {
      if (times[at] == wallMs) return true;
    }
    return false;
  }

  /** Takes back what stands close to a pardon. */
  void forgive(List<Long> pardons, long withinMs) {
    if (pardons.isEmpty()) {
      return;
    }
    long[] left =
        Arrays.stream(times, 0, size)
            .filter(t -> pardons.stream().noneMatch(p -> Math.abs(p - t) <= withinMs))
            .toArray();
    times = left;
    size = left.length;
    firstMs = Arrays.stream(left).min().orElse(Long.MAX_VALUE);
    lastMs = Arrays.stream(left).max().orElse(Long.MIN_VALUE);
  }

  int count() {
    return size + beyond;
  }

  long firstMs() {
    return firstMs;
  }

  long lastMs() {
    return lastMs;
  }

  String sample() {
    return sample;
  }
}
