package holter.remedy;

import holter.words.Sentence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Kubernetes cluster as it was read at one time: what a plan may rest on. What could not be read
 * is named, and never taken for absent.
 *
 * @param unread what was not told, with the reason; one that names {@value #BUDGETS}: no pod may be
 *     evicted
 */
public record KubeWorld(
    long readAtWallMs,
    List<KubeNode> nodes,
    List<Pod> pods,
    List<Workload> workloads,
    List<Budget> budgets,
    List<Sentence> unread) {
  /** What budgets are called where they could not be read. */
  public static final String BUDGETS = "poddisruptionbudgets";

  public KubeWorld {
    nodes = List.copyOf(nodes);
    pods = List.copyOf(pods);
    workloads = List.copyOf(workloads);
    budgets = List.copyOf(budgets);
    unread = List.copyOf(unread);
  }

  /**
   * What a pod asks for.
   *
   * @param cpuM requested millicores, real requests only
   * @param assumedCpuM the same, where a container without a request counts as 100 m: so the
   *     scheduler scores
   * @param assumedMemoryBytes likewise, 200 MiB
   * @param hostPorts as {@code TCP/6667}
   */
  public record Demand(
      long cpuM,
      long memoryBytes,
      long assumedCpuM,
      long assumedMemoryBytes,
      Set<String> hostPorts) {
    public Demand {
      hostPorts = Set.copyOf(hostPorts);
    }
  }

  /**
   * A pod that is bound and not over.
   *
   * @param owner what makes another when it leaves: {@code namespace/name} of a {@link Workload};
   *     empty: nobody that Holter knows
   * @param bytesPerS of its network, the busier direction; NaN when not known
   * @param eligible nodes that its own spec allows, cordons and passing taints aside
   * @param leaving it is being deleted
   * @param stays why it is never evicted: {@code DaemonSet}, {@code mirror}, {@code emptyDir},
   *     {@code hostNetwork}, {@code localVolume}, {@code noController}, or the kind of an owner
   *     that Holter does not know; empty when it may be
   */
  public record Pod(
      String namespace,
      String name,
      String uid,
      String node,
      String owner,
      Demand demand,
      double bytesPerS,
      Set<String> eligible,
      boolean ready,
      boolean leaving,
      String stays) {
    public Pod {
      eligible = Set.copyOf(eligible);
    }

    /** As plans name it. */
    public String key() {
      return namespace + "/" + name;
    }
  }

  /**
   * Who makes pods.
   *
   * @param kind {@code Deployment}, {@code StatefulSet} …; only a Deployment is ever changed
   * @param replicas wanted
   * @param maxSurge pods above it during a rollout, rounded as Kubernetes does
   * @param maxUnavailable pods below it, rounded as Kubernetes does
   * @param settled no rollout is under way, and all replicas are available
   * @param eligible nodes that its template allows, cordons and passing taints aside
   * @param pins keys of the template's node selector that narrow it
   * @param managedBy who would take a change back: {@code argocd}, {@code flux}, {@code helm}, an
   *     owner's kind and name; empty: nobody
   */
  public record Workload(
      String namespace,
      String name,
      String uid,
      String kind,
      int replicas,
      int maxSurge,
      int maxUnavailable,
      boolean settled,
      Set<String> eligible,
      List<SelectorPin> pins,
      String managedBy) {
    public Workload {
      eligible = Set.copyOf(eligible);
      pins = List.copyOf(pins);
    }

    /** What {@link Pod#owner} names. */
    public String key() {
      return namespace + "/" + name;
    }
  }

  /**
   * One key of a template's node selector.
   *
   * @param eligibleWithout nodes that the template would allow without it
   */
  public record SelectorPin(String key, String value, Set<String> eligibleWithout) {
    public SelectorPin {
      eligibleWithout = Set.copyOf(eligibleWithout);
    }
  }

  /**
   * A disruption budget.
   *
   * @param pods uids of the pods that it covers
   * @param allowed disruptions that it allows now
   * @param settled its count is of the newest state, and no disruption is under way
   */
  public record Budget(
      String namespace, String name, Set<String> pods, int allowed, boolean settled) {
    public Budget {
      pods = Set.copyOf(pods);
    }
  }

  /** Whether the budgets are all there are: what could not be read is in {@code unread}. */
  public boolean budgetsRead() {
    return unread.stream()
        .flatMap(each -> each.args().stream())
        .noneMatch(arg -> arg.toString().equals(BUDGETS));
  }

  /** A node by its name. */
  public Optional<KubeNode> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /** A workload by its key. */
  public Optional<Workload> workload(String key) {
    return workloads.stream().filter(workload -> workload.key().equals(key)).findFirst();
  }

  /** Pods on a node. */
  public List<Pod> on(String node) {
    return pods.stream().filter(pod -> pod.node().equals(node)).toList();
  }
}
