package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts for each disruption budget who is healthy, and how many may still be disrupted. */
final class Budgets {
  /** For so long an evicted pod counts as leaving, though it does not show it. */
  private static final double DISRUPTED_S = 120;

  private final ObjectStore store;

  Budgets(ObjectStore store) {
    this.store = store;
  }

  void look() {
    for (ObjectNode budget : store.peek(Kind.BUDGET)) {
      store.change(
          Kind.BUDGET,
          Json.namespace(budget),
          Json.name(budget),
          "kube-controller-manager",
          this::count);
    }
  }

  private void count(ObjectNode budget) {
    var selects = Selector.matching(budget.at("/spec/selector"));
    List<ObjectNode> pods =
        budget.path("spec").has("selector")
            ? store.peek(Kind.POD).stream()
                .filter(pod -> Json.namespace(pod).equals(Json.namespace(budget)))
                .filter(selects)
                .toList()
            : List.of();
    ObjectNode status = budget.withObjectProperty("status");
    disrupted(status, pods);
    int healthy =
        (int)
            pods.stream()
                .filter(pod -> !Json.leaving(pod) && ReplicaSets.ready(pod))
                .filter(pod -> !status.path("disruptedPods").has(Json.name(pod)))
                .count();
    int expected = expected(budget, pods);
    int desired = desired(budget.path("spec"), expected);
    int allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
    status
        .put("currentHealthy", healthy)
        .put("desiredHealthy", desired)
        .put("expectedPods", expected)
        .put("disruptionsAllowed", allowed)
        .put("observedGeneration", budget.at("/metadata/generation").asLong());
    Json.condition(
        budget,
        "DisruptionAllowed",
        allowed > 0 ? "True" : "False",
        allowed > 0 ? "SufficientPods" : "InsufficientPods");
  }

  private static void disrupted(ObjectNode status, List<ObjectNode> pods) {
    ObjectNode kept = Json.object();
    for (ObjectNode pod : pods) {
      JsonNode since = status.path("disruptedPods").path(Json.name(pod));
      if (since.isTextual() && !Json.leaving(pod) && Json.ageS(since.asText()) < DISRUPTED_S) {
        kept.set(Json.name(pod), since);
      }
    }
    status.set("disruptedPods", kept);
  }

  /** How many there should be: as their controllers have it, or as many as are. */
  private int expected(ObjectNode budget, List<ObjectNode> pods) {
    JsonNode least = budget.at("/spec/minAvailable");
    if (!least.isMissingNode() && !least.asText().endsWith("%")) {
      return pods.size();
    }
    Map<String, Integer> scales = new HashMap<>();
    for (ObjectNode pod : pods) {
      JsonNode owner = Json.controller(pod);
      scales.put(owner.path("uid").asText(), scale(owner.path("uid").asText()));
    }
    return scales.values().stream().mapToInt(Integer::intValue).sum();
  }

  private int scale(String uid) {
    List<ObjectNode> owners = new ArrayList<>(store.peek(Kind.REPLICA_SET));
    owners.addAll(store.peek(Kind.STATEFUL_SET));
    owners.addAll(store.peek(Kind.DEPLOYMENT));
    for (ObjectNode owner : owners) {
      if (Json.uid(owner).equals(uid)) {
        JsonNode above = Json.controller(owner);
        return above.isMissingNode()
            ? Deployments.replicas(owner)
            : scale(above.path("uid").asText());
      }
    }
    return 0;
  }

  private static int desired(JsonNode spec, int expected) {
    if (spec.has("maxUnavailable")) {
      return Math.max(0, expected - Counts.of(spec.path("maxUnavailable"), expected, true));
    }
    return spec.has("minAvailable") ? Counts.of(spec.path("minAvailable"), expected, true) : 0;
  }
}
