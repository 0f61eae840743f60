package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.remedy.KubeAct;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the pod of a dead worker to leave, within its budgets; done when it is gone and the one that
 * came for it is ready, wherever it stands. That others of the workload do not serve is no reason
 * to wait: a dead one serves nobody.
 */
final class RestartDeed implements Deed {
  private final KubeCluster cluster;
  private final KubeAct.Restart act;

  /** Pods of the workload before this one left; empty: not seen, as after a crash. */
  private Set<String> before = Set.of();

  RestartDeed(KubeCluster cluster, KubeAct.Restart act) {
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
    if (there) {
      before = workload.get().uids();
      return Seen.toDo();
    }
    return followed(workload.get());
  }

  /** After a crash nobody knows which one came: the youngest is taken for it. */
  private Seen followed(OwnedPods now) {
    List<JsonNode> came =
        now.pods().stream()
            .filter(pod -> !OwnedPods.leaving(pod) && !before.contains(OwnedPods.uid(pod)))
            .sorted(Comparator.comparing(OwnedPods::made).reversed())
            .toList();
    if (came.isEmpty() || now.pods().size() < now.replicas()) {
      return Seen.onItsWay("none has come for it yet" + now.unplaced());
    }
    JsonNode next = came.getFirst();
    String name = next.at("/metadata/name").asText();
    return OwnedPods.ready(next)
        ? Seen.after("%s is ready on %s".formatted(name, OwnedPods.node(next)))
        : Seen.onItsWay(name + " is not ready" + now.unplaced());
  }

  @Override
  public KubeCluster.Answer write(boolean dryRun) {
    return OwnedPods.evict(cluster, act.namespace(), act.pod(), act.uid(), dryRun);
  }
}
