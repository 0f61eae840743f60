package holter.detect;

import holter.channel.Channel;
import holter.fleet.BeatTable;
import holter.fleet.SenderKind;
import java.util.BitSet;

/**
 * Counts the slots that an instance missed. Nothing is remembered from one count to another: it is
 * a function of the last beat, the rotation, and how far each path is proved, so a healed path
 * needs no reset.
 */
public final class SlotCount {
  /** Slots looked back at: longer silence says nothing more. */
  private static final int LOOK_BACK = 64;

  private final BeatTable table;
  private final Channel channel;
  private final BitSet unproved = new BitSet();

  public SlotCount(BeatTable table, Channel channel) {
    this.table = table;
    this.channel = channel;
  }

  /**
   * Whether a slot may have passed at all: the cheap question, asked of every row at every tick.
   */
  public boolean due(int row, long nowMs) {
    return table.intervalMs(row) > 0 && nowMs >= dueMs(row);
  }

  /** When its next beat is overdue, given that its interval is known. */
  public long dueMs(int row) {
    return table.silentFromMs(row) + table.intervalMs(row) + table.slackMs(row);
  }

  /**
   * The missed slots of a row at {@code nowMs}.
   *
   * @param graceEndedMs since when we listen without a break; the largest while we are not sure
   */
  public Misses count(int row, long nowMs, long graceEndedMs) {
    long interval = table.intervalMs(row);
    unproved.clear();
    if (interval <= 0) {
      return Misses.NONE;
    }
    long from = table.silentFromMs(row);
    long slack = table.slackMs(row);
    int last = (int) Math.min(Integer.MAX_VALUE - 1, (nowMs - slack - from) / interval);
    boolean heardLast = table.heardMs(row) == from;
    boolean keyed = table.kind(row) == SenderKind.FOREIGN_KEYED;
    int countable = 0;
    int uncounted = 0;
    int pending = 0;
    long onPartitions = 0;
    for (int n = Math.max(1, last - LOOK_BACK + 1); n <= last; n++) {
      int partition = heardLast || keyed ? table.slotPartition(row, n) : -1;
      long dueMs = from + n * interval;
      switch (judge(row, partition, dueMs, graceEndedMs, nowMs)) {
        case COUNTABLE -> {
          countable++;
          onPartitions |= partition < 0 ? 3 : 1L << (partition % 64);
        }
        case UNCOUNTED -> uncounted++;
        case PENDING -> pending++;
        case VOID -> {}
      }
    }
    return new Misses(countable, Long.bitCount(onPartitions), uncounted, pending);
  }

  /** The partitions that kept slots of the latest count pending; read it before the next one. */
  public BitSet unproved() {
    return unproved;
  }

  private enum Slot {
    COUNTABLE,
    UNCOUNTED,
    PENDING,
    /** From before we listened: no path is to blame. */
    VOID
  }

  private Slot judge(int row, int partition, long dueMs, long graceEndedMs, long nowMs) {
    if (partition >= 0) {
      return judgeOn(row, partition, dueMs, graceEndedMs, nowMs);
    }
    var worst = channel.size() == 0 ? Slot.UNCOUNTED : Slot.COUNTABLE;
    for (int p : channel.partitions()) {
      var one = judgeOn(row, p, dueMs, graceEndedMs, nowMs);
      if (one == Slot.UNCOUNTED) {
        return one;
      }
      worst = one == Slot.COUNTABLE || worst == Slot.VOID ? worst : one;
    }
    return worst;
  }

  private Slot judgeOn(int row, int partition, long dueMs, long graceEndedMs, long nowMs) {
    if (!channel.healthy(partition) || channel.failingForTheFleet(partition)) {
      return Slot.UNCOUNTED;
    }
    if (graceEndedMs != Long.MAX_VALUE && dueMs < graceEndedMs) {
      return Slot.VOID;
    }
    boolean askable = !table.answerAt(row).isEmpty();
    boolean blocked = nowMs - channel.silentTogetherMs(partition) < LeavingTable.CLIENT_BLOCKS_MS;
    if (!askable && blocked) {
      return Slot.UNCOUNTED;
    }
    boolean placeKnown = askable || !table.host(row).isEmpty();
    var left =
        new LeavingTable.Left(
            channel.healthySinceMs(partition),
            placeKnown ? Long.MIN_VALUE : channel.latestHealthySinceMs(),
            graceEndedMs,
            table.intervalMs(row),
            table.heardMs(row),
            placeKnown,
            askable);
    if (dueMs < LeavingTable.countsFromMs(left)) {
      return Slot.UNCOUNTED;
    }
    boolean proved = channel.provedThroughMs(partition) >= dueMs + table.slackMs(row);
    if (!proved) {
      unproved.set(partition);
    }
    return proved ? Slot.COUNTABLE : Slot.PENDING;
  }
}
