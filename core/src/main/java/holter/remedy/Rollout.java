package holter.remedy;

import holter.remedy.Ground.Shape;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.SelectorPin;
import holter.remedy.KubeWorld.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A Deployment whose selector loses a key, and what becomes of its pods: as many new ones at once
 * as its surge allows, an old one away for each that is ready.
 */
final class Rollout {
  /** Which network load a new pod gets is not known: no more than the heaviest of the old. */
  private final double[] heaviest;

  final Workload workload;
  final SelectorPin pin;
  final List<Pod> pods;
  private final Shape shape;
  private final int oldGroup;
  private final int id;

  /** One way that it may go, half done. */
  private static final class Half {
    final Stand stand;
    final List<Pod> old;
    final int[] lands;
    List<Pod> leaving = List.of();

    Half(Stand stand, List<Pod> old, int[] lands) {
      this.stand = stand;
      this.old = old;
      this.lands = lands;
    }
  }

  /**
   * @param pods all of the Deployment, at least one, their networks known
   */
  Rollout(Ground ground, Workload workload, SelectorPin pin, List<Pod> pods) {
    this.workload = workload;
    this.pin = pin;
    this.pods = pods;
    this.shape =
        ground.shape(freshGroup(workload.key()), pods.getFirst().demand(), pin.eligibleWithout());
    this.oldGroup = ground.group(workload.key());
    this.id = 1_000_000 + oldGroup;
    this.heaviest =
        pods.stream()
            .map(Pod::bytesPerS)
            .sorted(Comparator.reverseOrder())
            .mapToDouble(b -> b)
            .toArray();
  }

  /** New pods are of another ReplicaSet: they are counted apart from the old. */
  static String freshGroup(String workload) {
    return workload + " anew";
  }

  int replicas() {
    return workload.replicas();
  }

  /** All ways that it may end; empty when a new pod may find no place, or too many ways. */
  Optional<List<Futures.Future>> ends(Futures.Future before) {
    var halves = List.of(new Half(before.stand().copy(), pods, new int[0]));
    int unready = 0;
    while (!done(halves.getFirst())) {
      int add = missing(halves.getFirst());
      int away = add > 0 ? 0 : spare(halves.getFirst(), unready);
      if (add > 0) {
        halves = grown(halves, add);
        unready += add;
      } else if (away > 0) {
        halves = shrunk(halves, away);
      } else {
        halves.forEach(Rollout::gone); // containers are slower than controllers
        unready = 0;
      }
      if (halves.isEmpty() || halves.size() > Futures.MOST) {
        return Optional.empty();
      }
    }
    halves.forEach(Rollout::gone);
    return Optional.of(halves.stream().map(half -> ended(before, half)).toList());
  }

  /** All ways are equally far. */
  private boolean done(Half half) {
    return half.old.isEmpty() && half.lands.length == workload.replicas();
  }

  /** New pods that the surge allows now. */
  private int missing(Half half) {
    int total = half.lands.length + half.old.size();
    return Math.min(
        workload.replicas() - half.lands.length, workload.replicas() + workload.maxSurge() - total);
  }

  /** Old pods that may go now. */
  private int spare(Half half, int unready) {
    int total = half.lands.length + half.old.size();
    int spare = total - unready - (workload.replicas() - workload.maxUnavailable());
    return Math.min(spare, half.old.size());
  }

  /** So many new pods; none when one finds no place. */
  private List<Half> grown(List<Half> start, int add) {
    List<Half> grown = start;
    for (int i = 0; i < add; i++) {
      var next = new ArrayList<Half>();
      for (Half half : grown) {
        int[] best = Landing.best(half.stand, shape);
        if (best.length == 0) {
          gone(half);
          best = Landing.best(half.stand, shape);
        }
        if (best.length == 0) {
          return List.of();
        }
        for (int node : best) {
          next.add(landed(half, node));
        }
      }
      grown = Futures.distinct(next, half -> half.stand.moves);
    }
    return grown;
  }

  private Half landed(Half half, int node) {
    var stand = half.stand.copy();
    stand.land(node, shape);
    stand.note(id, node, 1);
    var next = new Half(stand, half.old, Futures.with(half.lands, node));
    next.leaving = half.leaving;
    return next;
  }

  private static void gone(Half half) {
    for (Pod pod : half.leaving) {
      half.stand.hold(half.stand.ground.node(pod.node()), pod.demand(), -1);
    }
    half.leaving = List.of();
  }

  /** Old pods go, from where most of them are; of equal nodes from any. */
  private List<Half> shrunk(List<Half> start, int away) {
    List<Half> shrunk = start;
    for (int i = 0; i < away; i++) {
      var next = new ArrayList<Half>();
      for (Half half : shrunk) {
        for (Pod pod : firstToGo(half)) {
          next.add(without(half, pod));
        }
      }
      shrunk = Futures.distinct(next, half -> half.stand.moves);
    }
    return shrunk;
  }

  private static List<Pod> firstToGo(Half half) {
    long most = half.old.stream().mapToLong(pod -> on(half.old, pod.node())).max().orElse(0);
    var first = new ArrayList<Pod>();
    for (Pod pod : half.old) {
      boolean known = first.stream().anyMatch(other -> other.node().equals(pod.node()));
      if (!known && on(half.old, pod.node()) == most) first.add(pod);
    }
    return first;
  }

  private static long on(List<Pod> pods, String node) {
    return pods.stream().filter(pod -> pod.node().equals(node)).count();
  }

  private Half without(Half half, Pod pod) {
    var stand = half.stand.copy();
    int node = stand.ground.node(pod.node());
    stand.count(node, oldGroup, -1);
    stand.note(id + 1_000_000, node, 1);
    var old = new ArrayList<>(half.old);
    old.remove(pod);
    var next = new Half(stand, old, half.lands);
    var leaving = new ArrayList<>(half.leaving);
    leaving.add(pod);
    next.leaving = leaving;
    return next;
  }

  private Futures.Future ended(Futures.Future before, Half half) {
    for (Pod pod : pods) {
      half.stand.network[half.stand.ground.node(pod.node())] -= pod.bytesPerS();
    }
    int[] many = new int[half.stand.ground.size];
    for (int node : half.lands) {
      half.stand.network[node] += heaviest[many[node]++];
    }
    return new Futures.Future(half.stand, before.lands().with(half.lands));
  }
}
