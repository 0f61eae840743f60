package holter.engine;

import holter.channel.Channel;
import holter.channel.PathState;
import holter.detect.HoldReason;
import holter.detect.SlotCount;
import holter.detect.Verdict;
import holter.fleet.BeatTable;
import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every instance with its beats and what is held of it. The rows of table and members agree. Not
 * thread-safe; the engine's loop owns it.
 */
final class Fleet {
  /** A doubt about one host spreads to senders that fell silent this close to it. */
  private static final long SAME_TIME_MS = 30_000;

  private final BeatTable table = new BeatTable();
  private final Channel channel;
  private final SlotCount slots;
  private final List<@Nullable Member> members = new ArrayList<>();
  private final Map<String, int[]> hosts = new HashMap<>();
  private long hostsAsOfMs = Long.MIN_VALUE;
  private int size;

  Fleet(Channel channel) {
    this.channel = channel;
    this.slots = new SlotCount(table, channel);
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

  /** The member of a row, or null when the row is free. */
  @Nullable Member at(int row) {
    return row >= 0 && row < members.size() ? members.get(row) : null;
  }

  @Nullable Member find(InstanceId id) {
    return at(table.row(id));
  }

  /** Adds the member of a row that the table just took. */
  Member add(int row, Verdict verdict, String rule, Sentence why) {
    while (members.size() <= row) {
      members.add(null);
    }
    var member = new Member(table.id(row).value().hashCode(), verdict, rule, why);
    members.set(row, member);
    size++;
    return member;
  }

  void forget(InstanceId id) {
    int row = table.row(id);
    if (at(row) != null) {
      members.set(row, null);
      table.forget(id);
      size--;
    }
  }

  int rowsEnd() {
    return members.size();
  }

  KnownInstance known(int row) {
    return table.known(row);
  }

  /** Why the silence of a row may be its surroundings' fault, null for no reason. */
  @Nullable HoldReason doubt(int row, long nowMs) {
    countHosts(nowMs);
    String host = table.host(row);
    if (host.isEmpty()) {
      return hostInDoubtSince(table.silentFromMs(row) - SAME_TIME_MS) ? HoldReason.COHORT : null;
    }
    if (onSickHost(host)) {
      return HoldReason.HOST_PATH;
    }
    int[] count = hosts.getOrDefault(host, new int[2]);
    if (count[SILENT] >= 2 && count[BEATING] == 0) {
      return HoldReason.HOST_PATH;
    }
    return count[SILENT] >= 3 && count[SILENT] > count[BEATING] ? HoldReason.COHORT : null;
  }

  private static final int SILENT = 0;
  private static final int BEATING = 1;

  private boolean onSickHost(String host) {
    for (int p : channel.partitions()) {
      if (channel.state(p) instanceof PathState.Sick sick
          && host.equals(channel.hostOf(sick.subjectBrokerId()))) {
        return true;
      }
    }
    return false;
  }

  private boolean hostInDoubtSince(long ms) {
    for (var member : members) {
      if (member != null
          && member.heldFor(HoldReason.HOST_PATH)
          && member.verdict.sinceMs() >= ms) {
        return true;
      }
    }
    return hosts.values().stream().anyMatch(n -> n[SILENT] >= 2 && n[BEATING] == 0);
  }

  private void countHosts(long nowMs) {
    if (hostsAsOfMs == nowMs) {
      return;
    }
    hostsAsOfMs = nowMs;
    hosts.clear();
    for (int row = 0; row < members.size(); row++) {
      var member = members.get(row);
      if (member != null && !table.host(row).isEmpty()) {
        var count = hosts.computeIfAbsent(table.host(row), h -> new int[2]);
        if (member.silent() && !member.heldForPaths()) {
          count[SILENT]++; // a sick partition explains a silence, and accuses no host
        } else if (member.verdict instanceof Verdict.Alive && !slots.due(row, nowMs)) {
          count[BEATING]++;
        }
      }
    }
  }

  /** When any instance of the host was last heard, −1 for never. */
  long hostHeardMs(String host) {
    long latest = -1;
    for (int row = 0; row < members.size(); row++) {
      if (members.get(row) != null && host.equals(table.host(row))) {
        latest = Math.max(latest, table.heardMs(row));
      }
    }
    return latest;
  }
}
