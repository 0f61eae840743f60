package holter.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last results of sending, in the order they became known: two per partition, at most {@value
 * #KEPT_MAX}. Any thread may call; no call waits for anything but another short one.
 */
final class SendResults {
  /** 256 results are 10 kB of a beat; more partitions than 128 tell only their newest half. */
  static final int KEPT_MAX = 256;

  private final ArrayDeque<SendResult> kept = new ArrayDeque<>();
  private final Map<Integer, Boolean> lastByPartition = new HashMap<>();
  private final long startedNanos;
  private int keptMax = 2;
  private boolean everAcked;
  private long lastAckNanos;

  SendResults(long nowNanos) {
    startedNanos = nowNanos;
  }

  /** What the results say of Kafka as this instance sees it. */
  enum Channel {
    /** Nothing was sent yet, or nothing came back. */
    UNKNOWN,
    /** The newest result of each partition is an acknowledgement. */
    OK,
    /** Some partitions acknowledge and some do not. */
    DEGRADED,
    /** No partition acknowledges. */
    DOWN;

    /** Its name on the wire. */
    String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Learns the number of partitions. */
  synchronized void partitions(int count) {
    keptMax = Math.min(KEPT_MAX, Math.max(1, count) * 2);
    lastByPartition.keySet().removeIf(partition -> partition >= count);
    trim();
  }

  synchronized void add(SendResult result, long nowNanos) {
    kept.addLast(result);
    trim();
    lastByPartition.put(result.partition(), result.isAcked());
    if (result.isAcked()) {
      everAcked = true;
      lastAckNanos = nowNanos;
      lastByPartition.remove(Beat.NO_PARTITION);
    }
  }

  /** The results, oldest first. */
  synchronized List<SendResult> latest() {
    return new ArrayList<>(kept);
  }

  /** Time since a partition acknowledged, or since the start when none ever did. */
  synchronized long unackedNanos(long nowNanos) {
    return nowNanos - (everAcked ? lastAckNanos : startedNanos);
  }

  /** Milliseconds since a partition acknowledged, −1 for never. */
  synchronized long lastAckAgeMs(long nowNanos) {
    return everAcked ? (nowNanos - lastAckNanos) / 1_000_000 : -1;
  }

  synchronized Channel channel() {
    if (lastByPartition.isEmpty()) {
      return Channel.UNKNOWN;
    }
    boolean anyAcked = lastByPartition.containsValue(true);
    boolean anyFailed = lastByPartition.containsValue(false);
    if (anyAcked) {
      return anyFailed ? Channel.DEGRADED : Channel.OK;
    }
    return Channel.DOWN;
  }

  private void trim() {
    while (kept.size() > keptMax) {
      kept.removeFirst();
    }
  }
}
