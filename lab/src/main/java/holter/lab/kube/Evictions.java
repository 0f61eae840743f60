package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Deletion;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Refusal;
import holter.lab.kube.store.Selector;
import java.util.List;
import java.util.Set;

/** The eviction of a pod: its deletion, if the disruption budget lets it go. */
final class Evictions {
  private static final int DISRUPTED_MAX = 2_000;
  private static final int STILL_PROCESSED_S = 10;
  private static final Set<String> FREE = Set.of("Pending", "Succeeded", "Failed");

  private final ObjectStore store;

  Evictions(ObjectStore store) {
    this.store = store;
  }

  /**
   * Evicts.
   *
   * @param eviction of policy/v1
   * @throws Refusal 429 by the budget, 409 by a precondition, 500 when there are several budgets
   */
  ObjectNode evict(String namespace, String name, ObjectNode eviction, boolean dryRun) {
    if (!Json.name(eviction).isEmpty() && !Json.name(eviction).equals(name)) {
      throw Refusal.bad("name in URL does not match name in Eviction object");
    }
    return store.atomically(
        () -> {
          ObjectNode pod = store.get(Kind.POD, namespace, name);
          JsonNode only = eviction.at("/deleteOptions/preconditions");
          var deletion =
              new Deletion(
                  only.path("uid").asText(),
                  only.path("resourceVersion").asText(),
                  eviction.at("/deleteOptions/gracePeriodSeconds").asLong(-1),
                  dryRun);
          store.delete( // only to see whether the preconditions hold
              Kind.POD,
              namespace,
              name,
              new Deletion(deletion.uid(), deletion.version(), -1, true));
          if (!FREE.contains(pod.at("/status/phase").asText()) && !Json.leaving(pod)) {
            spend(namespace, pod, dryRun);
          }
          go(namespace, pod, deletion);
          return Json.object()
              .put("kind", "Status")
              .put("apiVersion", "v1")
              .put("status", "Success")
              .put("code", 201);
        });
  }

  private void go(String namespace, ObjectNode pod, Deletion deletion) {
    String name = Json.name(pod);
    boolean over = Set.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
    String version = deletion.version();
    if (!deletion.dryRun() && !over) {
      ObjectNode marked =
          store.change(
              Kind.POD,
              namespace,
              name,
              "kube-apiserver",
              each ->
                  Json.condition(each, "DisruptionTarget", "True", "EvictionByEvictionAPI")
                      .put("message", "Eviction API: evicting"));
      version = version.isEmpty() ? "" : Json.meta(marked, "resourceVersion");
    }
    store.delete(
        Kind.POD,
        namespace,
        name,
        new Deletion(deletion.uid(), version, deletion.graceS(), deletion.dryRun()));
  }

  private void spend(String namespace, ObjectNode pod, boolean dryRun) {
    List<ObjectNode> budgets =
        store.list(Kind.BUDGET, namespace).items().stream()
            .filter(b -> b.at("/spec").has("selector"))
            .filter(b -> Selector.matching(b.at("/spec/selector")).test(pod))
            .toList();
    if (budgets.size() > 1) {
      throw Refusal.internal(
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
              + " support.");
    }
    if (budgets.isEmpty() || unhealthyGoesFree(budgets.getFirst(), pod)) {
      return;
    }
    ObjectNode budget = budgets.getFirst();
    check(budget);
    if (dryRun) {
      return; // each of several passes alone
    }
    store.change(
        Kind.BUDGET,
        namespace,
        Json.name(budget),
        "kube-apiserver",
        each -> {
          ObjectNode status = each.withObjectProperty("status");
          int left = status.path("disruptionsAllowed").asInt() - 1;
          status.put("disruptionsAllowed", left);
          status.withObjectProperty("disruptedPods").put(Json.name(pod), Json.now());
          if (left == 0) {
            Json.condition(each, "DisruptionAllowed", "False", "InsufficientPods");
          }
        });
  }

  private static boolean unhealthyGoesFree(ObjectNode budget, ObjectNode pod) {
    if (Json.conditionStatus(pod, "Ready").equals("True")) {
      return false;
    }
    if (budget.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow")) {
      return true;
    }
    int desired = budget.at("/status/desiredHealthy").asInt();
    return desired > 0 && budget.at("/status/currentHealthy").asInt() >= desired;
  }

  private static void check(ObjectNode budget) {
    JsonNode status = budget.path("status");
    String name = Json.name(budget);
    if (status.path("observedGeneration").asLong() < budget.at("/metadata/generation").asLong()) {
      throw Refusal.tooMany(
          "The disruption budget " + name + " is still being processed by the server.",
          STILL_PROCESSED_S);
    }
    int allowed = status.path("disruptionsAllowed").asInt();
    if (allowed < 0) {
      throw Refusal.forbidden(name + " is forbidden: pdb disruptions allowed is negative");
    }
    if (status.path("disruptedPods").size() > DISRUPTED_MAX) {
      throw Refusal.forbidden(name + " is forbidden: DisruptedPods map too big");
    }
    if (allowed == 0) {
      throw Refusal.tooMany(
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  name,
                  status.path("desiredHealthy").asInt(),
                  status.path("currentHealthy").asInt()),
          0);
    }
  }
}
