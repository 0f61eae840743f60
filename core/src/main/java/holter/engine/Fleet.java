package holter.engine;

import holter.channel.Channel;
import holter.detect.HoldReason;
import holter.detect.SlotCount;
import holter.detect.Verdict;
import holter.fleet.BeatTable;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Every instance with its beats and what is held of it. The rows of table and members agree.
 *
 * <p>Who beats, and of whom nothing else is to be said, rests: it has figures in columns and no
 * member of its own, and no turn looks at it before its next beat is overdue. Everyone else is
 * awake, and looked at in every turn. {@link #at} wakes.
 *
 * <p>Not thread-safe; the engine's loop owns it.
 */
final class Fleet {
  private final BeatTable table = new BeatTable();
  private final SlotCount slots;
  private final Neighbours neighbours;
  private final Resting resting = new Resting();
  private final DueWheel wheel = new DueWheel();
  private final BitSet awake = new BitSet();
  private final IntConsumer looked = this::looked;
  private @Nullable Member[] members = new Member[0];
  private int rowsEnd;
  private int size;
  private long turnMs;

  Fleet(Channel channel) {
    this.slots = new SlotCount(table, channel);
    this.neighbours = new Neighbours(this, channel);
  }

  BeatTable table() {
    return table;
  }

  SlotCount slots() {
    return slots;
  }

  int size() {
    return size;
  }

  /** One more than the highest row that was ever taken. */
  int rowsEnd() {
    return rowsEnd;
  }

  /** The member of a row, or null when the row is free. Wakes it if it rests. */
  @Nullable Member at(int row) {
    if (row < 0 || row >= rowsEnd) {
      return null;
    }
    if (resting.holds(row)) {
      wake(row);
    }
    return members[row];
  }

  @Nullable Member find(InstanceId id) {
    return at(table.row(id));
  }

  boolean rests(int row) {
    return resting.holds(row);
  }

  /** The first row from {@code row} on that does not rest, −1 for none. */
  int nextAwake(int row) {
    return awake.nextSetBit(row);
  }

  boolean present(int row) {
    return resting.holds(row) || awake.get(row);
  }

  /** What a row is held to be; it may rest. The row is not free. */
  Verdict verdict(int row) {
    var member = members[row];
    return member == null ? resting.verdict(row) : member.verdict;
  }

  Sentence why(int row) {
    var member = members[row];
    return member == null ? resting.why(row) : member.why;
  }

  String rule(int row) {
    var member = members[row];
    return member == null ? Member.REST_RULE : member.rule;
  }

  /** Adds the member of a row that the table just took. */
  Member add(int row, Verdict verdict, String rule, Sentence why) {
    if (row >= members.length) {
      members = Arrays.copyOf(members, Math.max(64, row + row / 2));
    }
    var member = new Member(seed(row), verdict, rule, why);
    members[row] = member;
    awake.set(row);
    rowsEnd = Math.max(rowsEnd, row + 1);
    size++;
    return member;
  }

  private long seed(int row) {
    return table.id(row).value().hashCode();
  }

  void forget(InstanceId id) {
    int row = table.row(id);
    if (at(row) != null) {
      members[row] = null;
      awake.clear(row);
      table.forget(id);
      size--;
    }
  }

  /** Lets a row rest whose beats are on time, unless something is still open about it. */
  void rest(int row, Member member, long nowMs) {
    // a row in the wheel has a time that may be too late by now: it comes out soon
    if (!table.declares(row) || wheel.holds(row) || !member.idle(nowMs)) {
      return;
    }
    awake.clear(row);
    resting.lay(row, member);
    if (!member.hasPast(table.life(row))) {
      members[row] = null;
    }
    wheel.put(row, slots.dueMs(row));
  }

  /** Wakes whose next beat is overdue. */
  void wakeDue(long nowMs) {
    turnMs = nowMs;
    wheel.turn(nowMs, looked);
  }

  private void looked(int row) {
    if (!resting.holds(row)) {
      return;
    }
    if (slots.due(row, turnMs)) {
      wake(row);
    } else {
      wheel.put(row, slots.dueMs(row));
    }
  }

  private void wake(int row) {
    if (members[row] == null) {
      members[row] = resting.member(row, seed(row), table.life(row));
    }
    resting.lift(row);
    awake.set(row);
  }

  /** A resting row whose present life was not asked since {@code ms} and never answered. */
  boolean unmetSince(int row, long ms) {
    return resting.holds(row) && table.answers(row) && resting.unmetSince(row, ms);
  }

  /** Why the silence of a row may be its surroundings' fault, null for no reason. */
  @Nullable HoldReason doubt(int row, long nowMs) {
    return neighbours.doubt(row, nowMs);
  }

  /** When any instance of the host was last heard, −1 for never. */
  long hostHeardMs(String host) {
    long latest = -1;
    for (int row = 0; row < rowsEnd; row++) {
      if (table.heardMs(row) > latest && present(row) && host.equals(table.host(row))) {
        latest = table.heardMs(row);
      }
    }
    return latest;
  }
}
