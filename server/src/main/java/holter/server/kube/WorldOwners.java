package holter.server.kube;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who makes a pod: climbed from its ReplicaSet to the Deployment, by uid. */
final class WorldOwners {
  private final Map<String, String> deploymentOfSet = new HashMap<>();
  private final Set<String> known;

  /**
   * @param known keys of the workloads that were read: {@code Kind/namespace/name}
   */
  WorldOwners(List<ReplicaSet> sets, Collection<String> known) {
    this.known = Set.copyOf(known);
    for (ReplicaSet set : sets) {
      OwnerReference owner = KubePods.controller(set);
      if (owner != null && "Deployment".equals(owner.getKind())) {
        deploymentOfSet.put(set.getMetadata().getUid(), KubePods.text(owner.getName()));
      }
    }
  }

  /** {@code namespace/name} of the workload; empty when it is none that was read. */
  Optional<String> of(Pod pod) {
    OwnerReference owner = KubePods.controller(pod);
    if (owner == null) {
      return Optional.empty();
    }
    String namespace = KubePods.text(pod.getMetadata().getNamespace());
    return switch (KubePods.text(owner.getKind())) {
      case "ReplicaSet" ->
          key("Deployment", namespace, deploymentOfSet.get(KubePods.text(owner.getUid())));
      case "StatefulSet" -> key("StatefulSet", namespace, owner.getName());
      default -> Optional.empty();
    };
  }

  private Optional<String> key(String kind, String namespace, @Nullable String name) {
    return known.contains(kind + "/" + namespace + "/" + name)
        ? Optional.of(namespace + "/" + name)
        : Optional.empty();
  }
}
