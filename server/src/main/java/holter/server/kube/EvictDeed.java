package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
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

  @Override
  public Seen see() {
    Optional<JsonNode> pod = cluster.tree(OwnedPods.path(act.namespace(), act.pod()));
    boolean there = pod.isPresent() && OwnedPods.uid(pod.get()).equals(act.uid());
    if (pod.isPresent() && !there && !OwnedPods.keepsName(pod.get())) {
      return Seen.other(act.target() + " is another one now");
    }
    if (there && OwnedPods.leaving(pod.orElseThrow())) {
      return Seen.onItsWay("it is leaving");
    }
    Optional<OwnedPods> workload = OwnedPods.read(cluster, act.workload());
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
    return OwnedPods.evict(cluster, act.namespace(), act.pod(), act.uid(), dryRun);
  }
}
