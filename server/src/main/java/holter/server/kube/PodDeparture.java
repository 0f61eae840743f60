package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.server.kube.Deed.Seen;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A pod that is asked to leave, and the workload that makes another. Not thread-safe. */
final class PodDeparture {
  private final KubeCluster cluster;
  private final String namespace;
  private final String pod;
  private final String uid;
  private final String workload;

  /** Pods of the workload before this one left; empty: not seen, as after a crash. */
  private Set<String> before = Set.of();

  /**
   * @param uid of the very pod; another one of that name stays
   * @param workload {@code namespace/name}
   */
  PodDeparture(KubeCluster cluster, String namespace, String pod, String uid, String workload) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.pod = pod;
    this.uid = uid;
    this.workload = workload;
  }

  private String path() {
    return "/api/v1/namespaces/" + namespace + "/pods/" + pod;
  }

  /**
   * Looks at both.
   *
   * @param there what it means that the pod stands and stays
   * @param gone what it means that it is gone, by who is left
   * @throws KubernetesClientException when it cannot be told
   */
  Seen see(BiFunction<JsonNode, OwnedPods, Seen> there, Function<OwnedPods, Seen> gone) {
    Optional<JsonNode> found = cluster.tree(path());
    boolean same = found.isPresent() && OwnedPods.uid(found.get()).equals(uid);
    if (found.isPresent() && !same && !keepsName(found.get())) {
      return Seen.other("pod/" + namespace + "/" + pod + " is another one now");
    }
    if (same && OwnedPods.leaving(found.orElseThrow())) {
      return Seen.onItsWay("it is leaving");
    }
    Optional<OwnedPods> now = OwnedPods.read(cluster, workload);
    if (now.isEmpty()) {
      return Seen.other("there is no " + workload + " any more, which would make another");
    }
    if (!same) {
      return gone.apply(now.get());
    }
    before = now.get().uids();
    return there.apply(found.orElseThrow(), now.get());
  }

  /** Of a StatefulSet the next pod has the same name. */
  private static boolean keepsName(JsonNode pod) {
    for (JsonNode owner : pod.at("/metadata/ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner.path("kind").asText().equals("StatefulSet");
      }
    }
    return false;
  }

  /** Whether it was seen who was there before it left. */
  boolean sawBefore() {
    return !before.isEmpty();
  }

  /** Those that were not there before; all of them when that was not seen. */
  List<JsonNode> came(OwnedPods now) {
    return now.pods().stream().filter(each -> !before.contains(OwnedPods.uid(each))).toList();
  }

  /**
   * Asks it to leave, within its budgets.
   *
   * @throws KubernetesClientException when there is no answer
   */
  KubeCluster.Answer evict(boolean dryRun) {
    ObjectNode eviction = KubeCluster.object().put("apiVersion", "policy/v1");
    eviction.put("kind", "Eviction");
    eviction.putObject("metadata").put("name", pod).put("namespace", namespace);
    eviction.putObject("deleteOptions").putObject("preconditions").put("uid", uid);
    String query = dryRun ? "?dryRun=All" : "";
    return cluster.send("POST", path() + "/eviction" + query, "application/json", eviction);
  }
}
