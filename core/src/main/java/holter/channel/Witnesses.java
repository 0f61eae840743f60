package holter.channel;

import java.util.HashMap;
import java.util.Map;

/**
 * Beats as proof of a path where the lane may not write: what two different senders sent and we
 * read proves the path up to the older of the two.
 */
final class Witnesses {
  private static final class Two {
    int newest = -1;
    long newestMs = -1;
    long otherMs = -1;
  }

  private final Map<Integer, Two> byPartition = new HashMap<>();

  /** Until when two senders agree that the path is proved, after one more was read; −1 for not. */
  long agreed(int partition, int sender, long dueMs) {
    var two = byPartition.computeIfAbsent(partition, p -> new Two());
    if (two.newest == sender) {
      two.newestMs = Math.max(dueMs, two.newestMs);
    } else {
      two.otherMs = two.newestMs;
      two.newest = sender;
      two.newestMs = dueMs;
    }
    return Math.min(two.newestMs, two.otherMs);
  }
}
