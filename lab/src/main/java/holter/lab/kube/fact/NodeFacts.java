package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.FakeKubelet;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.store.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What must hold of nodes, their taints, and of where pods are put. */
final class NodeFacts {
  private NodeFacts() {}

  static final List<Fact> ALL =
      List.of(
          Fact.onNodes(9, "a cordon is signed and dated", NodeFacts::signed),
          Fact.onNodes(10, "a cordon's taint comes and goes by itself", NodeFacts::tainted),
          Fact.onNodes(11, "an uncordon lets a waiting pod in, untouched", NodeFacts::letIn),
          Fact.onNodes(12, "disk pressure is a taint beside a cordon's", NodeFacts::pressure),
          Fact.onNodes(13, "a silent node becomes unknown and is emptied", NodeFacts::silent),
          new Fact(
              14,
              "when all are silent nothing is emptied",
              Set.of(Fact.Need.NODES, Fact.Need.ALONE),
              NodeFacts::allSilent),
          Fact.onNodes(15, "a pod bound by hand stands on a cordoned node", NodeFacts::byHand),
          Fact.onNodes(33, "a pod lands where the least is requested", NodeFacts::least),
          Fact.onNodes(34, "a node with enough pods takes none", NodeFacts::full));

  private static void signed(Stage stage) {
    FakeKubelet node = stage.node(10);
    stage.cordon(node, true);
    String path = Stage.nodePath(node.node());
    stage.until("its taint", () -> stage.tainted(node, "unschedulable", "NoSchedule"));
    JsonNode is = stage.get(path);
    boolean signed = false;
    for (JsonNode entry : is.at("/metadata/managedFields")) {
      if (entry.at("/fieldsV1/f:spec").has("f:unschedulable")) {
        signed =
            entry.path("manager").asText().equals("kubectl")
                && entry.path("operation").asText().equals("Update")
                && !entry.path("time").asText().isEmpty();
      }
    }
    that(signed, "managedFields does not say who cordoned and when");
    that(!is.at("/spec/taints/0/timeAdded").asText().isEmpty(), "the taint has no date");
  }

  private static void tainted(Stage stage) {
    FakeKubelet node = stage.node(10);
    stage.cordon(node, true);
    stage.until("its taint", () -> stage.tainted(node, "unschedulable", "NoSchedule"));
    stage.cordon(node, false);
    stage.until("its taint goes", () -> !stage.tainted(node, "unschedulable", "NoSchedule"));
  }

  private static void letIn(Stage stage) {
    FakeKubelet node = stage.node(10);
    stage.cordon(node, true);
    String path = free(stage, "");
    stage.until("it waits for cordons", () -> scheduled(stage, path).contains("unschedulable"));
    stage.cordon(node, false);
    stage.until("it is bound", () -> Stage.nodeOf(stage.get(path)).equals(node.node()));
  }

  /** A pod for one of our nodes; its path. */
  private static String free(Stage stage, String cpu) {
    ObjectNode pod = Ask.pod(Ask.newName(), "");
    ObjectNode spec = pod.withObjectProperty("spec");
    spec.putObject("nodeSelector").put(Stage.TAG, stage.tag());
    if (!cpu.isEmpty() && spec.at("/containers/0") instanceof ObjectNode container) {
      container.putObject("resources").putObject("requests").put("cpu", cpu);
    }
    stage.ask().create(stage.ask().pods(), pod);
    return stage.ask().pods() + "/" + Json.name(pod);
  }

  private static String scheduled(Stage stage, String path) {
    return Json.condition(stage.get(path), "PodScheduled").path("message").asText();
  }

  private static void pressure(Stage stage) {
    FakeKubelet node = stage.node(10);
    stage.cordon(node, true);
    node.diskPressure(true);
    stage.until("its taint", () -> stage.tainted(node, "disk-pressure", "NoSchedule"));
    node.diskPressure(false);
    stage.until("its taint goes", () -> !stage.tainted(node, "disk-pressure", "NoSchedule"));
    that(stage.tainted(node, "unschedulable", "NoSchedule"), "the cordon went too");
  }

  private static void silent(Stage stage) {
    stage.node(10);
    FakeKubelet node = stage.node(10);
    node.silent(true);
    String path = Stage.nodePath(node.node());
    stage.until(
        "it is unknown", () -> Json.conditionStatus(stage.get(path), "Ready").equals("Unknown"));
    stage.until("NoSchedule", () -> stage.tainted(node, "unreachable", "NoSchedule"));
    stage.until("NoExecute", () -> stage.tainted(node, "unreachable", "NoExecute"));
  }

  private static void allSilent(Stage stage) {
    FakeKubelet one = stage.node(10);
    FakeKubelet two = stage.node(10);
    // one may be missed a beat before the other; dates of taints are whole seconds
    Duration borne = stage.ground().pace().heartbeat().multipliedBy(2).plusSeconds(2);
    ObjectNode pod = Ask.pod(Ask.newName(), one.node());
    pod.withObjectProperty("spec")
        .putArray("tolerations")
        .addObject()
        .put("key", "node.kubernetes.io/unreachable")
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", borne.toSeconds());
    stage.ask().create(stage.ask().pods(), pod);
    String path = stage.ask().pods() + "/" + Json.name(pod);
    stage.until("it runs", () -> Stage.ready(stage.get(path)));
    one.silent(true);
    two.silent(true);
    stage.until("NoSchedule", () -> stage.tainted(one, "unreachable", "NoSchedule"));
    stage.until("NoSchedule", () -> stage.tainted(two, "unreachable", "NoSchedule"));
    stage.until("no NoExecute", () -> !stage.tainted(one, "unreachable", "NoExecute"));
    stage.stays("the pod", borne, () -> !Json.leaving(stage.get(path)));
  }

  private static void byHand(Stage stage) {
    FakeKubelet node = stage.node(10);
    stage.cordon(node, true);
    stage.until("its taint", () -> stage.tainted(node, "unschedulable", "NoSchedule"));
    JsonNode pod = stage.pod(node, Ask.newName());
    that(Stage.nodeOf(pod).equals(node.node()), "bound elsewhere");
  }

  private static void least(Stage stage) {
    FakeKubelet most = stage.node(10);
    FakeKubelet least = stage.node(10);
    FakeKubelet some = stage.node(10);
    for (var each : List.of(List.of(most, "2"), List.of(some, "1"))) {
      Workload busy =
          stage.workload(1, (FakeKubelet) each.getFirst()).asking((String) each.getLast(), "1Gi");
      stage.deploy(busy);
    }
    String path = free(stage, "500m");
    stage.until("it is bound", () -> !Stage.nodeOf(stage.get(path)).isEmpty());
    that(
        Stage.nodeOf(stage.get(path)).equals(least.node()),
        "bound to " + Stage.nodeOf(stage.get(path)));
  }

  private static void full(Stage stage) {
    FakeKubelet node = stage.node(1);
    stage.pod(node, Ask.newName());
    String path = free(stage, "");
    stage.until("it waits", () -> scheduled(stage, path).contains("Too many pods"));
    stage.stays("it waits", () -> Stage.nodeOf(stage.get(path)).isEmpty());
  }
}
