package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.that;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.FakeKubelet;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.Wire;
import holter.lab.kube.store.Json;
import java.util.Collections;
import java.util.List;

/** What must hold of a Deployment whose pin is taken away. */
final class RolloutFacts {
  private static final String UNPIN =
      "{'spec':{'template':{'spec':{'nodeSelector':{'kubernetes.io/hostname':null}}}}}";
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private RolloutFacts() {}

  static final List<Fact> ALL =
      List.of(
          Fact.anywhere(16, "another selector: a revision, a ReplicaSet", RolloutFacts::revision),
          Fact.onNodes(17, "two replicas: one more, never one less", RolloutFacts::surge),
          Fact.onNodes(18, "without a slot the new pod waits, the old stay", RolloutFacts::stuck),
          Fact.onNodes(19, "an uncordon alone lets it finish", RolloutFacts::finished),
          Fact.onNodes(20, "unpinning replaces every replica", RolloutFacts::replaced),
          Fact.onNodes(21, "unpinning excludes no node", RolloutFacts::again),
          Fact.onNodes(22, "an early undo keeps pods, a late one none", RolloutFacts::undone),
          Fact.onNodes(23, "a restart asks no budget", RolloutFacts::restart),
          Fact.onNodes(24, "at its end the counts agree", RolloutFacts::counts));

  private static void revision(Stage stage) {
    String path = stage.deploy(stage.workload(0));
    JsonNode before = stage.settled(path);
    stage.patched(path, Wire.MERGE, "{'spec':{'template':{'spec':{'nodeSelector':{'x':'y'}}}}}");
    long due = before.at("/metadata/generation").asLong() + 1;
    that(stage.get(path).at("/metadata/generation").asLong() == due, "generation");
    long revision = revisionOf(before) + 1;
    stage.until("the revision", () -> revisionOf(stage.get(path)) == revision);
    that(sets(stage, path).size() == 2, "no new ReplicaSet");
  }

  private static long revisionOf(JsonNode object) {
    return object.path("metadata").path("annotations").path(REVISION).asLong();
  }

  private static List<JsonNode> sets(Stage stage, String deployment) {
    String uid = Json.uid(stage.get(deployment));
    String path = "/apis/apps/v1/namespaces/" + stage.ground().namespace() + "/replicasets";
    return stage.listed(path).stream()
        .filter(set -> Json.controller(set).path("uid").asText().equals(uid))
        .toList();
  }

  private static void surge(Stage stage) {
    FakeKubelet node = stage.node(10);
    Workload workload = stage.workload(2, node);
    String path = stage.deploy(workload);
    stage.patched(path, Wire.MERGE, UNPIN);
    stage.until(
        "it ends",
        () -> {
          List<JsonNode> pods = stage.pods(workload.name());
          long ready = pods.stream().filter(Stage::ready).count();
          that(ready >= 2, "only " + ready + " ready");
          int asked =
              sets(stage, path).stream().mapToInt(set -> set.at("/spec/replicas").asInt()).sum();
          that(asked <= 3, asked + " at once");
          return stage.done(path);
        });
  }

  /** Two pods fill a node, the other one is cordoned, and the pin is taken away. */
  private record Stuck(
      Workload workload, String path, FakeKubelet full, FakeKubelet closed, List<String> old) {
    static Stuck on(Stage stage) {
      FakeKubelet full = stage.node(2);
      FakeKubelet closed = stage.node(10);
      stage.cordon(closed, true);
      stage.until("its taint", () -> stage.tainted(closed, "unschedulable", "NoSchedule"));
      Workload workload = stage.workload(2, full);
      String path = stage.deploy(workload);
      List<String> old = Stage.uids(stage.pods(workload.name()));
      stage.patched(path, Wire.MERGE, UNPIN);
      var stuck = new Stuck(workload, path, full, closed, old);
      stage.until("a pod waits", () -> stuck.why(stage).contains("Too many pods"));
      return stuck;
    }

    String why(Stage stage) {
      return stage.pods(workload.name()).stream()
          .filter(pod -> Stage.nodeOf(pod).isEmpty())
          .map(pod -> Json.condition(pod, "PodScheduled").path("message").asText())
          .findFirst()
          .orElse("");
    }
  }

  private static void stuck(Stage stage) {
    Stuck stuck = Stuck.on(stage);
    String why = stuck.why(stage);
    that(
        why.startsWith("0/")
            && why.contains("1 Too many pods")
            && why.contains("1 node(s) were unschedulable"),
        why);
    stage.stays(
        "the old pods",
        () ->
            stage.pods(stuck.workload().name()).stream()
                    .filter(Stage::ready)
                    .filter(pod -> stuck.old().contains(Json.uid(pod)))
                    .count()
                == 2);
    JsonNode now = stage.get(stuck.path());
    that(Json.conditionStatus(now, "Available").equals("True"), "not Available");
    that(Json.conditionStatus(now, "Progressing").equals("True"), "not Progressing");
  }

