package holter.remedy;

import holter.remedy.KubeNode.Condition;
import holter.remedy.KubeNode.Cordon;
import holter.remedy.KubeNode.Disk;
import holter.remedy.KubeNode.Taint;
import holter.remedy.KubeWorld.Budget;
import holter.remedy.KubeWorld.Demand;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.SelectorPin;
import holter.remedy.KubeWorld.Workload;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Builds worlds for tests, node by node and workload by workload; networks carry 100 bytes/s. */
final class Worlds {
  static final long NOW = 1_700_000_000_000L;
  static final long MIB = 1 << 20;
  private static final double GIB = 1L << 30;
  private static final long HOUR = 3_600_000;

  private final List<KubeNode> nodes = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();
  private final List<Workload> workloads = new ArrayList<>();
  private final List<Budget> budgets = new ArrayList<>();
  private final List<Sentence> unread = new ArrayList<>();

  /** Well nodes of these names. */
  static Worlds of(String... names) {
    var worlds = new Worlds();
    for (String name : names) {
      worlds.node(name);
    }
    return worlds;
  }

  /** A well node; what the host itself sends is 0. */
  Worlds node(String name) {
    return node(name, 110, Optional.empty(), HOUR);
  }

  Worlds smallNode(String name, int mostPods) {
    return node(name, mostPods, Optional.empty(), HOUR);
  }

  Worlds closed(String name) {
    return node(name, 110, Optional.of(new Cordon("kubectl", NOW - 9 * HOUR)), HOUR);
  }

  /** Closed, and its disk was full a minute ago. */
  Worlds closedAndIll(String name) {
    return node(name, 110, Optional.of(new Cordon("kubectl", NOW - 9 * HOUR)), 60_000);
  }

  private Worlds node(String name, int mostPods, Optional<Cordon> cordon, long well) {
    List<Taint> taints =
        cordon.isEmpty() ? List.of() : List.of(new Taint(Landing.CORDON, "", "NoSchedule"));
    nodes.add(
        new KubeNode(
            name,
            "uid-" + name,
            new KubeNode.Room(mostPods, 4_000, 16_384 * MIB, 100, 0),
            cordon,
            taints,
            List.of(
                new Condition("Ready", "True", NOW - well),
                new Condition("DiskPressure", "False", NOW - well)),
            1_000,
            new Disk(100 * GIB, 30 * GIB, 100 * GIB, 30 * GIB, 0.1, 0),
            List.of(),
            Set.of("kubernetes.io/hostname")));
    return this;
  }

  /** Changes the node that was made last. */
  Worlds but(UnaryOperator<KubeNode> change) {
    nodes.add(change.apply(nodes.removeLast()));
    return this;
  }

  /** A Deployment whose pods all stand on one node and may stand on any. */
  Worlds free(String name, String node, double... bytes) {
    return workload(name, node, Set.of(), bytes);
  }

  /** The same, pinned there by its host name. */
  Worlds pinned(String name, String node, double... bytes) {
    return workload(name, node, Set.of(node), bytes);
  }

  private Worlds workload(String name, String node, Set<String> eligible, double... bytes) {
    var pins =
        eligible.isEmpty()
            ? List.<SelectorPin>of()
            : List.of(new SelectorPin("kubernetes.io/hostname", node, Set.of()));
    workloads.add(
        new Workload(
            "shop",
            name,
            "uid-" + name,
            "Deployment",
            bytes.length,
            1,
            0,
            true,
            eligible,
            pins,
            ""));
    for (double each : bytes) {
      String pod = name + "-" + pods.size();
      var demand = new Demand(100, 200 * MIB, 100, 200 * MIB, Set.of());
      pods.add(
          new Pod(
              "shop",
              pod,
              "uid-" + pod,
              node,
              "shop/" + name,
              demand,
              each,
              eligible,
              true,
              false,
              ""));
    }
    return this;
  }

  /** Changes the workload that was made last. */
  Worlds changed(UnaryOperator<Workload> change) {
    workloads.add(change.apply(workloads.removeLast()));
    return this;
  }

  /** Changes the pods of the workload that was made last. */
  Worlds pods(UnaryOperator<Pod> change) {
    String last = workloads.getLast().key();
    pods.replaceAll(pod -> pod.owner().equals(last) ? change.apply(pod) : pod);
    return this;
  }

  /** A budget over the workload that was made last. */
  Worlds budget(String name, int allowed) {
    var uids = new HashSet<String>();
    String last = workloads.getLast().key();
    pods.stream().filter(pod -> pod.owner().equals(last)).forEach(pod -> uids.add(pod.uid()));
    budgets.add(new Budget("shop", name, uids, allowed, true));
    return this;
  }

  Worlds unread(Sentence what) {
    unread.add(what);
    return this;
  }

  /** The world: an empty set of eligible nodes means all, and a node carries what its pods send. */
  KubeWorld world() {
    var all = new HashSet<String>();
    nodes.forEach(node -> all.add(node.name()));
    var loaded = new ArrayList<KubeNode>();
    for (KubeNode node : nodes) {
      double used =
          pods.stream()
              .filter(pod -> pod.node().equals(node.name()) && Double.isFinite(pod.bytesPerS()))
              .mapToDouble(Pod::bytesPerS)
              .sum();
      KubeNode.Room room = node.room();
      loaded.add(
          Turned.with(
              node,
              new KubeNode.Room(
                  room.pods(),
                  room.cpuM(),
                  room.memoryBytes(),
                  room.nicBytesPerS(),
                  room.usedNicBytesPerS() + used)));
    }
    return new KubeWorld(
        NOW,
        loaded,
        pods.stream()
            .map(pod -> pod.eligible().isEmpty() ? Turned.eligible(pod, all) : pod)
            .toList(),
        workloads.stream().map(each -> eligible(each, all)).toList(),
        budgets,
        unread);
  }

  /** What is planned for these critical hosts. */
  Proposal plan(String... critical) {
    return KubePlanner.plan(world(), KubeAsk.of(Set.of(critical)));
  }

  private static Workload eligible(Workload each, Set<String> all) {
    var pins =
        each.pins().stream().map(pin -> new SelectorPin(pin.key(), pin.value(), all)).toList();
    Set<String> eligible = each.eligible().isEmpty() ? all : each.eligible();
    return Turned.with(each, Map.of("eligible", eligible, "pins", pins));
  }
}
