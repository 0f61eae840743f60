package holter.server.log;

import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the logs of one broker say within a window: its complaints, gathered, and the shape of the
 * log. Takes entries of several files in any order; the same event told in two files, or in two
 * lines of one, counts once. Bounded. Not thread-safe.
 */
final class LogDigest {
  /** Two like complaints closer than this are one event that is told twice. */
  private static final long SAME_EVENT_MS = 200;

  /** A silence shorter than this is normal in any log. */
  private static final long GAP_MIN_MS = 5000;

  /** A silence stands out when so many entries follow it at once: a process that woke up. */
  private static final int WAKING_ENTRIES = 3;

  private static final long WAKING_MS = 2000;

  /** A leader that was deposed while it slept: it ejects followers, and nobody minds it. */
  private static final String SHRINK_REFUSED = "not equal to that in zookeeper, skip updating ISR";

  private static final int ENTRIES_MAX = 500_000;
  private static final int SAMPLE_MAX = 300;

  private record Said(Accusation what, long wallMs, String sample) {}

  private final int broker;
  private final LogWindow window;
  private final List<Said> said = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private List<Said> lastShrink = List.of();
  private long lastWallMs = -1;
  private String lastLine = "";

  LogDigest(int broker, LogWindow window) {
    this.broker = broker;
    this.window = window;
  }

  void take(LogEntry entry) {
    if (entry.wallMs() > window.toWallMs() || times.size() >= ENTRIES_MAX) {
      return;
    }
    if (entry.wallMs() >= lastWallMs) {
      lastWallMs = entry.wallMs();
      lastLine = cut(entry.firstLine());
    }
    if (entry.wallMs() < window.fromWallMs()) {
      return;
    }
    times.add(entry.wallMs());
    if (entry.text().contains(SHRINK_REFUSED)) {
      said.removeAll(lastShrink);
      lastShrink = List.of();
      return;
    }
    var shrink = new ArrayList<Said>();
    for (Accusation what : Accusation.in(entry.text())) {
      if (what.target() != broker) {
        var one = new Said(what, entry.wallMs(), cut(entry.text().replace('\n', ' ')));
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
    return lastWallMs >= 0;
  }

  /** The complaints, by target and kind, then the shape. */
  List<Fact> facts() {
    var facts = new ArrayList<Fact>(complaints());
    if (any()) {
      facts.add(new Fact.LogShape(broker, lastWallMs, longestGapMs(), lastLine));
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

  /** The longest silence that ended with a burst; 0 when there is none. */
  private long longestGapMs() {
    times.sort(Comparator.naturalOrder());
    long longest = 0;
    for (int at = 1; at < times.size(); at++) {
      long gap = times.get(at) - times.get(at - 1);
      int last = at + WAKING_ENTRIES - 1;
      if (gap >= Math.max(GAP_MIN_MS, longest + 1)
          && last < times.size()
          && times.get(last) - times.get(at) <= WAKING_MS) {
        longest = gap;
      }
    }
    return longest;
  }

  private static String cut(String text) {
    return text.length() <= SAMPLE_MAX ? text : text.substring(0, SAMPLE_MAX) + "…";
  }
}
