package holter.remedy;

import holter.remedy.Ground.Shape;
import holter.remedy.KubeWorld.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * All ways that the steps so far may turn out, because kube-scheduler takes any of equal nodes. A
 * plan must hold in each. Immutable.
 *
 * @param all at least one, at most {@value #MOST}
 * @param ties landings at which several nodes were equal
 */
record Futures(List<Future> all, int ties) {
  /** More ways than that are not foreseen: such a step is not planned. */
  static final int MOST = 32;

  private static final double EPSILON = 1e-9;

  /** One way. */
  record Future(Stand stand, Lands lands) {}

  /** Where pods landed, in order. */
  static final class Lands {
    static final Lands NONE = new Lands(new int[0]);
    private final int[] nodes;

    private Lands(int[] nodes) {
      this.nodes = nodes;
    }

    Lands with(int[] more) {
      int[] all = java.util.Arrays.copyOf(nodes, nodes.length + more.length);
      System.arraycopy(more, 0, all, nodes.length, more.length);
      return new Lands(all);
    }

    int size() {
      return nodes.length;
    }

    int get(int at) {
      return nodes[at];
    }
  }

  /** A pod that may be evicted, and what comes in its stead. */
  record Candidate(int id, Pod pod, int from, Shape shape) {}

  /**
   * What no way may go beyond.
   *
   * @param share of each node's network, by number; NaN: nothing may land there
   * @param landed pods that its disk has room for, by number
   */
  record Bounds(List<Double> share, List<Integer> landed) {
    Bounds {
      share = List.copyOf(share);
      landed = List.copyOf(landed);
    }

    boolean hold(Stand stand) {
      for (int n = 0; n < stand.ground.size; n++) {
        boolean held = stand.share(n) <= share.get(n) + EPSILON;
        if (stand.landed[n] > 0 && (!held || stand.landed[n] > landed.get(n))) {
          return false;
        }
      }
      return true;
    }
  }

  static Futures of(Stand stand) {
    return new Futures(List.of(new Future(stand, Lands.NONE)), 0);
  }

  static int[] with(int[] some, int more) {
    int[] all = java.util.Arrays.copyOf(some, some.length + 1);
    all[some.length] = more;
    return all;
  }

  /** The first of each kind, in order. */
  static <T> List<T> distinct(List<T> some, ToLongFunction<T> kind) {
    if (some.size() < 2) {
      return some;
    }
    var seen = new HashSet<Long>();
    return some.stream().filter(each -> seen.add(kind.applyAsLong(each))).toList();
  }

  /** With a node opened. */
  Futures opened(int node) {
    return new Futures(
        all.stream()
            .map(
                future -> {
                  var stand = future.stand().copy();
                  stand.open(node);
                  return new Future(stand, future.lands());
                })
            .toList(),
        ties);
  }

  /** With a Deployment rolled out; empty when that is not foreseen, or goes beyond the bounds. */
  Optional<Futures> rolled(Rollout rollout, Bounds bounds) {
    var next = new ArrayList<Future>();
    for (Future future : all) {
      var ends = rollout.ends(future);
      if (ends.isEmpty()) {
        return Optional.empty();
      }
      next.addAll(ends.get());
    }
    var kept = distinct(next, each -> each.stand().moves);
    boolean held = kept.stream().allMatch(each -> bounds.hold(each.stand()));
    int open = kept.size() > all.size() ? ties + kept.size() - all.size() : ties;
    return held && kept.size() <= MOST ? Optional.of(new Futures(kept, open)) : Optional.empty();
  }

  /**
   * With a pod evicted; empty when the other one may land where it was or nowhere, or goes beyond
   * the bounds.
   */
  Optional<Futures> evicted(Candidate candidate, Bounds bounds) {
    var next = new ArrayList<Future>();
    boolean open = false;
    for (Future future : all) {
      var leaving = future.stand().copy();
      leaving.count(candidate.from(), candidate.shape().group, -1);
      int[] best = Landing.best(leaving, candidate.shape());
      if (best.length == 0) {
        return Optional.empty();
      }
      open |= best.length > 1;
      for (int node : best) {
        if (node == candidate.from()) {
          return Optional.empty();
        }
        next.add(moved(future, best.length == 1 ? leaving : leaving.copy(), candidate, node));
        if (!bounds.hold(next.getLast().stand())) {
          return Optional.empty();
        }
      }
    }
    var kept = distinct(next, each -> each.stand().moves);
    return kept.size() <= MOST
        ? Optional.of(new Futures(kept, open ? ties + 1 : ties))
        : Optional.empty();
  }

  private static Future moved(Future before, Stand stand, Candidate candidate, int node) {
    Pod pod = candidate.pod();
    stand.land(node, candidate.shape());
    stand.hold(candidate.from(), pod.demand(), -1);
    stand.network[candidate.from()] -= pod.bytesPerS();
    stand.network[node] += pod.bytesPerS();
    stand.note(candidate.id(), node, 1);
    return new Future(stand, before.lands().with(new int[] {node}));
  }

  /** The worst of all ways. */
  double worst(ToDoubleFunction<Stand> of) {
    return all.stream().mapToDouble(future -> of.applyAsDouble(future.stand())).max().orElse(0);
  }

  /** The same for the same ways, by whatever order of steps they were come to. */
  long kind() {
    long sum = 0;
    for (Future future : all) {
      long bits = (future.stand().moves ^ 0x5DEECE66DL) * 0x9E3779B97F4A7C15L;
      sum += bits ^ (bits >>> 29);
    }
    return sum;
  }
}
