package holter.server.kafka;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What was seen of groups before: how often their members changed, and how far they and their
 * partitions moved. Bounded; what was not seen for longest is forgotten first. Thread-safe.
 */
final class GroupMemory {
  /** Changes of members are counted over so long. */
  static final long CHANGES_MS = 300_000;

  /** Movement is measured over so long at most. */
  static final long WINDOW_MS = 60_000;

  /** A consumer commits every five seconds by default: watched for less, standing says nothing. */
  static final long STANDS_MS = 6_000;

  private static final int GROUPS_MAX = 400;
  private static final int PLACES_MAX = 10_000;
  private static final int SAMPLES_MAX = 16;

  /** How far a group's commit and its partition's end went in a window. */
  record Moved(long advanced, long produced) {}

  private record Place(String group, TopicPartition partition) {}

  private record Sample(long atMs, long committed, long end) {}

  private static final class Members {
    private Set<String> now = Set.of();
    private final ArrayDeque<Long> changedAtMs = new ArrayDeque<>();
  }

  private final Map<String, Members> members = bounded(GROUPS_MAX);
  private final Map<Place, ArrayDeque<Sample>> places = bounded(PLACES_MAX);

  /** Takes who is in a group now. */
  synchronized void members(String group, Set<String> now, long nowMs) {
    Members known = members.get(group);
    if (known == null) {
      known = new Members();
      members.put(group, known);
    } else if (!known.now.equals(now)) {
      known.changedAtMs.addLast(nowMs);
      if (known.changedAtMs.size() > SAMPLES_MAX) known.changedAtMs.removeFirst();
    }
    known.now = Set.copyOf(now);
  }

  /** How often they changed lately, from one look to the next. */
  synchronized int changes(String group, long nowMs) {
    Members known = members.get(group);
    if (known == null) return 0;
    known.changedAtMs.removeIf(at -> nowMs - at > CHANGES_MS);
    return known.changedAtMs.size();
  }

  /** Whether a group was seen before. */
  synchronized Set<String> known() {
    return Set.copyOf(members.keySet());
  }

  /**
   * Takes where a group stands, and says how far it came since the oldest look in the window. A
   * group that stands says nothing while it was watched for less than commits are apart.
   */
  synchronized Moved place(
      String group, TopicPartition partition, long committed, long end, long nowMs) {
    var samples = places.computeIfAbsent(new Place(group, partition), p -> new ArrayDeque<>());
    while (!samples.isEmpty() && nowMs - samples.getFirst().atMs() > WINDOW_MS) {
      samples.removeFirst();
    }
    samples.addLast(new Sample(nowMs, committed, end));
    if (samples.size() > SAMPLES_MAX) samples.removeFirst();
    Sample first = samples.getFirst();
    long advanced = committed < 0 || first.committed() < 0 ? 0 : committed - first.committed();
    boolean brief = nowMs - first.atMs() < STANDS_MS;
    return new Moved(advanced, advanced <= 0 && brief ? 0 : Math.max(0, end - first.end()));
  }

  private static <K, V> Map<K, V> bounded(int max) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }
}
