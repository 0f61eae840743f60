package holter.server.log;

import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the logs of one broker say within a window: its complaints and signs, gathered, and the
 * shape of the log. Takes entries of several files in any order; the same event told in two files,
 * or in two lines of one, counts once. Bounded. Not thread-safe.
 */
final class LogDigest {
  /** A leader that was deposed while it slept: it ejects followers, and nobody minds it. */
  static final String SHRINK_REFUSED = "notequaltothatinzookeeper,skipupdatingISR";

  /** Two like complaints closer than this are one event that is told twice. */
  private static final long SAME_EVENT_MS = 200;

  /** A silence shorter than this is normal in any log. */
  private static final long GAP_MIN_MS = 5000;

  /** A silence stands out when so many entries follow it at once: a process that woke up. */
  private static final int WAKING_ENTRIES = 3;

  private static final long WAKING_MS = 2000;

  /** Of entries closer together than this only so many are kept in mind as waking needs. */
  private static final long CROWD_MS = 100;

  /** A quiet broker has many silences; the longest ones are told. */
  private static final int GAPS_MAX = 8;

  private static final int TIMES_MAX = 1 << 17;
  private static final int COMPLAINTS_MAX = 20_000;
  private static final int SAMPLE_MAX = 300;

  private record Said(Accusation what, long wallMs, String sample) {}

  private record Gap(long ms, long endsWallMs) {
    Fact of(int broker) {
      return new Fact.Logged(
          LogSign.STOOD_STILL,
          Integer.toString(broker),
          broker,
          "",
          1,
          endsWallMs - ms,
          endsWallMs,
          "");
    }
  }

  private final int broker;
  private final LogWindow window;
  private final SignBook signs;
  private final Marks marks = new Marks();
  private final List<Said> said = new ArrayList<>();
  private long[] times = new long[256];
  private int timesSize;
  private List<Said> lastShrink = List.of();
  private LogEntry last = new LogEntry(-1, new byte[0]);

  LogDigest(int broker, LogWindow window) {
    this.broker = broker;
    this.window = window;
    this.signs = new SignBook(Integer.toString(broker), broker, Wording.Origin.BROKER);
  }

  void take(LogEntry entry) {
    if (entry.wallMs() > window.toWallMs()) {
      return;
    }
    if (entry.wallMs() >= last.wallMs()) {
      last = entry;
    }
    if (entry.wallMs() < window.fromWallMs()) {
      return;
    }
    came(entry.wallMs());
    BitSet hits = Wordings.anchorsIn(entry);
    if (hits.isEmpty()) {
      return;
    }
    signs.take(entry, hits);
    marks.take(entry, hits);
    if (Wordings.anyAccusation(hits)) {
      accuse(entry);
    }
  }

  private void came(long wallMs) {
    boolean crowd =
        timesSize >= WAKING_ENTRIES
            && Math.abs(wallMs - times[timesSize - WAKING_ENTRIES]) < CROWD_MS;
    if (crowd || timesSize >= TIMES_MAX) {
      return;
    }
    if (timesSize == times.length) {
      times = Arrays.copyOf(times, timesSize * 2);
    }
    times[timesSize++] = wallMs;
  }

  private void accuse(LogEntry entry) {
    String text = entry.text();
    if (Wording.tight(text).contains(SHRINK_REFUSED)) {
      said.removeAll(lastShrink);
      lastShrink = List.of();
      return;
    }
    var shrink = new ArrayList<Said>();
    for (Accusation what : Accusation.in(text)) {
      if (what.target() != broker && said.size() < COMPLAINTS_MAX) {
        var one = new Said(what, entry.wallMs(), cut(text.replace('\n', ' ')));
        said.add(one);
        if (what.kind() == ComplaintKind.ISR_EJECTED) {
          shrink.add(one);
        }
      }
    }
    if (!shrink.isEmpty()) {
      lastShrink = shrink;
    }
  }

  /** Whether any dated entry was read, in the window or before it. */
  boolean any() {
    return last.wallMs() >= 0;
  }

  Marks marks() {
    return marks;
  }

  /** The complaints, by target and kind, then the signs, then the shape and its gaps. */
  List<Fact> facts() {
    var facts = new ArrayList<Fact>(complaints());
    facts.addAll(signs.facts());
    if (any()) {
      List<Gap> gaps = gaps();
      long longestMs = gaps.isEmpty() ? 0 : gaps.getFirst().ms();
      facts.add(new Fact.LogShape(broker, last.wallMs(), longestMs, cut(last.firstLine())));
      gaps.forEach(gap -> facts.add(gap.of(broker)));
    }
    return facts;
  }

  private List<Fact.Complaint> complaints() {
    said.sort(Comparator.comparingLong(Said::wallMs));
    Map<Accusation, Fact.Complaint> gathered = new LinkedHashMap<>();
    for (Said one : said) {
      int target = one.what().target();
      ComplaintKind kind = one.what().kind();
      Fact.Complaint before = gathered.get(one.what());
      if (before == null) {
        gathered.put(
            one.what(),
            new Fact.Complaint(broker, target, kind, 1, one.wallMs(), one.wallMs(), one.sample()));
      } else {
        int more = one.wallMs() - before.lastWallMs() > SAME_EVENT_MS ? 1 : 0;
        gathered.put(
            one.what(),
            new Fact.Complaint(
                broker,
                target,
                kind,
                before.count() + more,
                before.firstWallMs(),
                one.wallMs(),
                before.sample()));
      }
    }
    return List.copyOf(gathered.values());
  }

  /** The longest silences that ended with a burst, longest first; none when too much was said. */
  private List<Gap> gaps() {
    if (timesSize >= TIMES_MAX) {
      return List.of();
    }
    Arrays.sort(times, 0, timesSize);
    var gaps = new ArrayList<Gap>();
    for (int at = 1; at < timesSize; at++) {
      long gap = times[at] - times[at - 1];
      int last = at + WAKING_ENTRIES - 1;
      if (gap >= GAP_MIN_MS && last < timesSize && times[last] - times[at] <= WAKING_MS) {
        gaps.add(new Gap(gap, times[at]));
      }
    }
    gaps.sort(Comparator.comparingLong(Gap::ms).reversed());
    return gaps.subList(0, Math.min(GAPS_MAX, gaps.size()));
  }

  private static String cut(String text) {
    return text.length() <= SAMPLE_MAX ? text : text.substring(0, SAMPLE_MAX) + "…";
  }
}
