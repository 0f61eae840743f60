package holter.remedy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tools that close and open nodes of their own accord, and how they are known: by what they leave
 * on a node, and by the name that they write under.
 */
final class NodeOwners {
  /** A tool, and how keys of its labels, annotations, taints and condition types begin. */
  private record Owner(String name, List<String> begins) {}

  private static final List<Owner> OWNERS =
      List.of(
          new Owner("kured", List.of("weave.works/kured", "kured.dev/")),
          new Owner("nodewright", List.of("nodewright.nvidia.com/", "skyhook.nvidia.com/")),
          new Owner("NodeHealthCheck", List.of("remediation.medik8s.io/", "medik8s.io/")),
          new Owner("draino", List.of("draino/", "drainscheduled", "node.kubernetes.io/draino")),
          new Owner("Cluster API", List.of("cluster.x-k8s.io/", "machine.cluster.x-k8s.io/")),
          new Owner("karpenter", List.of("karpenter.sh/", "karpenter.k8s.aws/")),
          new Owner(
              "cluster-autoscaler",
              List.of("tobedeletedbyclusterautoscaler", "deletioncandidateofclusterautoscaler")),
          new Owner("NVIDIA's operator", List.of("nvidia.com/gpu-driver-upgrade")),
          new Owner("machine-config-operator", List.of("machineconfiguration.openshift.io/")),
          new Owner("system-upgrade", List.of("upgrade.cattle.io/", "plan.upgrade.cattle.io/")),
          new Owner("KubeVirt", List.of("kubevirt.io/drain")),
          new Owner("update-operator", List.of("container-linux-update", "flatcar-linux-update")));

  /** Anywhere in a key: somebody has announced work on the node. */
  private static final String MAINTENANCE = "maintenance";

  /** Names that people's own tools write under. */
  private static final List<String> PEOPLE =
      List.of("kubectl", "k9s", "lens", "openlens", "freelens", "headlamp", "oc");

  /** Names that close nodes by themselves, again and again. */
  private static final List<String> AUTOMATA =
      List.of(
          "kured",
          "nodewright",
          "skyhook",
          "node-health",
          "self-node",
          "draino",
          "karpenter",
          "cluster-autoscaler",
          "cluster-api",
          "capi",
          "machine-",
          "manager",
          "kubelet",
          "kube-controller",
          "cloud-",
          "node-problem",
          "npd",
          "descheduler",
          "system-upgrade",
          "gpu-operator",
          "k8s-driver",
          "rancher",
          "eks-",
          "aks-",
          "gke-");

  /** Who closed it. */
  enum Closer {
    PERSON,
    AUTOMATON,
    UNKNOWN
  }

  private NodeOwners() {}

  /** The first tool that one of the marks belongs to; empty when none does. */
  static Optional<String> of(Set<String> marks) {
    return marks.stream().sorted().map(NodeOwners::owner).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> owner(String mark) {
    String key = mark.toLowerCase(Locale.ROOT);
    for (Owner owner : OWNERS) {
      if (owner.begins().stream().anyMatch(key::startsWith)) {
        return Optional.of(owner.name() + " (" + mark + ")");
      }
    }
    return key.contains(MAINTENANCE) ? Optional.of(mark) : Optional.empty();
  }

  /**
   * What a field's manager is. A name that is in neither list is not known: whoever that is may
   * close the node again.
   */
  static Closer closer(String manager) {
    String name = manager.toLowerCase(Locale.ROOT);
    if (PEOPLE.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + "-"))) {
      return Closer.PERSON;
    }
    return AUTOMATA.stream().anyMatch(name::contains) ? Closer.AUTOMATON : Closer.UNKNOWN;
  }
}
