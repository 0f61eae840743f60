package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.at;
import static holter.lab.kube.fact.Ask.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.FakeKubelet;
import holter.lab.kube.Wire;
import holter.lab.kube.store.Json;
import java.util.List;

/** What must hold of patches, of dry runs, and of what a remedy writes besides. */
final class PatchFacts {
  private static final String HOSTNAME = "/spec/template/spec/nodeSelector/kubernetes.io~1hostname";
  private static final int TRIES = 20;

  private PatchFacts() {}

  static final List<Fact> ALL =
      List.of(
          Fact.onNodes(1, "a merge patch of the version just read uncordons", PatchFacts::uncordon),
          Fact.onNodes(2, "one of an older version: 409, the node unchanged", PatchFacts::stale),
          Fact.onNodes(3, "a strategic patch uncordons alike", PatchFacts::strategic),
          Fact.anywhere(4, "test and remove take one pin away, not the other", PatchFacts::unpin),
          Fact.anywhere(5, "a test that fails: 422, nothing changed", PatchFacts::wrongTest),
          Fact.anywhere(6, "a null in a merge patch removes the key", PatchFacts::nullRemoves),
          Fact.anywhere(7, "spec.nodeName selects the pods of a node", PatchFacts::byNode),
          Fact.anywhere(8, "the second write of one version: 409", PatchFacts::second),
          Fact.anywhere(35, "a patch's dry run answers, and changes nothing", PatchFacts::dryRun),
          Fact.anywhere(36, "an event about a node in the new form is taken", PatchFacts::event));

  private static void uncordon(Stage stage) {
    FakeKubelet node = stage.node(10);
    String path = Stage.nodePath(node.node());
    stage.cordon(node, true);
    int code = 409;
    for (int i = 0; i < TRIES && code == 409; i++) { // its kubelet and controller write too
      String version = at(stage.get(path), "resourceVersion");
      code = stage.patch(path, Wire.MERGE, uncordonOf(version)).code();
    }
    that(code == 200, "refused with " + code);
    that(!stage.get(path).at("/spec/unschedulable").asBoolean(), "still cordoned");
  }

  private static String uncordonOf(String version) {
    return "{'metadata':{'resourceVersion':'%s'},'spec':{'unschedulable':false}}"
        .formatted(version);
  }

  private static void stale(Stage stage) {
    FakeKubelet node = stage.node(10);
    String path = Stage.nodePath(node.node());
    stage.cordon(node, true);
    String old = at(stage.get(path), "resourceVersion");
    stage.patched(path, Wire.MERGE, "{'metadata':{'labels':{'x':'y'}}}");
    Wire.Answer answer = stage.patch(path, Wire.MERGE, uncordonOf(old));
    that(answer.code() == 409, "answered " + answer.code());
    that(stage.get(path).at("/spec/unschedulable").asBoolean(), "uncordoned all the same");
  }

  private static void strategic(Stage stage) {
    FakeKubelet node = stage.node(10);
    stage.cordon(node, true);
    stage.until("its taint", () -> stage.tainted(node, "unschedulable", "NoSchedule"));
    stage.cordon(node, false);
    JsonNode now = stage.get(Stage.nodePath(node.node()));
    that(!now.at("/spec/unschedulable").asBoolean(), "still cordoned");
    stage.until("its taint goes", () -> !stage.tainted(node, "unschedulable", "NoSchedule"));
  }

  /** A Deployment of no pods, pinned to a node that is not there. */
  private static String pinned(Stage stage) {
    var workload =
        stage
            .workload(0)
            .selecting(
                java.util.Map.of("kubernetes.io/hostname", "n1", "kubernetes.io/os", "linux"));
    String path = stage.deploy(workload);
    stage.settled(path);
    return path;
  }

  private static JsonNode selector(Stage stage, String path) {
    return stage.get(path).at("/spec/template/spec/nodeSelector");
  }

  private static String steps(String host) {
    return "[{'op':'test','path':'%s','value':'%s'},{'op':'remove','path':'%s'}]"
        .formatted(HOSTNAME, host, HOSTNAME);
  }

