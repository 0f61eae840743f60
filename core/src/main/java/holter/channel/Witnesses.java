package holter.channel;

import java.util.HashMap;
import java.util.Map;

/**
 * Beats as proof of a path where the lane may not write: what two different senders sent and we
 * read proves the path up to the older of the two.
 */
final class Witnesses {
  private record Two(int newest, long newestMs, long otherMs) {}

  private final Map<Integer, Two> byPartition = new HashMap<>();

  /** Until when two senders agree that the path is proved, after one more was read; −1 for not. */
  long agreed(int partition, int sender, long dueMs) {
    var was = byPartition.get(partition);
    Two now;
    if (was == null) {
      now = new Two(sender, dueMs, -1);
    } else if (was.newest() == sender) {
      now = new Two(sender, Math.max(dueMs, was.newestMs()), was.otherMs());
    } else {
      now = new Two(sender, dueMs, was.newestMs());
    }
    byPartition.put(partition, now);
    return Math.min(now.newestMs(), now.otherMs());
  }
}
