package holter.channel;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Which follower freezes the high watermark: the broker common to the ISRs of all partitions whose
 * records are acknowledged and stay invisible. In the founding incident one broker sits in the ISR
 * of partitions 2, 3 and 4. The ISRs are kept as they were at the onset: the cure of this sickness
 * is that the guilty one is removed from them.
 */
final class IsrBlame {
  private final TreeMap<Integer, Set<Integer>> followersAtOnset = new TreeMap<>();
  private int blamed = -1;

  /** The guilty broker's id as of now, −1 when the ISRs do not single one out. */
  int judge(ClusterMap map, IntFunction<PathState> stateOf) {
    var fetching = new TreeSet<Integer>();
    var sickLeaders = new TreeSet<Integer>();
    for (var p : map.partitions()) {
      var state = stateOf.apply(p.partition());
      boolean frozen = state instanceof PathState.Sick sick && sick.kind() == Sickness.ISR;
      if (frozen) {
        followersAtOnset.computeIfAbsent(p.partition(), n -> followers(p));
      } else {
        followersAtOnset.remove(p.partition());
      }
      if (state instanceof PathState.Sick && !frozen) {
        sickLeaders.add(p.leaderId());
      } else if (state instanceof PathState.Healthy) {
        fetching.addAll(followers(p)); // its watermark moves, so all of its followers fetch
      }
    }
    int common = common(fetching, sickLeaders);
    boolean contradicted =
        followersAtOnset.values().stream().anyMatch(all -> !all.contains(blamed));
    if (common >= 0 || contradicted) {
      blamed = common;
    }
    return blamed;
  }

  private static Set<Integer> followers(PartitionMap p) {
    var followers = new TreeSet<>(p.isr());
    followers.remove(p.leaderId());
    return followers;
  }

  private int common(Set<Integer> fetching, Set<Integer> sickLeaders) {
    if (followersAtOnset.isEmpty()) {
      return -1;
    }
    var suspects = new TreeSet<>(followersAtOnset.firstEntry().getValue());
    followersAtOnset.values().forEach(suspects::retainAll);
    for (int leader : sickLeaders) {
      if (suspects.contains(leader)) {
        return leader;
      }
    }
    suspects.removeAll(fetching);
    return suspects.size() == 1 ? suspects.first() : -1;
  }
}
