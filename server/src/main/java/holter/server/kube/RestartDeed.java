package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.remedy.KubeAct;
import java.util.Comparator;
import java.util.List;

/**
 * Asks the pod of a dead worker to leave, within its budgets; done when it is gone and the one that
 * came for it is ready, wherever it stands. That others of the workload do not serve is no reason
 * to wait: a dead one serves nobody.
 */
final class RestartDeed implements Deed {
  private final PodDeparture pod;

  RestartDeed(KubeCluster cluster, KubeAct.Restart act) {
    this.pod = new PodDeparture(cluster, act.namespace(), act.pod(), act.uid(), act.workload());
  }

  @Override
  public Seen see() {
    return pod.see((stands, now) -> Seen.toDo(), this::gone);
  }

  /**
   * After a crash nobody knows which one came: the youngest is taken for it, of those made in the
   * same second one that is ready.
   */
  private Seen gone(OwnedPods now) {
    List<JsonNode> came =
        pod.came(now).stream()
            .filter(each -> !OwnedPods.leaving(each))
            .sorted(
                Comparator.comparing(OwnedPods::made).thenComparing(OwnedPods::ready).reversed())
            .toList();
    long staying = now.pods().stream().filter(each -> !OwnedPods.leaving(each)).count();
    if (came.isEmpty() || staying < now.replicas()) {
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
    return pod.evict(dryRun);
  }
}
