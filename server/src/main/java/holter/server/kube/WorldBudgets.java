package holter.server.kube;

import holter.remedy.KubeWorld;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Disruption budgets, and whom each covers. */
final class WorldBudgets {
  private WorldBudgets() {}

  static KubeWorld.Budget of(PodDisruptionBudget budget, List<Pod> pods) {
    String namespace = KubePods.text(budget.getMetadata().getNamespace());
    LabelSelector selector = budget.getSpec() == null ? null : budget.getSpec().getSelector();
    PodDisruptionBudgetStatus is = budget.getStatus();
    Long generation = budget.getMetadata().getGeneration();
    boolean newest =
        is != null
            && is.getObservedGeneration() != null
            && (generation == null || is.getObservedGeneration() >= generation);
    boolean quiet =
        is != null && (is.getDisruptedPods() == null || is.getDisruptedPods().isEmpty());
    return new KubeWorld.Budget(
        namespace,
        budget.getMetadata().getName(),
        pods.stream()
            .filter(pod -> namespace.equals(pod.getMetadata().getNamespace()))
            .filter(pod -> selects(selector, pod.getMetadata().getLabels()))
            .map(pod -> KubePods.text(pod.getMetadata().getUid()))
            .collect(Collectors.toSet()),
        is == null || is.getDisruptionsAllowed() == null ? 0 : is.getDisruptionsAllowed(),
        newest && quiet);
  }

  /** An empty selector selects all of a namespace, none selects nobody (policy/v1). */
  private static boolean selects(
      @Nullable LabelSelector selector, @Nullable Map<String, String> told) {
    Map<String, String> labels = told == null ? Map.of() : told;
    if (selector == null) {
      return false;
    }
    Map<String, String> equal =
        selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
    return labels.entrySet().containsAll(equal.entrySet())
        && WorldPods.orNone(selector.getMatchExpressions()).stream()
            .allMatch(each -> meets(each, labels.get(each.getKey())));
  }

  private static boolean meets(LabelSelectorRequirement wanted, @Nullable String value) {
    List<String> values = WorldPods.orNone(wanted.getValues());
    return switch (wanted.getOperator()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> true; // who knows what it selects: the pod counts as covered
    };
  }
}
