package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.remedy.KubeAct;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a pod to leave, within its budgets; done when it is gone and its workload serves in full
 * again. That the one that came for it stands on the same node is a failure: the next eviction
 * would end there as well.
 */
final class EvictDeed implements Deed {
  private final KubeCluster cluster;
  private final KubeAct.Evict act;

  /** Pods of the workload before this one left; empty: not seen, as after a crash. */
  private Set<String> before = Set.of();

  EvictDeed(KubeCluster cluster, KubeAct.Evict act) {
    this.cluster = cluster;
    this.act = act;
  }

  private String path() {
    return "/api/v1/namespaces/" + act.namespace() + "/pods/" + act.pod();
  }

  @Override
  public Seen see() {
    Optional<JsonNode> pod = cluster.tree(path());
    boolean there = pod.isPresent() && OwnedPods.uid(pod.get()).equals(act.uid());
    if (pod.isPresent() && !there && !followed(pod.get())) {
      return Seen.other(act.target() + " is another one now");
    }
    if (there && OwnedPods.leaving(pod.orElseThrow())) {
      return Seen.onItsWay("it is leaving");
    }
    Optional<OwnedPods> workload = workload();
    if (workload.isEmpty()) {
      return Seen.other("there is no " + act.workload() + " any more, which would make another");
    }
    OwnedPods now = workload.get();
    int serving = now.readyBut(act.uid()).size();
    if (!there) {
      return serving < now.replicas()
          ? Seen.onItsWay(
              "%d of %d of %s serve%s"
                  .formatted(serving, now.replicas(), act.workload(), now.unplaced()))
          : landed(now);
    }
    String on = OwnedPods.node(pod.orElseThrow());
    if (!on.equals(act.from())) {
      return Seen.other("it stands on %s, not on %s".formatted(on, act.from()));
    }
    before = now.uids();
    return serving < now.replicas() - 1
        ? Seen.onItsWay(
            "only %d others of %d of %s serve".formatted(serving, now.replicas(), act.workload()))
        : Seen.toDo();
  }

  /** Of a StatefulSet the next pod has the same name. */
  private static boolean followed(JsonNode pod) {
    for (JsonNode owner : pod.at("/metadata/ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner.path("kind").asText().equals("StatefulSet");
      }
    }
    return false;
  }

  private Optional<OwnedPods> workload() {
    String name = act.workload().substring(act.workload().indexOf('/') + 1);
    return OwnedPods.read(cluster, "deployments", act.namespace(), name)
        .or(() -> OwnedPods.read(cluster, "statefulsets", act.namespace(), name));
  }

  /** Where the one that came for it stands. */
  private Seen landed(OwnedPods now) {
    List<JsonNode> came =
        before.isEmpty()
            ? List.of()
            : now.pods().stream().filter(pod -> !before.contains(OwnedPods.uid(pod))).toList();
    if (came.size() != 1) {
      return Seen.after("it is gone; which one came for it is not known");
    }
    String on = OwnedPods.node(came.getFirst());
    if (on.equals(act.from())) {
      return Seen.other("the one that came for it stands on " + on + " again");
    }
    return Seen.after(
        "another stands on %s%s"
            .formatted(
                on, on.equals(act.lands()) ? ", as foretold" : "; foretold was " + act.lands()));
  }

  @Override
  public KubeCluster.Answer write(boolean dryRun) {
    ObjectNode eviction = KubeCluster.object().put("apiVersion", "policy/v1");
    eviction.put("kind", "Eviction");
    eviction.putObject("metadata").put("name", act.pod()).put("namespace", act.namespace());
    eviction.putObject("deleteOptions").putObject("preconditions").put("uid", act.uid());
    String query = dryRun ? "?dryRun=All" : "";
    return cluster.send("POST", path() + "/eviction" + query, "application/json", eviction);
  }
}
