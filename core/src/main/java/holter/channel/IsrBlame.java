package holter.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Which follower freezes the high watermark: the broker common to the ISRs of all partitions whose
 * records are acknowledged and stay invisible. In the founding incident one broker sits in the ISR
 * of partitions 2, 3 and 4.
 *
 * <p>The cure of this sickness is that the guilty one is removed from the ISRs, and a guilty one
 * that is full rather than dead comes back and is removed again. So the ISRs are remembered as they
 * were when their partitions froze, and the blame stands while anything is sick, whatever the paths
 * do meanwhile, until somebody else is singled out or a partition freezes that the blamed one has
 * no replica of.
 */
final class IsrBlame {
  /** After so long without a sick path the next one is another story. */
  private static final long FORGET_MS = 60_000;

  private final Map<Integer, Set<Integer>> followersSeen = new HashMap<>();
  private Set<Integer> frozenBefore = Set.of();
  private int blamed = -1;
  private long sickMs = Long.MIN_VALUE / 2;

  /** The guilty broker's id as of now, −1 when nothing singles one out. */
  int judge(ClusterMap map, IntFunction<PathState> stateOf, long nowMs) {
    if (nowMs - sickMs > FORGET_MS) {
      followersSeen.clear();
      blamed = -1;
    }
    var frozen = new TreeSet<Integer>();
    var fetching = new TreeSet<Integer>();
    var sickLeaders = new TreeSet<Integer>();
    for (var p : map.partitions()) {
      switch (stateOf.apply(p.partition())) {
        case PathState.Sick sick when sick.kind() == Sickness.ISR -> frozen.add(p.partition());
        case PathState.Sick sick -> sickLeaders.add(p.leaderId());
        case PathState.Healthy h -> fetching.addAll(followers(p)); // else its watermark stood
        case PathState.Unknown u -> {}
      }
    }
    var partitions = map.partitions().stream().filter(p -> frozen.contains(p.partition())).toList();
    for (var p : partitions) {
      if (!frozenBefore.contains(p.partition())) {
        followersSeen.computeIfAbsent(p.partition(), n -> new TreeSet<>()).addAll(followers(p));
      }
    }
    frozenBefore = frozen;
    if (!frozen.isEmpty() || !sickLeaders.isEmpty()) {
      sickMs = nowMs;
    }
    if (!partitions.isEmpty()) {
      blamed = blame(partitions, fetching, sickLeaders);
    }
    return blamed;
  }

  /** The strongest sign first. */
  private int blame(List<PartitionMap> frozen, Set<Integer> fetching, Set<Integer> sickLeaders) {
    Set<Integer> inIsrs = common(frozen.stream().map(this::seen).toList());
    Set<Integer> replicas = common(frozen.stream().map(IsrBlame::mayFollow).toList());
    var silent = new TreeSet<>(inIsrs);
    silent.removeAll(fetching);
    int leads = oneOf(sickLeaders, inIsrs);
    if (leads >= 0 || inIsrs.contains(blamed)) {
      return leads >= 0 ? leads : blamed;
    }
    if (silent.size() == 1) {
      return silent.iterator().next();
    }
    // the map may be older than the ISR that froze
    return replicas.contains(blamed) ? blamed : oneOf(sickLeaders, replicas);
  }

  /** A sick leader that is among the suspects, rather the one blamed before; −1 for none. */
  private int oneOf(Set<Integer> leaders, Set<Integer> suspects) {
    var both = new TreeSet<>(leaders);
    both.retainAll(suspects);
    if (both.contains(blamed)) {
      return blamed;
    }
    return both.isEmpty() ? -1 : both.first();
  }

  private Set<Integer> seen(PartitionMap p) {
    return followersSeen.getOrDefault(p.partition(), Set.of());
  }

  private static Set<Integer> common(List<Set<Integer>> sets) {
    var common = new TreeSet<>(sets.getFirst());
    sets.forEach(common::retainAll);
    return common;
  }

  private static Set<Integer> followers(PartitionMap p) {
    return without(p.leaderId(), p.isr());
  }

  private static Set<Integer> mayFollow(PartitionMap p) {
    return without(p.leaderId(), p.replicas());
  }

  private static Set<Integer> without(int leader, List<Integer> brokers) {
    var followers = new TreeSet<>(brokers);
    followers.remove(leader);
    return followers;
  }
}
