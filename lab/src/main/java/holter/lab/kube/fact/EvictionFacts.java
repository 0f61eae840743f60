package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.at;
import static holter.lab.kube.fact.Ask.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.FakeKubelet;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.Wire;
import holter.lab.kube.store.Json;
import java.util.List;

/** What must hold of evictions. */
final class EvictionFacts {
  private static final String WRONG_UID = "00000000-0000-0000-0000-000000000000";

  private EvictionFacts() {}

  static final List<Fact> ALL =
      List.of(
          Fact.onNodes(25, "an eviction within budget says why the pod goes", EvictionFacts::goes),
          Fact.onNodes(26, "one beyond it: 429, its cause, no Retry-After", EvictionFacts::refused),
          Fact.onNodes(27, "budgets count for real, not in a dry run", EvictionFacts::twoOfOne),
          Fact.onNodes(28, "an eviction by a wrong uid: 409", EvictionFacts::wrongUid),
          Fact.onNodes(29, "a pod of two budgets: 500", EvictionFacts::twoBudgets),
          Fact.onNodes(30, "who does not run is let go", EvictionFacts::notRunning),
          Fact.onNodes(31, "who is not ready goes without spending", EvictionFacts::notReady),
          Fact.onNodes(32, "an evicted pinned pod comes back", EvictionFacts::comesBack));

  private static void took(Wire.Answer answer, int code) {
    that(answer.code() == code, "answered " + answer.code() + " " + Stage.message(answer));
  }

  private static String path(Stage stage, JsonNode pod) {
    return stage.ask().pods() + "/" + Json.name(pod);
  }

  private static void goes(Stage stage) {
    FakeKubelet node = stage.node(10);
    String app = Ask.newName();
    JsonNode pod = stage.pod(node, app);
    stage.pod(node, app);
    stage.budget(app, "{'minAvailable':1}");
    node.silent(true); // so that the pod can be looked at while it goes
    took(stage.evict(pod, false), 201);
    JsonNode going = stage.get(path(stage, pod));
    that(Json.leaving(going), "it does not go");
    JsonNode why = Json.condition(going, "DisruptionTarget");
    that(why.path("status").asText().equals("True"), "no DisruptionTarget");
    that(why.path("reason").asText().equals("EvictionByEvictionAPI"), why.path("reason").asText());
  }

  private static void refused(Stage stage) {
    FakeKubelet node = stage.node(10);
    String app = Ask.newName();
    JsonNode pod = stage.pod(node, app);
    stage.budget(app, "{'minAvailable':1}");
    Wire.Answer answer = stage.evict(pod, false);
    took(answer, 429);
    JsonNode cause = answer.body().at("/details/causes/0");
    that(cause.path("reason").asText().equals("DisruptionBudget"), "cause: " + cause);
    that(answer.retryAfter().isEmpty(), "Retry-After: " + answer.retryAfter());
    JsonNode now = stage.get(path(stage, pod));
    that(at(now, "resourceVersion").equals(at(pod, "resourceVersion")), "the pod was changed");
  }

  private static void twoOfOne(Stage stage) {
    FakeKubelet node = stage.node(10);
    Workload workload = stage.workload(2, node);
    stage.deploy(workload);
    String budget = stage.budget(workload.name(), "{'maxUnavailable':1}");
    List<JsonNode> pods = stage.pods(workload.name());
    JsonNode before = stage.settled(budget);
    that(before.at("/status/disruptionsAllowed").asInt() == 1, "the budget is not one");
    node.silent(true); // so that no new pod comes in between
    took(stage.evict(pods.get(0), true), 201);
    took(stage.evict(pods.get(1), true), 201);
    that(stage.pods(workload.name()).stream().noneMatch(Json::leaving), "a dry run evicted");
    that(stage.get(budget).path("status").equals(before.path("status")), "a dry run spent");
    took(stage.evict(pods.get(0), false), 201);
    took(stage.evict(pods.get(1), false), 429);
  }

  private static void wrongUid(Stage stage) {
    FakeKubelet node = stage.node(10);
    JsonNode pod = stage.pod(node, Ask.newName());
    took(stage.evict(pod, WRONG_UID, false), 409);
    that(!Json.leaving(stage.get(path(stage, pod))), "it goes all the same");
  }

  private static void twoBudgets(Stage stage) {
    FakeKubelet node = stage.node(10);
    String app = Ask.newName();
    JsonNode pod = stage.pod(node, app);
    stage.budget(app, "{'minAvailable':0}");
    stage.budget(app, "{'minAvailable':0}");
    took(stage.evict(pod, false), 500);
  }

  private static void notRunning(Stage stage) {
    FakeKubelet node = stage.node(10);
    String app = Ask.newName();
    ObjectNode waiting = Ask.pod(Ask.newName(), "");
    Json.meta(waiting).withObjectProperty("labels").put("app", app);
    JsonNode pending = stage.ask().create(stage.ask().pods(), waiting);
    JsonNode succeeded = over(stage, node, app, 0);
    JsonNode failed = over(stage, node, app, 1);
    JsonNode going = stage.pod(node, app);
    stage.budget(app, "{'minAvailable':9}");
    node.silent(true);
    stage.ask().delete(path(stage, going), Ask.options());
    for (JsonNode each : List.of(pending, succeeded, failed, going)) {
      took(stage.evict(each, false), 201);
    }
    took(stage.wire().get(path(stage, pending)), 404);
  }

  /** A pod that is over. */
  private static JsonNode over(Stage stage, FakeKubelet node, String app, int exitCode) {
    JsonNode pod = stage.pod(node, app);
    String namespace = stage.ground().namespace();
    node.ends(namespace, Json.name(pod), exitCode, FakeKubelet.Then.LETS_BE);
    return pod;
  }

  private static void notReady(Stage stage) {
    FakeKubelet node = stage.node(10);
    String app = Ask.newName();
    stage.pod(node, app);
    JsonNode spare = unready(stage, node, app);
    String budget = stage.budget(app, "{'minAvailable':1}");
    that(stage.get(budget).at("/status/disruptionsAllowed").asInt() == 0, "the budget allows");
    took(stage.evict(spare, false), 201);
    String few = Ask.newName();
    JsonNode needed = unready(stage, node, few);
    String held = stage.budget(few, "{'minAvailable':1}");
    took(stage.evict(needed, false), 429);
    stage.patched(held, Wire.MERGE, "{'spec':{'unhealthyPodEvictionPolicy':'AlwaysAllow'}}");
    stage.settled(held);
    took(stage.evict(needed, false), 201);
  }

  private static JsonNode unready(Stage stage, FakeKubelet node, String app) {
    JsonNode pod = stage.pod(node, app);
    node.podReady(stage.ground().namespace(), Json.name(pod), false);
    stage.until("it is not ready", () -> !Stage.ready(stage.get(path(stage, pod))));
    return pod;
  }

  private static void comesBack(Stage stage) {
    FakeKubelet node = stage.node(10);
    stage.node(10);
    Workload workload = stage.workload(1, node);
    String deployment = stage.deploy(workload);
    JsonNode pod = stage.pods(workload.name()).getFirst();
    took(stage.evict(pod, false), 201);
    stage.until(
        "another pod",
        () ->
            stage.done(deployment)
                && stage.pods(workload.name()).stream()
                    .anyMatch(p -> Stage.ready(p) && !Json.uid(p).equals(Json.uid(pod))));
    that(
        stage.pods(workload.name()).stream().allMatch(p -> Stage.nodeOf(p).equals(node.node())),
        "bound elsewhere");
  }
}
