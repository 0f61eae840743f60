package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a kubelet tells of its node: conditions, capacity, its Lease, and what has changed. */
final class NodeWord {
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final int LEASE_S = 40;

  private final Wire wire;
  private final NodeSpec spec;
  private final Map<String, Condition> conditions = new LinkedHashMap<>();
  private boolean cordonedNow;
  private boolean cordoned;

  private record Condition(String status, String reason) {}

  NodeWord(Wire wire, NodeSpec spec) {
    this.wire = wire;
    this.spec = spec;
    conditions.put("MemoryPressure", new Condition("False", "KubeletHasSufficientMemory"));
    conditions.put("DiskPressure", new Condition("False", "KubeletHasNoDiskPressure"));
    conditions.put("PIDPressure", new Condition("False", "KubeletHasSufficientPID"));
    conditions.put("Ready", new Condition("True", "KubeletReady"));
  }

  private String path() {
    return "/api/v1/nodes/" + spec.name();
  }

  /** Tells the status; makes the node when it is not there. */
  synchronized void tell() {
    Wire.Answer read = wire.get(path());
    if (read.code() == 404) {
      wire.send("POST", "/api/v1/nodes", Wire.JSON, spec.object());
      read = wire.get(path());
    }
    JsonNode node = read.body();
    ObjectNode patch = Json.object();
    ObjectNode status = patch.putObject("status");
    spec.capacity(status);
    status.putArray("addresses").addObject().put("type", "Hostname").put("address", spec.name());
    status
        .putObject("nodeInfo")
        .put("kubeletVersion", "v1.36.0-holter-fake")
        .put("osImage", "none");
    ArrayNode told = status.putArray("conditions");
    conditions.forEach(
        (type, condition) -> {
          JsonNode before = Json.condition(node, type);
          boolean same = before.path("status").asText().equals(condition.status());
          told.addObject()
              .put("type", type)
              .put("status", condition.status())
              .put("reason", condition.reason())
              .put("message", "")
              .put("lastHeartbeatTime", Json.now())
              .put(
                  "lastTransitionTime",
                  same
                      ? before.path("lastTransitionTime").asText(Json.now())
                      : before.isMissingNode() ? sinceItIs() : Json.now());
        });
    wire.send("PATCH", path() + "/status", Wire.STRATEGIC, patch);
    cordonedNow = node.at("/spec/unschedulable").asBoolean();
  }

  private String sinceItIs() {
    return Instant.now().minus(spec.calmFor()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Tells of a cordon that was set or taken away since the last time. */
  synchronized void cordon() {
    if (cordonedNow != cordoned) {
      cordoned = cordonedNow;
      event(cordoned ? "NodeNotSchedulable" : "NodeSchedulable");
    }
  }

  synchronized void set(String type, String status, String reason) {
    boolean changed = !new Condition(status, reason).equals(conditions.get(type));
    conditions.put(type, new Condition(status, reason));
    tell();
    if (changed && type.equals("DiskPressure")) {
      event(status.equals("True") ? "NodeHasDiskPressure" : "NodeHasNoDiskPressure");
    }
  }

  void renew() {
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("renewTime", Json.nowMicros());
    if (wire.send("PATCH", LEASES + "/" + spec.name(), Wire.MERGE, patch).code() == 404) {
      ObjectNode lease =
          Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
      Json.meta(lease).put("name", spec.name());
      lease
          .putObject("spec")
          .put("holderIdentity", spec.name())
          .put("leaseDurationSeconds", LEASE_S)
          .put("renewTime", Json.nowMicros());
      wire.send("POST", LEASES, Wire.JSON, lease);
    }
  }

  private void event(String reason) {
    ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
    Json.meta(event).put("generateName", spec.name() + ".");
    event
        .putObject("involvedObject")
        .put("kind", "Node")
        .put("name", spec.name())
        .put("uid", spec.name());
    event.put("type", "Normal").put("reason", reason).put("count", 1);
    event.put("message", "Node " + spec.name() + " status is now: " + reason);
    event.put("firstTimestamp", Json.now()).put("lastTimestamp", Json.now());
    event.putObject("source").put("component", "kubelet").put("host", spec.name());
    wire.send("POST", "/api/v1/namespaces/default/events", Wire.JSON, event);
  }
}
