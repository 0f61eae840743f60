package holter.server.kube;

import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a pod's volumes let it stand. A claim whose volume is not known counts as local. */
final class WorldVolumes {
  private final Map<String, PersistentVolume> ofClaim = new HashMap<>();
  private final Eligible eligible;

  WorldVolumes(List<PersistentVolume> all, Eligible eligible) {
    this.eligible = eligible;
    for (PersistentVolume volume : all) {
      var claim = volume.getSpec() == null ? null : volume.getSpec().getClaimRef();
      if (claim != null) {
        ofClaim.put(claim.getNamespace() + "/" + claim.getName(), volume);
      }
    }
  }

  /** Keys of the claims that a pod mounts. */
  static List<String> claims(Pod pod) {
    var claims = new ArrayList<String>();
    String namespace = pod.getMetadata().getNamespace() + "/";
    for (Volume each : WorldPods.orNone(pod.getSpec().getVolumes())) {
      if (each.getPersistentVolumeClaim() != null) {
        claims.add(namespace + each.getPersistentVolumeClaim().getClaimName());
      } else if (each.getEphemeral() != null) { // its claim is named after both
        claims.add(namespace + pod.getMetadata().getName() + "-" + each.getName());
      }
    }
    return claims;
  }

  /** Is something of it bound to the host that it stands on? */
  boolean local(Pod pod) {
    boolean hostPath =
        WorldPods.orNone(pod.getSpec().getVolumes()).stream()
            .anyMatch(v -> v.getHostPath() != null);
    return hostPath || claims(pod).stream().anyMatch(claim -> local(claim, pod));
  }

  private boolean local(String claim, Pod pod) {
    PersistentVolume volume = ofClaim.get(claim);
    return volume == null
        || volume.getSpec().getLocal() != null
        || volume.getSpec().getHostPath() != null
        || nodes(volume, pod).map(nodes -> nodes.size() <= 1).orElse(false);
  }

  /** Nodes that its volumes can be had on; empty: on all. */
  Optional<Set<String>> nodesOf(Pod pod) {
    Set<String> common = null;
    for (String claim : claims(pod)) {
      PersistentVolume volume = ofClaim.get(claim);
      Optional<Set<String>> nodes = volume == null ? Optional.empty() : nodes(volume, pod);
      if (nodes.isPresent() && common == null) {
        common = new HashSet<>(nodes.get());
      } else if (nodes.isPresent() && common != null) {
        common.retainAll(nodes.get());
      }
    }
    return Optional.ofNullable(common);
  }

  private Optional<Set<String>> nodes(PersistentVolume volume, Pod pod) {
    var affinity = volume.getSpec().getNodeAffinity();
    if (affinity == null || affinity.getRequired() == null) {
      return Optional.empty();
    }
    List<NodeSelectorTerm> terms = affinity.getRequired().getNodeSelectorTerms();
    return Optional.of(eligible.within(WorldPods.orNone(terms), pod));
  }
}
