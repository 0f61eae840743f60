package holter.lab.kube.store;

import java.util.EnumSet;
import java.util.Set;

/** A kind of object that the simulator keeps. All are of version {@code v1}. */
public enum Kind {
  POD("", "pods", "Pod", true),
  NODE("", "nodes", "Node", false),
  NAMESPACE("", "namespaces", "Namespace", false),
  CONFIG_MAP("", "configmaps", "ConfigMap", true),
  /** Kept in the old form; {@link EventForms} has the new one. */
  EVENT("", "events", "Event", true),
  REPLICATION_CONTROLLER("", "replicationcontrollers", "ReplicationController", true),
  LEASE("coordination.k8s.io", "leases", "Lease", true),
  DEPLOYMENT("apps", "deployments", "Deployment", true),
  REPLICA_SET("apps", "replicasets", "ReplicaSet", true),
  STATEFUL_SET("apps", "statefulsets", "StatefulSet", true),
  DAEMON_SET("apps", "daemonsets", "DaemonSet", true),
  BUDGET("policy", "poddisruptionbudgets", "PodDisruptionBudget", true);

  /** Kinds that count the changes of their spec. */
  private static final Set<Kind> COUNTED =
      EnumSet.of(POD, DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, BUDGET);

  /** Kinds without a part that only controllers write. */
  private static final Set<Kind> PLAIN = EnumSet.of(CONFIG_MAP, EVENT, LEASE);

  private final String group;
  private final String plural;
  private final String word;
  private final boolean namespaced;

  Kind(String group, String plural, String word, boolean namespaced) {
    this.group = group;
    this.plural = plural;
    this.word = word;
    this.namespaced = namespaced;
  }

  public String group() {
    return group;
  }

  public String apiVersion() {
    return group.isEmpty() ? "v1" : group + "/v1";
  }

  public String plural() {
    return plural;
  }

  public String word() {
    return word;
  }

  public boolean namespaced() {
    return namespaced;
  }

  /** Has it {@code metadata.generation}? */
  public boolean counted() {
    return COUNTED.contains(this);
  }

  /** Has it a status that is written by a path of its own? */
  public boolean hasStatus() {
    return !PLAIN.contains(this);
  }

  /** As refusals and rights name it: {@code leases.coordination.k8s.io}. */
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
