package holter.lab.kube;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Who may do what. Rights only add up.
 *
 * @param user as refusals and audits name it
 */
public record Role(String user, List<Right> rights) {
  /** What the guard of remedies watches over. */
  public static final String REMEDY = "holter-remedy";

  private static final String NODE_LEASES = "kube-node-lease";
  private static final Set<String> READ = Set.of("get", "list", "watch");

  public Role {
    rights = List.copyOf(rights);
  }

  /**
   * A rule of RBAC.
   *
   * @param verbs {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code
   *     patch}, {@code delete}
   * @param resources with part and without group: {@code pods/eviction}
   * @param names of objects; empty: of all
   * @param namespace empty: in all, and what is in none
   */
  public record Right(
      Set<String> verbs, String group, Set<String> resources, Set<String> names, String namespace) {
    public Right {
      verbs = Set.copyOf(verbs);
      resources = Set.copyOf(resources);
      names = Set.copyOf(names);
    }

    boolean gives(String verb, Target target) {
      String part = target.part().isEmpty() ? "" : "/" + target.part().replaceFirst("/.*", "");
      return verbs.contains(verb)
          && group.equals(target.group())
          && resources.contains(target.kind().plural() + part)
          && (names.isEmpty() || names.contains(target.name()))
          && (namespace.isEmpty() || namespace.equals(target.namespace()));
    }
  }

  boolean may(String verb, Target target) {
    return rights.stream().anyMatch(right -> right.gives(verb, target));
  }

  private static Right read(String group, String... resources) {
    return new Right(READ, group, Set.of(resources), Set.of(), "");
  }

  /** Reads what a diagnosis needs, the kubelets' figures too; writes nothing. */
  public static Role diagnose() {
    return new Role(
        "holter-diagnose",
        List.of(
            read("", "nodes", "pods", "namespaces", "events", "replicationcontrollers"),
            read("apps", "deployments", "replicasets", "statefulsets", "daemonsets"),
            read("policy", "poddisruptionbudgets"),
            read("events.k8s.io", "events"),
            right(Set.of("get", "list"), "coordination.k8s.io", "leases", Set.of(), NODE_LEASES),
            read("", "nodes/stats", "nodes/proxy")));
  }

  /** Changes the named nodes and Deployments of one namespace, and evicts its pods. */
  public static Role remedy(
      String namespace, Collection<String> nodes, Collection<String> deployments) {
    List<Right> rights = new ArrayList<>();
    rights.add(right(Set.of("create"), "", "pods/eviction", Set.of(), namespace));
    rights.add(right(READ, "", "pods", Set.of(), namespace));
    rights.add(right(Set.of("get"), "apps", "deployments", Set.of(), namespace));
    rights.add(right(Set.of("get"), "apps", "statefulsets", Set.of(), namespace));
    rights.add(right(Set.of("create", "patch"), "events.k8s.io", "events", Set.of(), ""));
    rights.add(right(Set.of("create", "patch"), "", "events", Set.of(), ""));
    if (!nodes.isEmpty()) { // no name would mean all
      rights.add(right(Set.of("get", "patch"), "", "nodes", Set.copyOf(nodes), ""));
    }
    if (!deployments.isEmpty()) {
      rights.add(
          right(Set.of("get", "patch"), "apps", "deployments", Set.copyOf(deployments), namespace));
    }
    return new Role(REMEDY, rights);
  }

  /** Holds the one Lease, and keeps the plan in a ConfigMap. */
  public static Role leader(String namespace) {
    Set<String> verbs = Set.of("get", "update", "create");
    return new Role(
        "holter-leader",
        List.of(
            right(verbs, "coordination.k8s.io", "leases", Set.of(), namespace),
            right(verbs, "", "configmaps", Set.of(), namespace)));
  }

  private static Right right(
      Set<String> verbs, String group, String resource, Set<String> names, String namespace) {
    return new Right(verbs, group, Set.of(resource), names, namespace);
  }
}
