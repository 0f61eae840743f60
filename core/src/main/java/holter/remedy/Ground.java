package holter.remedy;

import holter.remedy.KubeWorld.Demand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What does not change while a plan is thought through: nodes by number, what they have, and the
 * groups of pods that are counted when a pod of the same group lands. Immutable.
 */
final class Ground {
  /** A taint that comes and goes with a node's state; others are in each pod's eligible set. */
  private static final String PASSING = "node.kubernetes.io/";

  private static final String STARTING = "node.cloudprovider.kubernetes.io/uninitialized";
  private static final List<String> PRESSURES =
      List.of("DiskPressure", "MemoryPressure", "PIDPressure", "NetworkUnavailable");

  final List<KubeNode> nodes;
  final int size;
  final int groups;
  final int ports;

  /** Closed by its state, whatever becomes of its cordon. */
  final boolean[] unfit;

  /** Taints that a pod would rather avoid. */
  final int[] soft;

  /** Number of its zone; −1: none. */
  final int[] zone;

  final int zones;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, Integer> byGroup = new TreeMap<>();
  private final Map<String, Integer> byPort = new TreeMap<>();

  /** A pod to be placed, in numbers. */
  static final class Shape {
    final int group;
    final Demand demand;
    final int[] ports;
    final boolean[] eligible;

    private Shape(int group, Demand demand, int[] ports, boolean[] eligible) {
      this.group = group;
      this.demand = demand;
      this.ports = ports;
      this.eligible = eligible;
    }
  }

  /**
   * @param placed groups that pods may be added to
   * @param demands of those pods
   */
  Ground(KubeWorld world, List<String> placed, List<Demand> demands) {
    nodes = world.nodes();
    size = nodes.size();
    unfit = new boolean[size];
    soft = new int[size];
    zone = new int[size];
    var zoneNumbers = new TreeMap<String, Integer>();
    for (int n = 0; n < size; n++) {
      KubeNode node = nodes.get(n);
      byName.put(node.name(), n);
      unfit[n] = unfit(node);
      soft[n] = (int) node.taints().stream().filter(t -> is(t, "PreferNoSchedule")).count();
      String its = node.zone();
      zone[n] = its.isEmpty() ? -1 : zoneNumbers.computeIfAbsent(its, z -> zoneNumbers.size());
    }
    zones = zoneNumbers.size();
    placed.forEach(group -> byGroup.putIfAbsent(group, byGroup.size()));
    groups = byGroup.size();
    for (Demand demand : demands) {
      demand.hostPorts().stream().sorted().forEach(p -> byPort.putIfAbsent(p, byPort.size()));
    }
    ports = byPort.size();
  }

  private static boolean is(KubeNode.Taint taint, String effect) {
    return taint.effect().equals(effect);
  }

  private static boolean unfit(KubeNode node) {
    boolean pressed =
        PRESSURES.stream()
            .anyMatch(p -> node.condition(p).filter(c -> c.status().equals("True")).isPresent());
    boolean tainted =
        node.taints().stream()
            .filter(t -> !t.key().equals(Landing.CORDON) && !is(t, "PreferNoSchedule"))
            .anyMatch(t -> t.key().startsWith(PASSING) || t.key().equals(STARTING));
    return !node.ready() || pressed || tainted;
  }

  /** −1 for a node that is not of this cluster. */
  int node(String name) {
    return byName.getOrDefault(name, -1);
  }

  String name(int node) {
    return nodes.get(node).name();
  }

  /** −1 for a group that is not counted. */
  int group(String name) {
    return byGroup.getOrDefault(name, -1);
  }

  Shape shape(String group, Demand demand, Set<String> eligible) {
    var allowed = new boolean[size];
    for (int n = 0; n < size; n++) {
      allowed[n] = eligible.contains(name(n));
    }
    return new Shape(group(group), demand, portsOf(demand), allowed);
  }

  int[] portsOf(Demand demand) {
    if (ports == 0 || demand.hostPorts().isEmpty()) {
      return new int[0];
    }
    var numbers = new ArrayList<Integer>();
    demand.hostPorts().stream().sorted().forEach(p -> numbers.add(byPort.getOrDefault(p, -1)));
    return numbers.stream().mapToInt(i -> i).filter(i -> i >= 0).toArray();
  }
}
