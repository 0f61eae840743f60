package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.remedy.KubeAct;
import java.util.List;

/**
 * Asks a pod to leave, within its budgets; done when it is gone and its workload serves in full
 * again. That the one that came for it stands on the same node is a failure: the next eviction
 * would end there as well.
 */
final class EvictDeed implements Deed {
  private final KubeAct.Evict act;
  private final PodDeparture pod;

  EvictDeed(KubeCluster cluster, KubeAct.Evict act) {
    this.act = act;
    this.pod = new PodDeparture(cluster, act.namespace(), act.pod(), act.uid(), act.workload());
  }

  @Override
  public Seen see() {
    return pod.see(this::there, this::gone);
  }

  private Seen there(JsonNode stands, OwnedPods now) {
    int serving = now.readyBut(act.uid()).size();
    String on = OwnedPods.node(stands);
    if (!on.equals(act.from())) {
      return Seen.other("it stands on %s, not on %s".formatted(on, act.from()));
    }
    return serving < now.replicas() - 1
        ? Seen.onItsWay(
            "only %d others of %d of %s serve".formatted(serving, now.replicas(), act.workload()))
        : Seen.toDo();
  }

  private Seen gone(OwnedPods now) {
    int serving = now.readyBut(act.uid()).size();
    return serving < now.replicas()
        ? Seen.onItsWay(
            "%d of %d of %s serve%s"
                .formatted(serving, now.replicas(), act.workload(), now.unplaced()))
        : landed(now);
  }

  /** Where the one that came for it stands. */
  private Seen landed(OwnedPods now) {
    List<JsonNode> came = pod.sawBefore() ? pod.came(now) : List.of();
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
    return pod.evict(dryRun);
  }
}