  private static void unpin(Stage stage) {
    String path = pinned(stage);
    stage.patched(path, Wire.STEPS, steps("n1"));
    that(
        selector(stage, path).equals(Json.object().put("kubernetes.io/os", "linux")),
        "left: " + selector(stage, path));
  }

  private static void wrongTest(Stage stage) {
    String path = pinned(stage);
    JsonNode before = stage.get(path);
    Wire.Answer answer = stage.patch(path, Wire.STEPS, steps("n2"));
    that(answer.code() == 422, "answered " + answer.code());
    JsonNode after = stage.get(path);
    for (String field : List.of("generation", "resourceVersion")) {
      that(at(before, field).equals(at(after, field)), field + " changed");
    }
    that(before.path("spec").equals(after.path("spec")), "the spec changed");
  }

  private static void nullRemoves(Stage stage) {
    String path = pinned(stage);
    stage.patched(
        path,
        Wire.MERGE,
        "{'spec':{'template':{'spec':{'nodeSelector':{'kubernetes.io/hostname':null}}}}}");
    that(
        selector(stage, path).equals(Json.object().put("kubernetes.io/os", "linux")),
        "left: " + selector(stage, path));
  }

  private static void byNode(Stage stage) {
    String here = stage.tag() + "-a";
    String mine = Ask.newName();
    stage.ask().create(stage.ask().pods(), Ask.pod(mine, here));
    stage.ask().create(stage.ask().pods(), Ask.pod(Ask.newName(), stage.tag() + "-b"));
    stage.ask().create(stage.ask().pods(), Ask.pod(Ask.newName(), ""));
    List<String> names =
        stage.listed("/api/v1/pods?fieldSelector=spec.nodeName%3D" + here).stream()
            .map(Json::name)
            .toList();
    that(names.equals(List.of(mine)), "listed: " + names);
  }

  private static void second(Stage stage) {
    String path = "/api/v1/namespaces/" + stage.ground().namespace() + "/configmaps";
    ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    Json.meta(map).put("name", Ask.newName());
    map.putObject("data").put("plan", "0");
    ObjectNode read = stage.ask().create(path, map);
    String own = path + "/" + Json.name(map);
    read.withObjectProperty("data").put("plan", "1");
    stage.ask().put(own, read);
    read.withObjectProperty("data").put("plan", "2");
    Ask.refused(409, "Conflict", () -> stage.ask().put(own, read));
    that(stage.get(own).at("/data/plan").asText().equals("1"), "the second was written");
  }

  private static void dryRun(Stage stage) {
    String path = pinned(stage);
    String version = at(stage.get(path), "resourceVersion");
    JsonNode told =
        stage.patched(
            path + "?dryRun=All",
            Wire.MERGE,
            "{'spec':{'template':{'spec':{'nodeSelector':{'kubernetes.io/hostname':'n9'}}}}}");
    that(
        told.at("/spec/template/spec/nodeSelector/kubernetes.io~1hostname").asText().equals("n9"),
        "the answer does not show the change");
    stage.stays("its version", () -> at(stage.get(path), "resourceVersion").equals(version));
    that(selector(stage, path).path("kubernetes.io/hostname").asText().equals("n1"), "changed");
  }

  private static void event(Stage stage) {
    ObjectNode event = Json.object().put("apiVersion", "events.k8s.io/v1").put("kind", "Event");
    String name = Ask.newName();
    Json.meta(event).put("name", name).put("namespace", "default");
    event
        .put("eventTime", Json.nowMicros())
        .put("reportingController", "holter.io/remedy")
        .put("reportingInstance", "holter-0")
        .put("action", "Uncordon")
        .put("reason", "RemedyApplied")
        .put("type", "Normal")
        .put("note", "a fact is tried");
    event.putObject("regarding").put("apiVersion", "v1").put("kind", "Node").put("name", "n1");
    String path = "/apis/events.k8s.io/v1/namespaces/default/events";
    stage.ask().create(path, event);
    JsonNode old = stage.get("/api/v1/namespaces/default/events/" + name);
    that(old.at("/involvedObject/name").asText().equals("n1"), "not there in the old form");
    ObjectNode undated = event.deepCopy();
    Json.meta(undated).put("name", Ask.newName());
    undated.remove("eventTime");
    Ask.refused(422, "Invalid", () -> stage.ask().create(path, undated));
  }
}
