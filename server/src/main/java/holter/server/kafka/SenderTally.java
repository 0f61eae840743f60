package holter.server.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends to one partition, by the keys of its records, which are taken in the order of their
 * offsets. Time is told by the records of those who send now, and a stretch without any counts for
 * {@link #STEP_MS} at most: what stands still for all makes nobody silent. Bounded; not
 * thread-safe.
 */
final class SenderTally {
  /** With more keys than this in a partition they are no names of senders. */
  static final int SENDERS_MAX = 2_000;

  /** More records than this of one partition are not looked at. */
  static final int RECORDS_MAX = 20_000;

  /** A stretch without records of anybody counts for so long. */
  static final long STEP_MS = 5_000;

  /** Records of whoever sends still may be this late: requests wait, and are sent again. */
  static final long LATE_MS = 60_000;

  /**
   * Who sent this long before the newest record, or {@link #BEATS} of its intervals, sends still.
   */
  private static final long NOW_MS = 5_000;

  private static final int BEATS = 4;

  /** A sender's clock may be so far ahead of ours. */
  private static final long AHEAD_MS = 5_000;

  /** Of so many of a sender's latest intervals the middle one is taken. */
  private static final int INTERVALS = 200;

  /** What the records tell of one sender; see {@code ClusterFact.SenderSeen}. */
  record Sender(
      int records,
      long everyMs,
      long longestMs,
      long lastWallMs,
      long lateMs,
      long silentMs,
      int others) {}

  private record Taken(int sender, long wallMs, int section) {}

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private int section;
  private boolean many;

  /** The next record, with its key and the time that it carries. */
  void take(String key, long wallMs) {
    Integer known = numbers.get(key);
    if (known == null && names.size() == SENDERS_MAX) {
      many = true;
    }
    if (many || taken.size() == RECORDS_MAX) {
      return;
    }
    int number = known != null ? known : names.size();
    if (known == null) {
      numbers.put(key, number);
      names.add(key);
    }
    taken.add(new Taken(number, wallMs, section));
  }

  /** Records between the last one and the next were not read. */
  void skip() {
    section++;
  }

  /** Whether there are more keys than any fleet has senders in one partition. */
  boolean many() {
    return many;
  }

  /** One sender while the records are gone through. */
  private static final class Track {
    final List<Long> gaps = new ArrayList<>();
    int records;
    int lastIndex;
    int lastSection;
    long lastMovedMs;
    long lastWallMs;
    long leastLagMs = Long.MAX_VALUE;
    long lastLagMs;

    long middle() {
      long[] sorted = gaps.stream().mapToLong(g -> g).sorted().toArray();
      return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
  }

  /** Every sender by its key; none where nobody sends, for then no time is told. */
  Map<String, Sender> senders(long nowMs) {
    Set<Integer> current = current(nowMs);
    if (many || current.isEmpty()) {
      return Map.of();
    }
    var tracks = new Track[names.size()];
    Arrays.setAll(tracks, _ -> new Track());
    long clockMs = -1;
    long movedMs = 0;
    long sectionAtMs = 0;
    int at = 0;
    for (int index = 0; index < taken.size(); index++) {
      Taken one = taken.get(index);
      if (current.contains(one.sender()) && one.wallMs() > clockMs) {
        movedMs += clockMs < 0 ? 0 : Math.min(one.wallMs() - clockMs, STEP_MS);
        clockMs = one.wallMs();
      }
      if (one.section() != at) {
        at = one.section();
        sectionAtMs = movedMs;
      }
      note(tracks[one.sender()], one, index, movedMs, clockMs);
    }
    var senders = new HashMap<String, Sender>();
    for (int number = 0; number < tracks.length; number++) {
      Track its = tracks[number];
      long sinceMs = its.lastSection == at ? its.lastMovedMs : sectionAtMs;
      senders.put(
          names.get(number),
          new Sender(
              its.records,
              its.middle(),
              its.gaps.stream().mapToLong(g -> g).max().orElse(0),
              its.lastWallMs,
              Math.max(0, its.lastLagMs - its.leastLagMs),
              movedMs - sinceMs,
              othersAfter(its.lastIndex, number, current)));
    }
    return senders;
  }

  private static void note(Track its, Taken one, int index, long movedMs, long clockMs) {
    if (its.records > 0 && its.lastSection == one.section()) {
      its.gaps.add(movedMs - its.lastMovedMs);
    }
    its.records++;
    its.lastIndex = index;
    its.lastSection = one.section();
    its.lastMovedMs = movedMs;
    its.lastWallMs = one.wallMs();
    if (clockMs >= 0) {
      its.lastLagMs = clockMs - one.wallMs();
      its.leastLagMs = Math.min(its.leastLagMs, its.lastLagMs);
    }
  }

  private int othersAfter(int index, int sender, Set<Integer> current) {
    var others = new HashSet<Integer>();
    for (Taken one : taken.subList(index + 1, taken.size())) {
      if (one.sender() != sender && current.contains(one.sender())) {
        others.add(one.sender());
      }
    }
    return others.size();
  }

  /**
   * Who sends still, by the newest record: of a partition whose records come late all are late, and
   * so would those be that are missing.
   */
  private Set<Integer> current(long nowMs) {
    long newestMs =
        taken.stream()
            .mapToLong(Taken::wallMs)
            .filter(ms -> ms <= nowMs + AHEAD_MS)
            .max()
            .orElse(Long.MIN_VALUE);
    if (newestMs < nowMs - LATE_MS) {
      return Set.of();
    }
    var times = new long[names.size()][];
    var counts = new int[names.size()];
    for (Taken one : taken) {
      counts[one.sender()]++;
    }
    Arrays.setAll(times, n -> new long[Math.min(counts[n], INTERVALS)]);
    Arrays.fill(counts, 0);
    for (Taken one : taken.reversed()) {
      long @Nullable [] its = times[one.sender()];
      if (its != null && counts[one.sender()] < its.length) {
        its[counts[one.sender()]++] = one.wallMs();
      }
    }
    var current = new HashSet<Integer>();
    for (int number = 0; number < times.length; number++) {
      long[] its = times[number];
      long patienceMs = Math.max(NOW_MS, BEATS * middleGap(its));
      if (newestMs - its[0] <= patienceMs && its[0] <= newestMs) {
        current.add(number);
      }
    }
    return current;
  }

  /** Of times that go down. */
  private static long middleGap(long[] times) {
    if (times.length < 2) {
      return 0;
    }
    var gaps = new long[times.length - 1];
    Arrays.setAll(gaps, i -> Math.abs(times[i] - times[i + 1]));
    Arrays.sort(gaps);
    return gaps[gaps.length / 2];
  }
}
