package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices that a kubelet is silent: neither its Lease nor its node's status has moved for a grace,
 * by our own clock. Then nobody knows how the node is, and its pods count as not ready.
 */
final class NodeSilence {
  private static final String NODE_LEASES = "kube-node-lease";
  private static final List<String> CONDITIONS =
      List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

  private final ObjectStore store;
  private final EventLog events;
  private final long graceNs;
  private final Map<String, Word> words = new HashMap<>();

  /** A node's latest word, and when we heard it. */
  private record Word(String said, long nanos) {}

  NodeSilence(ObjectStore store, EventLog events, Duration grace) {
    this.store = store;
    this.events = events;
    this.graceNs = grace.toNanos();
  }

  void look() {
    Map<String, String> leases = new HashMap<>();
    for (ObjectNode lease : store.peek(Kind.LEASE)) {
      if (Json.namespace(lease).equals(NODE_LEASES)) {
        leases.put(Json.name(lease), lease.at("/spec/renewTime").asText());
      }
    }
    List<ObjectNode> nodes = store.peek(Kind.NODE);
    words.keySet().retainAll(nodes.stream().map(Json::uid).toList());
    for (ObjectNode node : nodes) {
      String beat = Json.condition(node, "Ready").path("lastHeartbeatTime").asText();
      String said = leases.getOrDefault(Json.name(node), "") + " " + beat;
      long now = System.nanoTime();
      Word word = words.get(Json.uid(node));
      if (word == null || !word.said().equals(said)) {
        words.put(Json.uid(node), new Word(said, now));
      } else if (now - word.nanos() > graceNs
          && !Json.conditionStatus(node, "Ready").equals("Unknown")) {
        unknown(node);
      }
      if (!Json.conditionStatus(node, "Ready").equals("True")) {
        podsNotReady(Json.name(node));
      }
    }
  }

  private void unknown(ObjectNode node) {
    store.change(
        Kind.NODE,
        "",
        Json.name(node),
        "kube-controller-manager",
        object -> {
          for (String type : CONDITIONS) {
            Json.condition(object, type, "Unknown", "NodeStatusUnknown")
                .put("message", "Kubelet stopped posting node status.");
          }
        });
    String name = Json.name(node);
    events.tell(
        Kind.NODE,
        node,
        "node-controller",
        "Normal",
        "NodeNotReady",
        "Node " + name + " status is now: NodeNotReady");
  }

  private void podsNotReady(String node) {
    for (JsonNode pod : store.peek(Kind.POD)) {
      if (pod.at("/spec/nodeName").asText().equals(node)
          && Json.conditionStatus(pod, "Ready").equals("True")) {
        store.change(
            Kind.POD,
            Json.namespace(pod),
            Json.name(pod),
            "kube-controller-manager",
            each -> Json.condition(each, "Ready", "False", "NodeNotReady"));
      }
    }
  }
}
