package holter.channel;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Which follower freezes the high watermark: the broker common to the ISRs of all partitions whose
 * records are acknowledged and stay invisible. In the founding incident one broker sits in the ISR
 * of partitions 2, 3 and 4.
 */
final class IsrBlame {
  private IsrBlame() {}

  /** The common broker's id, −1 when the ISRs do not single one out. */
  static int common(ClusterMap map, IntFunction<PathState> stateOf) {
    Set<Integer> suspects = null;
    var cleared = new HashSet<Integer>();
    var sickLeaders = new TreeSet<Integer>();
    for (var p : map.partitions()) {
      var state = stateOf.apply(p.partition());
      if (state instanceof PathState.Sick sick && sick.kind() == Sickness.ISR) {
        var followers = new TreeSet<>(p.isr());
        followers.remove(p.leaderId());
        if (suspects == null) {
          suspects = followers;
        } else {
          suspects.retainAll(followers);
        }
      } else if (state instanceof PathState.Sick) {
        sickLeaders.add(p.leaderId());
      } else if (state instanceof PathState.Healthy) {
        cleared.addAll(p.isr());
      }
    }
    if (suspects == null) {
      return -1;
    }
    return one(suspects, cleared, sickLeaders);
  }

  /** A healthy partition's watermark moves, so every member of its ISR fetches. */
  private static int one(Set<Integer> suspects, Set<Integer> cleared, Set<Integer> sickLeaders) {
    for (int leader : sickLeaders) {
      if (suspects.contains(leader)) {
        return leader;
      }
    }
    if (suspects.size() > 1) {
      suspects.removeAll(cleared);
    }
    return suspects.size() == 1 ? suspects.iterator().next() : -1;
  }
}