  private static void finished(Stage stage) {
    Stuck stuck = Stuck.on(stage);
    stage.cordon(stuck.closed(), false);
    stage.until("the rollout", () -> stage.done(stuck.path()));
  }

  private static void replaced(Stage stage) {
    FakeKubelet node = stage.node(10);
    Workload workload = stage.workload(3, node);
    String path = stage.deploy(workload);
    List<String> old = Stage.uids(stage.pods(workload.name()));
    stage.patched(path, Wire.MERGE, UNPIN);
    stage.until("the rollout", () -> stage.done(path));
    stage.until(
        "no old pod is left",
        () -> Collections.disjoint(old, Stage.uids(stage.pods(workload.name()))));
  }

  private static void again(Stage stage) {
    FakeKubelet old = stage.node(10);
    FakeKubelet full = stage.node(1);
    stage.pod(full, Ask.newName());
    Workload workload = stage.workload(1, old);
    String path = stage.deploy(workload);
    stage.patched(path, Wire.MERGE, UNPIN);
    stage.until("the rollout", () -> stage.done(path));
    that(
        stage.pods(workload.name()).stream()
            .filter(Stage::ready)
            .allMatch(pod -> Stage.nodeOf(pod).equals(old.node())),
        "bound elsewhere");
  }

  private static void undone(Stage stage) {
    Stuck stuck = Stuck.on(stage);
    String host =
        Stage.nodeOf(
            stage.pods(stuck.workload().name()).stream()
                .filter(Stage::ready)
                .findFirst()
                .orElseThrow());
    String pin =
        "{'spec':{'template':{'spec':{'nodeSelector':{'kubernetes.io/hostname':'%s'}}}}}"
            .formatted(host);
    stage.patched(stuck.path(), Wire.MERGE, pin);
    stage.until("the early undo", () -> stage.done(stuck.path()));
    that(sets(stage, stuck.path()).size() == 2, "another ReplicaSet was made");
    that(Stage.uids(stage.pods(stuck.workload().name())).equals(stuck.old()), "pods were replaced");
    stage.cordon(stuck.closed(), false);
    // or a young pod stays where the old ones must have room to come back
    stage.cordon(stuck.full(), true);
    stage.until("its taint", () -> stage.tainted(stuck.full(), "unschedulable", "NoSchedule"));
    stage.patched(stuck.path(), Wire.MERGE, UNPIN);
    stage.until("the rollout", () -> stage.done(stuck.path()));
    stage.cordon(stuck.full(), false);
    List<String> young = Stage.uids(stage.pods(stuck.workload().name()));
    stage.patched(stuck.path(), Wire.MERGE, pin);
    stage.until("the late undo", () -> stage.done(stuck.path()));
    that(sets(stage, stuck.path()).size() == 2, "another ReplicaSet was made");
    stage.until(
        "all are replaced",
        () -> Collections.disjoint(young, Stage.uids(stage.pods(stuck.workload().name()))));
  }

  private static void restart(Stage stage) {
    FakeKubelet node = stage.node(10);
    Workload workload = stage.workload(2, node);
    String path = stage.deploy(workload);
    String budget = stage.budget(workload.name(), "{'minAvailable':2}");
    that(stage.get(budget).at("/status/disruptionsAllowed").asInt() == 0, "the budget allows");
    List<String> old = Stage.uids(stage.pods(workload.name()));
    stage.patched(
        path,
        Wire.STRATEGIC,
        "{'spec':{'template':{'metadata':{'annotations':"
            + "{'kubectl.kubernetes.io/restartedAt':'now'}}}}}");
    stage.until("the rollout", () -> stage.done(path));
    stage.until(
        "all are replaced",
        () -> Collections.disjoint(old, Stage.uids(stage.pods(workload.name()))));
  }

  private static void counts(Stage stage) {
    FakeKubelet node = stage.node(10);
    String path = stage.deploy(stage.workload(2, node));
    stage.patched(path, Wire.MERGE, UNPIN);
    stage.until("the rollout", () -> stage.done(path));
    JsonNode status = stage.get(path).path("status");
    String minor = stage.get("/version").path("minor").asText().replaceAll("\\D", "");
    if (Integer.parseInt(minor) >= 36) {
      that(status.has("terminatingReplicas"), "no terminatingReplicas");
    }
    that(status.path("readyReplicas").asInt() == 2, "not all ready");
  }
}
