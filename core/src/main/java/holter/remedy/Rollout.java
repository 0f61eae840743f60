package holter.remedy;

import holter.remedy.Ground.Shape;
import holter.remedy.KubeWorld.Demand;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.SelectorPin;
import holter.remedy.KubeWorld.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Deployment whose selector loses a key, and what becomes of its pods.
 *
 * <p>An old one is asked to leave for each new one that is ready, and as many more as may be
 * missing; nobody knows how long it holds its place. So when a new pod lands after n others, any
 * number of old ones up to n + {@code maxUnavailable} may be gone, never fewer than before. Which
 * of the old go first is taken for open, too: it depends on what a controller has seen by then.
 */
final class Rollout {
  /** Landings that are thought of for one rollout; one that needs more is not foreseen. */
  private static final int WORK_MOST = 5_000;

  /** Which network load a new pod gets is not known: no more than the heaviest of the old. */
  private final double[] heaviest;

  final Workload workload;
  final SelectorPin pin;
  final List<Pod> pods;
  private final Shape shape;
  private final int oldGroup;
  private final int id;
  private final List<Place> places;

  /** Where old pods stand, and ask for the same. */
  private record Place(int node, Demand demand, int many) {}

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
    this.places = places(ground, pods);
  }

  private static List<Place> places(Ground ground, List<Pod> pods) {
    var many = new LinkedHashMap<Place, Integer>();
    for (Pod pod : pods) {
      many.merge(new Place(ground.node(pod.node()), pod.demand(), 1), 1, Integer::sum);
    }
    return many.entrySet().stream()
        .map(each -> new Place(each.getKey().node(), each.getKey().demand(), each.getValue()))
        .toList();
  }

  /** New pods are of another ReplicaSet: they are counted apart from the old. */
  static String freshGroup(String workload) {
    return workload + " anew";
  }

  int replicas() {
    return workload.replicas();
  }

  /** All ways that it may end, the likely one first; empty when that is not foreseen. */
  Optional<List<Futures.Future>> ends(Futures.Future before) {
    var ways = new Landings(before.stand()).all();
    if (ways.isEmpty() || ways.size() > Futures.MOST) {
      return Optional.empty();
    }
    var ends = new ArrayList<>(ways);
    List<Integer> likely = likely(before.stand());
    if (ends.remove(likely)) ends.addFirst(likely);
    return Optional.of(ends.stream().map(fresh -> ended(before, fresh)).toList());
  }

  /** Whether each new pod finds a place whatever comes, as far as that was looked at. */
  boolean placed(Futures.Future before) {
    var landings = new Landings(before.stand());
    landings.all();
    return !landings.stuck;
  }

  /**
   * Lands one new pod after the other, in every way. A way is how many new pods stand on each node,
   * and how many of each place's old ones were gone by then at least: more may be, at any time.
   */
  private final class Landings {
    private final Stand start;
    private Map<List<Integer>, List<int[]>> next = Map.of();
    private boolean stuck;
    private int work;

    Landings(Stand start) {
      this.start = start;
    }

    /** New pods by node, at the end; none when one may wait for ever, or it is too much. */
    List<List<Integer>> all() {
      Map<List<Integer>, List<int[]>> ways = Map.of(none(start), List.of(new int[places.size()]));
      for (int landed = 0; landed < replicas(); landed++) {
        ways = oneMore(ways, Math.min(replicas(), landed + workload.maxUnavailable()));
      }
      return List.copyOf(ways.keySet());
    }

    private Map<List<Integer>, List<int[]>> oneMore(
        Map<List<Integer>, List<int[]>> ways, int goneMost) {
      next = new LinkedHashMap<>();
      ways.forEach(
          (fresh, least) -> {
            for (int[] gone : least) {
              int already = java.util.Arrays.stream(gone).sum();
              land(standing(start, fresh, gone), fresh, gone.clone(), 0, goneMost - already);
            }
          });
      return stuck || work > WORK_MOST ? Map.of() : next;
    }

    /**
     * @param from the first place whose old pods may still go: so each choice is come to once
     * @param more so many of them
     */
    private void land(Stand stand, List<Integer> fresh, int[] gone, int from, int more) {
      int[] best = Landing.best(stand, shape);
      stuck |= best.length == 0 && more == 0;
      if (stuck || ++work > WORK_MOST) {
        return;
      }
      for (int node : best) {
        note(fresh, node, gone);
      }
      for (int at = from; at < gone.length && more > 0; at++) {
        Place place = places.get(at);
        if (gone[at] < place.many()) {
          gone[at]++;
          stand.hold(place.node(), place.demand(), -1);
          land(stand, fresh, gone, at, more - 1);
          stand.hold(place.node(), place.demand(), 1);
          gone[at]--;
        }
      }
    }

    /** What comes of more that are gone comes of fewer, too: they may go later. */
    private void note(List<Integer> fresh, int node, int[] gone) {
      List<Integer> landed = with(fresh, node);
      List<int[]> known = next.computeIfAbsent(landed, _ -> new ArrayList<>());
      if (known.stream().noneMatch(each -> within(each, gone))) {
        known.removeIf(each -> within(gone, each));
        known.add(gone.clone());
      }
    }
  }

  private static List<Integer> none(Stand stand) {
    return Collections.nCopies(stand.ground.size, 0);
  }

  private static List<Integer> with(List<Integer> fresh, int node) {
    var landed = new ArrayList<>(fresh);
    landed.set(node, landed.get(node) + 1);
    return landed;
  }

  private static boolean within(int[] fewer, int[] more) {
    for (int i = 0; i < fewer.length; i++) {
      if (fewer[i] > more[i]) return false;
    }
    return true;
  }

  /** How all stand when so many new pods have landed, and so many of each place are gone. */
  private Stand standing(Stand before, List<Integer> fresh, int[] gone) {
    Stand stand = before.copy();
    for (int node = 0; node < fresh.size(); node++) {
      for (int i = 0; i < fresh.get(node); i++) stand.land(node, shape);
    }
    for (int at = 0; at < gone.length; at++) {
      for (int i = 0; i < gone[at]; i++) {
        stand.hold(places.get(at).node(), places.get(at).demand(), -1);
      }
    }
    return stand;
  }

  /** A new pod is there at once, and an old one gone by the next time; of equals the first. */
  private List<Integer> likely(Stand before) {
    Stand stand = before.copy();
    List<Integer> fresh = none(before);
    int gone = 0;
    for (int landed = 0; landed < replicas(); landed++) {
      int[] best = Landing.best(stand, shape);
      while (gone < pods.size() && (best.length == 0 || gone < landed - workload.maxSurge())) {
        Pod pod = pods.get(gone++);
        stand.hold(stand.ground.node(pod.node()), pod.demand(), -1);
        best = Landing.best(stand, shape);
      }
      stand.land(best[0], shape);
      fresh = with(fresh, best[0]);
    }
    return fresh;
  }

  private Futures.Future ended(Futures.Future before, List<Integer> fresh) {
    Stand stand = standing(before.stand(), fresh, places.stream().mapToInt(Place::many).toArray());
    for (Pod pod : pods) {
      int node = stand.ground.node(pod.node());
      stand.count(node, oldGroup, -1);
      stand.network[node] -= pod.bytesPerS();
    }
    int[] lands = new int[replicas()];
    int at = 0;
    for (int node = 0; node < fresh.size(); node++) {
      for (int i = 0; i < fresh.get(node); i++) {
        stand.network[node] += heaviest[i];
        stand.note(id, node, 1);
        lands[at++] = node;
      }
    }
    return new Futures.Future(stand, before.lands().with(lands));
  }
}
