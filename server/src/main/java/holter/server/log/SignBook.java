package holter.server.log;

import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.server.log.Wording.Origin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Gathers the signs that one log shows within a window, each counted with its first and last time.
 * The same event told in two files, or in two lines of one, counts once. Bounded. Not thread-safe.
 */
final class SignBook {
  /** Two wordings of one event are this close. */
  private static final long SAME_EVENT_MS = 50;

  /** What excuses a sign stands this close to it. */
  private static final long PARDON_MS = 2000;

  /** A broker closes what was idle for 10 minutes, a client after 9: an older end is in order. */
  static final long IDLE_MS = 540_000;

  /** A connection that ended sooner than this was not idle. */
  private static final long BUSY_MS = 15_000;

  /** So many subjects of one sign are told apart; the rest is counted together. */
  private static final int SUBJECTS_MAX = 24;

  private static final int MATCHES_MAX = 16;
  private static final int PARDONS_MAX = 1000;

  private record Key(LogSign sign, int broker, String about) {}

  private record Found(Key key, int row) {}

  private final String log;
  private final int ownBroker;
  private final Origin origin;
  private final Map<Key, Tally> tallies = new LinkedHashMap<>();
  private final Map<LogSign, Integer> subjects = new EnumMap<>(LogSign.class);
  private final Map<Key, List<Long>> pardons = new HashMap<>();
  private final Map<Integer, Long> ended = new HashMap<>();
  private long waitedMs = Long.MIN_VALUE;
  private int pardoned;

  /**
   * @param log whose log it is: a broker's id or a client's name
   * @param ownBroker the broker whose log it is; −1 for a client
   */
  SignBook(String log, int ownBroker, Origin origin) {
    this.log = log;
    this.ownBroker = ownBroker;
    this.origin = origin;
  }

  /**
   * Takes an entry within the window.
   *
   * @param hits of {@link Wordings#anchorsIn}
   */
  void take(LogEntry entry, BitSet hits) {
    if (!Wordings.anySign(hits)) {
      return;
    }
    String text = entry.text();
    String tight = Wording.tight(text);
    var found = new LinkedHashMap<LogSign, List<Found>>();
    for (int row = hits.nextSetBit(0);
        row >= 0 && row < Wordings.ALL.size();
        row = hits.nextSetBit(row + 1)) {
      Wording wording = Wordings.ALL.get(row);
      if (wording.origin().in(origin) && !named(found.get(wording.sign()))) {
        List<Found> more = matches(wording, row, tight, entry.wallMs());
        if (!more.isEmpty()) {
          found.merge(wording.sign(), more, (old, one) -> named(one) ? one : old);
        }
      }
    }
    found.values().forEach(all -> all.forEach(one -> count(one, entry.wallMs(), text)));
  }

  /** Rows that name the subject stand before those that do not, and are enough. */
  private static boolean named(@org.jspecify.annotations.Nullable List<Found> found) {
    return found != null && !found.getFirst().key().about().isEmpty();
  }

  private List<Found> matches(Wording wording, int row, String tight, long wallMs) {
    var all = new ArrayList<Found>();
    Matcher match = wording.pattern().matcher(tight);
    while (all.size() < MATCHES_MAX && match.find()) {
      int broker = Wording.broker(match, ownBroker);
      String about = Wording.about(match);
      LogSign sign = wording.sign();
      switch (wording.use()) {
        case SIGN -> all.add(found(sign, broker, about, row));
        case PARDON -> pardon(new Key(sign, broker, about), wallMs);
        case WAITED -> {
          waitedMs = wallMs;
          boolean vain = Wording.waitedInVain(match);
          LogSign end = vain ? LogSign.REQUEST_TIMED_OUT : LogSign.NODE_DISCONNECTED;
          all.add(found(end, broker, about, row));
        }
        case BARE_END -> {
          LogSign end = bareEnd(broker, wallMs);
          if (end != null) {
            all.add(found(end, broker, about, row));
          }
        }
      }
    }
    return all;
  }

  private static Found found(LogSign sign, int broker, String about, int row) {
    // who added partitions changed the topic
    String of =
        sign == LogSign.PARTITIONS_ADDED && about.matches(".*-\\d+")
            ? about.substring(0, about.lastIndexOf('-'))
            : about;
    return new Found(new Key(sign, broker, of), row);
  }

  /** Null where nothing is known of the connection's life, or its end was in order. */
  private @org.jspecify.annotations.Nullable LogSign bareEnd(int broker, long wallMs) {
    Long before = ended.put(broker, wallMs);
    if (before == null || wallMs - before >= IDLE_MS || wallMs < before) {
      return null;
    }
    boolean busy = wallMs - before < BUSY_MS || Math.abs(wallMs - waitedMs) < 1000;
    return busy ? LogSign.NODE_DISCONNECTED : LogSign.IDLE_DISCONNECTED;
  }

  private void pardon(Key key, long wallMs) {
    if (pardoned++ < PARDONS_MAX) {
      pardons.computeIfAbsent(key, _ -> new ArrayList<>()).add(wallMs);
    }
  }

  private void count(Found found, long wallMs, String text) {
    Key key = found.key();
    Tally tally = tallies.get(key);
    if (tally == null) {
      int told = subjects.merge(key.sign(), 1, Integer::sum);
      key = told <= SUBJECTS_MAX ? key : new Key(key.sign(), key.broker(), "");
      tally = tallies.computeIfAbsent(key, _ -> new Tally());
    }
    tally.add(wallMs, found.row(), text, SAME_EVENT_MS);
  }

  /** What was seen, in the order of first sight. */
  List<Fact.Logged> facts() {
    var facts = new ArrayList<Fact.Logged>();
    tallies.forEach(
        (key, tally) -> {
          tally.forgive(pardons.getOrDefault(key, List.of()), PARDON_MS);
          if (tally.count() > 0) {
            facts.add(
                new Fact.Logged(
                    key.sign(),
                    log,
                    key.broker(),
                    key.about(),
                    tally.count(),
                    tally.firstMs(),
                    tally.lastMs(),
                    tally.sample()));
          }
        });
    return facts;
  }
}
