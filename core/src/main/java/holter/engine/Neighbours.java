package holter.engine;

import holter.channel.Channel;
import holter.channel.PathState;
import holter.detect.HoldReason;
import holter.detect.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is silent and who beats on each host: whether a silence may be its surroundings' fault. */
final class Neighbours {
  /** A doubt about one host spreads to senders that fell silent this close to it. */
  private static final long SAME_TIME_MS = 30_000;

  private static final class Count {
    int silent;
    int beating;
    int awake;
  }

  private final Fleet fleet;
  private final Channel channel;
  private final Map<String, Count> hosts = new HashMap<>();
  private long hostsAsOfMs = Long.MIN_VALUE;

  Neighbours(Fleet fleet, Channel channel) {
    this.fleet = fleet;
    this.channel = channel;
  }

  /** Why the silence of a row may be its surroundings' fault, null for no reason. */
  @Nullable HoldReason doubt(int row, long nowMs) {
    countHosts(nowMs);
    var table = fleet.table();
    String host = table.host(row);
    if (host.isEmpty()) {
      return hostInDoubtSince(table.silentFromMs(row) - SAME_TIME_MS) ? HoldReason.COHORT : null;
    }
    if (onSickHost(host)) {
      return HoldReason.HOST_PATH;
    }
    var count = hosts.get(host);
    if (count == null) {
      return null;
    }
    if (count.silent >= 2 && count.beating == 0) {
      return HoldReason.HOST_PATH;
    }
    return count.silent >= 3 && count.silent > count.beating ? HoldReason.COHORT : null;
  }

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
    for (int row = fleet.nextAwake(0); row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null
          && member.heldFor(HoldReason.HOST_PATH)
          && member.verdict.sinceMs() >= ms) {
        return true;
      }
    }
    return hosts.values().stream().anyMatch(n -> n.silent >= 2 && n.beating == 0);
  }

  /** Those who rest beat; the awake ones are counted one by one. */
  private void countHosts(long nowMs) {
    if (hostsAsOfMs == nowMs) {
      return;
    }
    hostsAsOfMs = nowMs;
    hosts.clear();
    var table = fleet.table();
    for (int row = fleet.nextAwake(0); row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null && !table.host(row).isEmpty()) {
        var count = hosts.computeIfAbsent(table.host(row), h -> new Count());
        count.awake++;
        if (member.silent() && !member.heldForPaths()) {
          count.silent++; // a sick partition explains a silence, and accuses no host
        } else if (member.verdict instanceof Verdict.Alive && !fleet.slots().due(row, nowMs)) {
          count.beating++;
        }
      }
    }
    hosts.forEach((host, count) -> count.beating += table.residents(host) - count.awake);
  }
}
