package holter.server.kube;

import holter.diagnose.KubeFact;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node's object tells of it. */
final class KubeNodes {
  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  private KubeNodes() {}

  static KubeFact.NodeSeen seen(Node node, double diskUsedShare) {
    boolean cordoned =
        node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    return new KubeFact.NodeSeen(
        node.getMetadata().getName(),
        cordoned,
        cordoned ? cordonedSince(node) : -1,
        amiss(node),
        taints(node).stream().map(KubeNodes::words).toList(),
        diskUsedShare);
  }

  /** Of Ready what is not true, of all others what is. */
  private static List<String> amiss(Node node) {
    var amiss = new ArrayList<String>();
    boolean ready = false;
    List<NodeCondition> told =
        node.getStatus() == null || node.getStatus().getConditions() == null
            ? List.of()
            : node.getStatus().getConditions();
    for (NodeCondition each : told) {
      boolean holds = "True".equals(each.getStatus());
      if ("Ready".equals(each.getType())) {
        ready = holds;
      } else if (holds) {
        amiss.add(each.getType());
      }
    }
    if (!ready) {
      amiss.add("NotReady");
    }
    return amiss;
  }

  static List<Taint> taints(Node node) {
    return node.getSpec() == null || node.getSpec().getTaints() == null
        ? List.of()
        : node.getSpec().getTaints();
  }

  private static String words(Taint taint) {
    String value = KubePods.text(taint.getValue());
    return taint.getKey() + (value.isEmpty() ? "" : "=" + value) + ":" + taint.getEffect();
  }

  /**
   * A cordon carries neither reason nor date: the entry of who owns the field has its date, unless
   * he wrote another field later; the taint that follows it has its own, unless it was set by hand.
   */
  static long cordonedSince(Node node) {
    long taint =
        taints(node).stream()
            .filter(t -> UNSCHEDULABLE.equals(t.getKey()))
            .mapToLong(t -> wallMs(t.getTimeAdded()))
            .max()
            .orElse(-1);
    if (taint >= 0) {
      return taint;
    }
    List<ManagedFieldsEntry> entries = node.getMetadata().getManagedFields();
    return entries == null
        ? -1
        : entries.stream()
            .filter(KubeNodes::ownsCordon)
            .mapToLong(e -> wallMs(e.getTime()))
            .max()
            .orElse(-1);
  }

  /** Who owns the field, as it names itself; empty when nobody is told. */
  static String cordonedBy(Node node) {
    List<ManagedFieldsEntry> entries = node.getMetadata().getManagedFields();
    return entries == null
        ? ""
        : entries.stream()
            .filter(KubeNodes::ownsCordon)
            .max(Comparator.comparingLong(e -> wallMs(e.getTime())))
            .map(e -> KubePods.text(e.getManager()))
            .orElse("");
  }

  private static boolean ownsCordon(ManagedFieldsEntry entry) {
    return entry.getFieldsV1() != null
        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
        && spec.containsKey("f:unschedulable");
  }

  /** −1 when it is no moment. */
  static long wallMs(@Nullable String time) {
    try {
      return time == null || time.isEmpty() ? -1 : Instant.parse(time).toEpochMilli();
    } catch (DateTimeParseException garbled) {
      return -1;
    }
  }
}
