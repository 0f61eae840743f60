package holter.engine;

import holter.channel.Channel;
import holter.channel.Concentration;
import holter.fleet.BeatTable;
import holter.fleet.SenderKind;
import java.util.TreeMap;

/**
 * Keyed senders against the partitions that their keys lead to, learnt from their beats. When those
 * of one partition fall silent together, it is the way to that partition, though our own lane may
 * see nothing of it, and even where there is no lane.
 */
final class Cohorts {
  private static final long EVERY_MS = 500;

  private final Fleet fleet;
  private final Channel channel;
  private final TreeMap<Integer, int[]> byPartition = new TreeMap<>();
  private long asOfMs = Long.MIN_VALUE / 2;

  Cohorts(Fleet fleet, Channel channel) {
    this.fleet = fleet;
    this.channel = channel;
  }

  private static final int ALL = 0;
  private static final int SILENT = 1;

  void tick(long nowMs) {
    if (nowMs - asOfMs < EVERY_MS) {
      return;
    }
    asOfMs = nowMs;
    byPartition.clear();
    int senders = 0;
    int silent = 0;
    for (int row = 0; row < fleet.rowsEnd(); row++) {
      int partition = partition(row);
      if (partition >= 0) {
        var count = byPartition.computeIfAbsent(partition, p -> new int[2]);
        count[ALL]++;
        senders++;
        if (fleet.slots().due(row, nowMs)) {
          count[SILENT]++;
          silent++;
        }
      }
    }
    for (var one : byPartition.entrySet()) {
      int[] n = one.getValue();
      if (Concentration.accuses(senders, n[ALL], silent, n[SILENT], byPartition.size())) {
        channel.silentTogether(one.getKey(), nowMs);
      }
    }
  }

  /** Where a sender sends that was heard and sends to one partition only; −1 for any other. */
  private int partition(int row) {
    BeatTable table = fleet.table();
    boolean keyed =
        fleet.present(row)
            && table.kind(row) == SenderKind.FOREIGN_KEYED
            && table.heardMs(row) >= 0;
    return keyed ? table.slotPartition(row, 1) : -1;
  }
}
