package holter.server.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a pod may run on: those that its selector and required affinities allow and whose
 * hard taints it tolerates. That a node is cordoned, sick or full is passing and does not count;
 * volumes and resources are not looked at. Judged by the set of nodes, never by a key's name: what
 * one node carries alone is a pin, whatever it is called.
 */
final class Eligible {
  /** Kubernetes' own taints, which come and go with a node's state. */
  private static final String PASSING = "node.kubernetes.io/";

  private final List<Node> nodes;

  Eligible(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Their names; empty when all are. */
  List<String> of(Pod pod) {
    List<String> names = named(node -> allowed(pod, node));
    return names.size() == nodes.size() ? List.of() : names;
  }

  /** Their names, each. */
  Set<String> namesOf(Pod pod) {
    return Set.copyOf(named(node -> allowed(pod, node)));
  }

  /** Nodes that one of the terms holds for, as a volume's affinity has them. */
  Set<String> within(List<NodeSelectorTerm> terms, Pod pod) {
    return Set.copyOf(named(node -> terms.stream().anyMatch(term -> holds(term, pod, node))));
  }

  private List<String> named(Predicate<Node> which) {
    return nodes.stream().filter(which).map(node -> node.getMetadata().getName()).toList();
  }

  private static boolean allowed(Pod pod, Node node) {
    PodSpec spec = pod.getSpec();
    if (spec == null) {
      return true;
    }
    Map<String, String> labels = labels(node);
    boolean selected =
        spec.getNodeSelector() == null
            || spec.getNodeSelector().entrySet().stream()
                .allMatch(want -> want.getValue().equals(labels.get(want.getKey())));
    return selected && affine(spec, pod, node) && tolerated(spec, node);
  }

  private static Map<String, String> labels(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /** Terms are alternatives; what stands in one of them must all hold. */
  private static boolean affine(PodSpec spec, Pod pod, Node node) {
    if (spec.getAffinity() == null
        || spec.getAffinity().getNodeAffinity() == null
        || spec.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()
            == null) {
      return true;
    }
    return spec
        .getAffinity()
        .getNodeAffinity()
        .getRequiredDuringSchedulingIgnoredDuringExecution()
        .getNodeSelectorTerms()
        .stream()
        .anyMatch(term -> holds(term, pod, node));
  }

  private static boolean holds(NodeSelectorTerm term, Pod pod, Node node) {
    List<NodeSelectorRequirement> labels = orNone(term.getMatchExpressions());
    List<NodeSelectorRequirement> fields = orNone(term.getMatchFields());
    if (labels.isEmpty() && fields.isEmpty()) {
      return false; // the scheduler matches an empty term with nothing
    }
    // Of a DaemonSet each pod is bound to its node by its name: that is its nature, and no pin.
    boolean named =
        KubePods.ownerKind(pod).equals("DaemonSet")
            || fields.stream().allMatch(f -> meets(f, node.getMetadata().getName()));
    return named && labels.stream().allMatch(l -> meets(l, labels(node).get(l.getKey())));
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static boolean meets(NodeSelectorRequirement wanted, @Nullable String value) {
    List<String> values = orNone(wanted.getValues());
    return switch (wanted.getOperator()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> compared(value, values) > 0;
      case "Lt" -> compared(value, values) < 0;
      default -> false;
    };
  }

  private static int compared(@Nullable String value, List<String> values) {
    if (value == null || values.size() != 1) {
      return 0;
    }
    try {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  private static boolean tolerated(PodSpec spec, Node node) {
    List<Taint> taints = node.getSpec() == null ? List.of() : orNone(node.getSpec().getTaints());
    List<Toleration> tolerations = orNone(spec.getTolerations());
    return taints.stream()
        .filter(t -> !"PreferNoSchedule".equals(t.getEffect()) && !t.getKey().startsWith(PASSING))
        .allMatch(taint -> tolerations.stream().anyMatch(t -> tolerates(t, taint)));
  }

  private static boolean tolerates(Toleration by, Taint taint) {
    boolean effect =
        by.getEffect() == null
            || by.getEffect().isEmpty()
            || by.getEffect().equals(taint.getEffect());
    boolean all = by.getKey() == null || by.getKey().isEmpty();
    if ("Exists".equals(by.getOperator())) {
      return effect && (all || by.getKey().equals(taint.getKey()));
    }
    String mine = by.getValue() == null ? "" : by.getValue();
    String its = taint.getValue() == null ? "" : taint.getValue();
    return effect && !all && by.getKey().equals(taint.getKey()) && mine.equals(its);
  }
}
