package holter.lab.bench.remedy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.bench.remedy.RemedyCase.Door;
import holter.lab.bench.remedy.RemedyCase.Work;
import holter.lab.kube.store.Json;
import holter.remedy.KubeNode;
import holter.remedy.KubeWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A cluster of the simulator as a planner is told of it. */
final class RemedyWorld {
  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final double GIB = 1L << 30;
  private static final long MIB = 1 << 20;
  private static final Map<String, Long> MEMORY =
      Map.of("", 0L, "200Mi", 200 * MIB, "512Mi", 512 * MIB, "1Gi", 1_024 * MIB);

  private final RemedyCluster cluster;
  private final Set<String> names;

  private RemedyWorld(RemedyCluster cluster) {
    this.cluster = cluster;
    this.names =
        cluster.given().nodes().stream()
            .map(RemedyCase.Node::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  static KubeWorld of(RemedyCluster cluster) {
    var world = new RemedyWorld(cluster);
    return new KubeWorld(
        NOW,
        cluster.given().nodes().stream().map(world::node).toList(),
        cluster.given().works().stream()
            .flatMap(work -> cluster.pods(work.name()).stream().map(pod -> world.pod(work, pod)))
            .toList(),
        cluster.given().works().stream().map(world::workload).toList(),
        cluster.budgets().stream().map(world::budget).toList(),
        List.of());
  }

  private KubeNode node(RemedyCase.Node node) {
    ObjectNode object =
        cluster.nodes().stream()
            .filter(each -> Json.name(each).equals(node.name()))
            .findFirst()
            .orElseThrow();
    double used =
        cluster.pods().stream()
            .filter(pod -> RemedyCluster.node(pod).equals(node.name()))
            .mapToDouble(cluster::bytes)
            .sum();
    boolean closed = node.door() != Door.OPEN;
    long since = NOW - (node.door() == Door.ILL ? MINUTE : 5 * HOUR);
    return new KubeNode(
        node.name(),
        Json.uid(object),
        new KubeNode.Room(110, 8_000, 32_768 * MIB, RemedyCase.NIC, used),
        closed ? Optional.of(new KubeNode.Cordon("kubectl", NOW - 9 * HOUR)) : Optional.empty(),
        closed
            ? List.of(new KubeNode.Taint("node.kubernetes.io/unschedulable", "", "NoSchedule"))
            : List.of(),
        List.of(
            new KubeNode.Condition("Ready", "True", NOW - 9 * HOUR),
            new KubeNode.Condition("DiskPressure", "False", since)),
        1_000,
        new KubeNode.Disk(100 * GIB, 30 * GIB, 100 * GIB, 30 * GIB, 0.1, 0),
        List.of(),
        Set.of());
  }

  private Set<String> eligible(Work work) {
    return work.pinned() ? Set.of(work.on()) : names;
  }

  private KubeWorld.Pod pod(Work work, ObjectNode pod) {
    long cpu = work.cpu().isEmpty() ? 0 : Long.parseLong(work.cpu().replace("m", ""));
    long memory = MEMORY.getOrDefault(work.memory(), 0L);
    var demand =
        new KubeWorld.Demand(
            cpu, memory, cpu == 0 ? 100 : cpu, memory == 0 ? 200 * MIB : memory, Set.of());
    return new KubeWorld.Pod(
        RemedyCase.SPACE,
        Json.name(pod),
        Json.uid(pod),
        RemedyCluster.node(pod),
        RemedyCase.SPACE + "/" + work.name(),
        demand,
        cluster.bytes(pod),
        eligible(work),
        true,
        false,
        "");
  }

  private KubeWorld.Workload workload(Work work) {
    return new KubeWorld.Workload(
        RemedyCase.SPACE,
        work.name(),
        cluster.uid(work.name()),
        "Deployment",
        work.replicas(),
        1, // a quarter of at most four, rounded up
        work.replicas() / 4,
        true,
        eligible(work),
        work.pinned()
            ? List.of(new KubeWorld.SelectorPin(RemedyCluster.HOST_NAME, work.on(), names))
            : List.of(),
        work.managed() ? "argocd" : "");
  }

  private KubeWorld.Budget budget(ObjectNode budget) {
    return new KubeWorld.Budget(
        RemedyCase.SPACE,
        Json.name(budget),
        cluster.pods(Json.name(budget)).stream().map(Json::uid).collect(Collectors.toSet()),
        budget.at("/status/disruptionsAllowed").asInt(),
        true);
  }
}
