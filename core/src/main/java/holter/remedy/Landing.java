package holter.remedy;

import holter.remedy.Ground.Shape;
import holter.remedy.KubeWorld.Demand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which node kube-scheduler would choose: those that pass its filters, ranked as its default
 * profile ranks them, by requests and never by use.
 *
 * <p>Filters: what the pod's spec allows, cordon, taints of a node's state, host ports, number of
 * pods, CPU and memory. Scores, as kube-scheduler's documentation and source have them, with its
 * weights: LeastAllocated (1), BalancedAllocation (1; nothing for a pod without requests),
 * PodTopologySpread (2) with the system's own constraints, host name with a skew of 3 and zone with
 * one of 5, over pods of the same ReplicaSet, TaintToleration (3). Not modelled: images that a node
 * has already, affinity to pods, preferred node affinity, a spread that the pod asks for itself.
 */
public final class Landing {
  /** The taint of a cordon. */
  static final String CORDON = "node.kubernetes.io/unschedulable";

  private static final int MAX = 100;
  private static final int SPREAD_WEIGHT = 2;
  private static final int TAINT_WEIGHT = 3;
  private static final int HOST_SKEW = 3;
  private static final int ZONE_SKEW = 5;

  /** A node that takes the pod, and how well it scores. */
  public record Ranked(String node, long score) {}

  /**
   * What comes of it.
   *
   * @param ranked nodes that take the pod, the best first, equals by name; none: it waits
   */
  public record Choice(List<Ranked> ranked) {
    public Choice {
      ranked = List.copyOf(ranked);
    }

    /** The nodes that score best: kube-scheduler takes any of them. */
    public List<String> ties() {
      return ranked.stream()
          .filter(each -> each.score() == ranked.getFirst().score())
          .map(Ranked::node)
          .toList();
    }
  }

  private Landing() {}

  /**
   * Where one more pod would land in the world as it is.
   *
   * @param workload whose pods are its like, {@code namespace/name}; empty: it has none
   * @param eligible nodes that its spec allows
   * @param opened cordoned nodes that are taken for open
   */
  public static Choice choose(
      KubeWorld world, String workload, Demand demand, Set<String> eligible, Set<String> opened) {
    var ground = new Ground(world, List.of(workload), List.of(demand));
    var stand = new Stand(ground, world);
    opened.stream().map(ground::node).filter(n -> n >= 0).forEach(stand::open);
    Shape shape = ground.shape(workload, demand, eligible);
    int[] fit = fit(stand, shape);
    long[] scores = scores(stand, shape, fit);
    var ranked = new ArrayList<Ranked>();
    for (int i = 0; i < fit.length; i++) {
      ranked.add(new Ranked(ground.name(fit[i]), scores[i]));
    }
    ranked.sort(Comparator.comparingLong(Ranked::score).reversed().thenComparing(Ranked::node));
    return new Choice(ranked);
  }

  /** The nodes that score best, by number; none: the pod waits. */
  static int[] best(Stand stand, Shape shape) {
    int[] fit = fit(stand, shape);
    if (fit.length < 2) {
      return fit;
    }
    long[] scores = scores(stand, shape, fit);
    long most = Long.MIN_VALUE;
    int many = 0;
    for (long score : scores) {
      many = score > most ? 1 : score == most ? many + 1 : many;
      most = Math.max(most, score);
    }
    int[] best = new int[many];
    for (int i = 0, at = 0; i < fit.length; i++) {
      if (scores[i] == most) best[at++] = fit[i];
    }
    return best;
  }

  private static int[] fit(Stand stand, Shape shape) {
    int[] fit = new int[stand.ground.size];
    int many = 0;
    for (int n = 0; n < stand.ground.size; n++) {
      if (stand.takes[n] && shape.eligible[n] && holds(stand, shape, n)) fit[many++] = n;
    }
    return java.util.Arrays.copyOf(fit, many);
  }

