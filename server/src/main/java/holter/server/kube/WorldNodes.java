package holter.server.kube;

import holter.remedy.KubeNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nodes as a plan needs to know them. */
final class WorldNodes {
  private static final String ZONE = "topology.kubernetes.io/zone";

  private WorldNodes() {}

  /**
   * What is told of a node elsewhere than in its object.
   *
   * @param nicBytesPerS NaN when nobody said
   * @param leaseAgeMs −1 when not told
   */
  record Aside(
      double nicBytesPerS,
      Kubelets.Figures figures,
      long leaseAgeMs,
      List<KubeNode.NodeEvent> events) {}

  static KubeNode of(Node node, Aside aside) {
    return new KubeNode(
        node.getMetadata().getName(),
        KubePods.text(node.getMetadata().getUid()),
        room(node, aside),
        cordon(node),
        KubeNodes.taints(node).stream().map(WorldNodes::taint).toList(),
        conditions(node),
        aside.leaseAgeMs(),
        aside.figures().disk(),
        aside.events(),
        marks(node),
        zone(node));
  }

  private static KubeNode.Room room(Node node, Aside aside) {
    Map<String, Quantity> has =
        node.getStatus() == null || node.getStatus().getAllocatable() == null
            ? Map.of()
            : node.getStatus().getAllocatable();
    return new KubeNode.Room(
        (int) Quantities.whole(has.get("pods")),
        Quantities.milli(has.get("cpu")),
        Quantities.whole(has.get("memory")),
        aside.nicBytesPerS(),
        aside.figures().bytesPerS());
  }

  private static Optional<KubeNode.Cordon> cordon(Node node) {
    boolean closed =
        node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    return closed
        ? Optional.of(
            new KubeNode.Cordon(KubeNodes.cordonedBy(node), KubeNodes.cordonedSince(node)))
        : Optional.empty();
  }

  private static KubeNode.Taint taint(Taint taint) {
    return new KubeNode.Taint(
        KubePods.text(taint.getKey()),
        KubePods.text(taint.getValue()),
        KubePods.text(taint.getEffect()));
  }

  private static List<KubeNode.Condition> conditions(Node node) {
    List<NodeCondition> told = node.getStatus() == null ? null : node.getStatus().getConditions();
    return told == null
        ? List.of()
        : told.stream()
            .map(
                each ->
                    new KubeNode.Condition(
                        KubePods.text(each.getType()),
                        KubePods.text(each.getStatus()),
                        KubeNodes.wallMs(each.getLastTransitionTime())))
            .toList();
  }

  private static Set<String> marks(Node node) {
    var marks = new HashSet<String>();
    marks.addAll(keys(node.getMetadata().getLabels()));
    marks.addAll(keys(node.getMetadata().getAnnotations()));
    KubeNodes.taints(node).forEach(taint -> marks.add(KubePods.text(taint.getKey())));
    return marks;
  }

  private static String zone(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(ZONE, "");
  }

  private static Set<String> keys(@Nullable Map<String, String> map) {
    return map == null ? Set.of() : map.keySet();
  }

  /** Amounts as Kubernetes writes them; 0 when not told. */
  static final class Quantities {
    private Quantities() {}

    static long whole(@Nullable Quantity quantity) {
      return amount(quantity).longValue();
    }

    /** In thousandths, rounded up as the scheduler does. */
    static long milli(@Nullable Quantity quantity) {
      return amount(quantity)
          .movePointRight(3)
          .setScale(0, java.math.RoundingMode.CEILING)
          .longValue();
    }

    private static BigDecimal amount(@Nullable Quantity quantity) {
      return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }
  }
}
