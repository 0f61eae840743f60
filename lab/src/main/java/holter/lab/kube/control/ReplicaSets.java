package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Deletion;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Writer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps as many pods of each ReplicaSet as it asks for, and tells how many there are. */
final class ReplicaSets {
  private static final String BY = "kube-controller-manager";

  private final ObjectStore store;
  private final EventLog events;

  ReplicaSets(ObjectStore store, EventLog events) {
    this.store = store;
    this.events = events;
  }

  void look() {
    for (ObjectNode set : store.peek(Kind.REPLICA_SET)) {
      List<ObjectNode> pods = Json.controlled(store.peek(Kind.POD), set);
      List<ObjectNode> active = pods.stream().filter(ReplicaSets::active).toList();
      int missing = set.at("/spec/replicas").asInt() - active.size();
      if (missing > 0) {
        for (int i = 0; i < missing; i++) create(set);
      } else if (missing < 0) {
        active.stream().sorted(firstToGo(active)).limit(-missing).forEach(pod -> delete(set, pod));
      }
      status(set);
    }
  }

  static boolean active(JsonNode pod) {
    return !Json.leaving(pod)
        && !Set.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
  }

  private void create(ObjectNode set) {
    ObjectNode pod = Json.object();
    JsonNode template = set.at("/spec/template");
    for (String part : List.of("labels", "annotations")) {
      JsonNode found = template.path("metadata").path(part);
      if (found.isObject()) Json.meta(pod).set(part, found.deepCopy());
    }
    Json.meta(pod).put("generateName", Json.name(set) + "-");
    Json.own(pod, Kind.REPLICA_SET, set);
    pod.set("spec", template.path("spec").deepCopy());
    ObjectNode made = store.create(Kind.POD, Json.namespace(set), pod, Writer.inside(BY));
    tell(set, "SuccessfulCreate", "Created pod: " + Json.name(made));
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    store.delete(Kind.POD, Json.namespace(pod), Json.name(pod), Deletion.of(Json.uid(pod)));
    tell(set, "SuccessfulDelete", "Deleted pod: " + Json.name(pod));
  }

  private void tell(ObjectNode set, String reason, String message) {
    events.tell(Kind.REPLICA_SET, set, "replicaset-controller", "Normal", reason, message);
  }

  /** Unbound ones, then not ready ones, then where there are several, then the younger. */
  private static Comparator<ObjectNode> firstToGo(List<ObjectNode> pods) {
    Map<String, Integer> perNode = new HashMap<>();
    pods.forEach(pod -> perNode.merge(node(pod), 1, Integer::sum));
    return Comparator.comparing((ObjectNode pod) -> !node(pod).isEmpty())
        .thenComparing(pod -> !pod.at("/status/phase").asText().equals("Pending"))
        .thenComparing(ReplicaSets::ready)
        .thenComparingInt(pod -> -perNode.getOrDefault(node(pod), 0))
        .thenComparing(pod -> Json.meta(pod, "creationTimestamp"), Comparator.reverseOrder())
        .thenComparing(Json::name);
  }

  private static String node(JsonNode pod) {
    return pod.at("/spec/nodeName").asText();
  }

  static boolean ready(JsonNode pod) {
    return Json.conditionStatus(pod, "Ready").equals("True");
  }

  private void status(ObjectNode set) {
    List<ObjectNode> pods = Json.controlled(store.peek(Kind.POD), set);
    int replicas = (int) pods.stream().filter(ReplicaSets::active).count();
    int ready = (int) pods.stream().filter(p -> active(p) && ready(p)).count();
    long minReadyS = set.at("/spec/minReadySeconds").asLong();
    int available =
        (int) pods.stream().filter(p -> active(p) && ready(p) && since(p) >= minReadyS).count();
    int leaving = (int) pods.stream().filter(Json::leaving).count();
    store.change(
        Kind.REPLICA_SET,
        Json.namespace(set),
        Json.name(set),
        BY,
        each ->
            each.withObjectProperty("status")
                .put("replicas", replicas)
                .put("fullyLabeledReplicas", replicas)
                .put("readyReplicas", ready)
                .put("availableReplicas", available)
                .put("terminatingReplicas", leaving)
                .put("observedGeneration", set.at("/metadata/generation").asLong()));
  }

  private static double since(JsonNode pod) {
    double s = Json.ageS(Json.condition(pod, "Ready").path("lastTransitionTime").asText());
    return Double.isNaN(s) ? 0 : s;
  }
}