  private static boolean holds(Stand stand, Shape shape, int n) {
    KubeNode.Room room = stand.ground.nodes.get(n).room();
    Demand demand = shape.demand;
    return stand.pods[n] + 1 <= room.pods()
        && (demand.cpuM() == 0 || demand.cpuM() <= room.cpuM() - stand.cpuM[n])
        && (demand.memoryBytes() == 0
            || demand.memoryBytes() <= room.memoryBytes() - stand.memory[n])
        && stand.portsFree(n, shape.ports);
  }

  private static long[] scores(Stand stand, Shape shape, int[] fit) {
    long[] scores = new long[fit.length];
    boolean asks = shape.demand.cpuM() > 0 || shape.demand.memoryBytes() > 0;
    for (int i = 0; i < fit.length; i++) {
      scores[i] = least(stand, shape, fit[i]) + (asks ? balanced(stand, shape, fit[i]) : 0);
    }
    spread(stand, shape, fit, scores);
    taints(stand, fit, scores);
    return scores;
  }

  private static long least(Stand stand, Shape shape, int n) {
    KubeNode.Room room = stand.ground.nodes.get(n).room();
    long cpu = stand.assumedCpuM[n] + shape.demand.assumedCpuM();
    long memory = stand.assumedMemory[n] + shape.demand.assumedMemoryBytes();
    return (free(cpu, room.cpuM()) + free(memory, room.memoryBytes())) / 2;
  }

  private static long free(long asked, long has) {
    return has <= 0 || asked > has ? 0 : (has - asked) * MAX / has;
  }

  private static long balanced(Stand stand, Shape shape, int n) {
    KubeNode.Room room = stand.ground.nodes.get(n).room();
    double cpu = part(stand.cpuM[n] + shape.demand.cpuM(), room.cpuM());
    double memory = part(stand.memory[n] + shape.demand.memoryBytes(), room.memoryBytes());
    return (long) ((1 - Math.abs(cpu - memory) / 2) * MAX);
  }

  private static double part(long asked, long has) {
    return has <= 0 ? 0 : Math.min(1, (double) asked / has);
  }

  /** Fewer of its like on the host, and in the zone, score better. */
  private static void spread(Stand stand, Shape shape, int[] fit, long[] scores) {
    if (shape.group < 0 || fit.length == 0) {
      return;
    }
    double hostWeight = Math.log(fit.length + 2);
    int[] inZone = new int[stand.ground.zones];
    boolean[] has = new boolean[stand.ground.zones];
    double zoneWeight = Math.log(zones(stand, shape, fit, inZone, has) + 2);
    long[] raw = new long[fit.length];
    long most = 0;
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < fit.length; i++) {
      double sum = hostWeight * stand.count(fit[i], shape.group) + (HOST_SKEW - 1);
      int zone = stand.ground.zone[fit[i]];
      if (zone >= 0) sum += zoneWeight * inZone[zone] + (ZONE_SKEW - 1);
      raw[i] = Math.round(sum);
      most = Math.max(most, raw[i]);
      fewest = Math.min(fewest, raw[i]);
    }
    for (int i = 0; i < fit.length; i++) {
      scores[i] += SPREAD_WEIGHT * (most == 0 ? MAX : MAX * (most + fewest - raw[i]) / most);
    }
  }

  /** Counts its like by zone, over all nodes that its spec allows; how many zones take the pod. */
  private static int zones(Stand stand, Shape shape, int[] fit, int[] inZone, boolean[] has) {
    int many = 0;
    for (int n : fit) {
      int zone = stand.ground.zone[n];
      if (zone >= 0 && !has[zone]) {
        has[zone] = true;
        many++;
      }
    }
    for (int n = 0; many > 0 && n < stand.ground.size; n++) {
      int zone = stand.ground.zone[n];
      if (zone >= 0 && shape.eligible[n]) inZone[zone] += stand.count(n, shape.group);
    }
    return many;
  }

  /** No pod is known to bear a taint that only asks to be avoided. */
  private static void taints(Stand stand, int[] fit, long[] scores) {
    int most = 0;
    for (int n : fit) most = Math.max(most, stand.ground.soft[n]);
    for (int i = 0; most > 0 && i < fit.length; i++) {
      scores[i] += (long) TAINT_WEIGHT * (MAX - MAX * stand.ground.soft[fit[i]] / most);
    }
  }
}
