package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Deletion;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import java.util.HashMap;
import java.util.Map;

/** Deletes the pods that do not bear their node's {@code NoExecute} taints, or not so long. */
final class TaintEviction {
  private final ObjectStore store;

  TaintEviction(ObjectStore store) {
    this.store = store;
  }

  void look() {
    Map<String, JsonNode> nodes = new HashMap<>();
    store.peek(Kind.NODE).forEach(node -> nodes.put(Json.name(node), node.at("/spec/taints")));
    for (ObjectNode pod : store.peek(Kind.POD)) {
      JsonNode taints = nodes.get(pod.at("/spec/nodeName").asText());
      if (taints == null || Json.leaving(pod)) continue;
      for (JsonNode taint : taints) {
        if (taint.path("effect").asText().equals("NoExecute")
            && Json.ageS(taint.path("timeAdded").asText()) >= borneS(pod, taint)) {
          delete(pod);
          break;
        }
      }
    }
  }

  /** For how long the pod bears a taint: 0 not at all, infinity for ever. */
  private static double borneS(JsonNode pod, JsonNode taint) {
    double least = -1;
    for (JsonNode toleration : pod.at("/spec/tolerations")) {
      if (Tolerations.bears(toleration, taint)) {
        double seconds = toleration.path("tolerationSeconds").asDouble(Double.POSITIVE_INFINITY);
        least = least < 0 ? seconds : Math.min(least, seconds);
      }
    }
    return Math.max(0, least);
  }

  private void delete(ObjectNode pod) {
    String namespace = Json.namespace(pod);
    store.change(
        Kind.POD,
        namespace,
        Json.name(pod),
        "kube-controller-manager",
        each -> Json.condition(each, "DisruptionTarget", "True", "DeletionByTaintManager"));
    store.delete(Kind.POD, namespace, Json.name(pod), Deletion.of(Json.uid(pod)));
  }
}
