package holter.engine;

import holter.detect.Verdict;
import holter.words.Sentence;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of instances that beat and of which nothing else is to be said: since when they are
 * alive, why, and when they were asked. Columns, one row per instance: a record of its own is for
 * those in trouble. Not thread-safe.
 */
final class Resting {
  /** In place of a time: its present life has answered, so it need not be asked again. */
  private static final long MET = Long.MAX_VALUE;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final BitSet rows = new BitSet();
  private long[] aliveSinceMs = new long[0];
  private long[] askedMs = new long[0];
  private @Nullable Sentence[] why = new Sentence[0];
  private Sentence latestWhy = Sentence.quote("");

  boolean holds(int row) {
    return rows.get(row);
  }

  /** Lays down a row; its member may be dropped if it has no past. */
  void lay(int row, Member member) {
    if (row >= why.length) {
      int size = Math.max(64, row + row / 2);
      aliveSinceMs = Arrays.copyOf(aliveSinceMs, size);
      askedMs = Arrays.copyOf(askedMs, size);
      why = Arrays.copyOf(why, size);
    }
    rows.set(row);
    aliveSinceMs[row] = member.verdict.sinceMs();
    askedMs[row] = member.asked.metLife() >= 0 ? MET : member.askedMs;
    if (!member.why.equals(latestWhy)) {
      latestWhy = member.why; // many wake up at once, and for the same reason
    }
    why[row] = latestWhy;
  }

  void lift(int row) {
    rows.clear(row);
    why[row] = null;
  }

  Verdict verdict(int row) {
    return new Verdict.Alive(aliveSinceMs[row]);
  }

  Sentence why(int row) {
    var said = why[row];
    if (said == null) {
      throw new IllegalStateException("row " + row + " does not rest");
    }
    return said;
  }

  /** Whether its present life was never known to answer, and was not asked since {@code ms}. */
  boolean unmetSince(int row, long ms) {
    return askedMs[row] <= ms;
  }

  /**
   * The member that a row had when it was laid down.
   *
   * @param life its present life
   */
  Member member(int row, long seed, long life) {
    var member = new Member(seed, verdict(row), Member.REST_RULE, why(row));
    if (askedMs[row] == MET) {
      member.asked.recalls(life);
      member.askedMs = NEVER;
    } else {
      member.askedMs = askedMs[row];
    }
    return member;
  }
}
