package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import java.util.UUID;

/** What a kubelet writes into a pod's status. */
final class PodWord {
  static final int SIGTERM = 143;

  private PodWord() {}

  static boolean running(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/state").has("running");
  }

  static boolean allReady(JsonNode pod) {
    for (JsonNode container : pod.at("/status/containerStatuses")) {
      if (!container.path("ready").asBoolean()) return false;
    }
    return !pod.at("/status/containerStatuses").isEmpty();
  }

  static void begin(ObjectNode pod, String node) {
    ObjectNode status = pod.withObjectProperty("status").put("phase", "Running");
    int hash = Math.floorMod((node + Json.name(pod)).hashCode(), 60_000);
    String ip = "10.244." + hash / 250 + "." + (1 + hash % 250);
    status.put("podIP", ip).put("startTime", Json.now());
    status.putArray("podIPs").addObject().put("ip", ip);
    ArrayNode containers = status.putArray("containerStatuses");
    for (JsonNode spec : pod.at("/spec/containers")) {
      ObjectNode container =
          containers
              .addObject()
              .put("name", spec.path("name").asText())
              .put("image", spec.path("image").asText())
              .put("imageID", "")
              .put("restartCount", 0);
      life(container);
      container.putObject("lastState");
    }
    Json.condition(pod, "Initialized", "True", "");
    Json.condition(pod, "PodScheduled", "True", "");
    ready(pod, true);
  }

  static void ready(ObjectNode pod, boolean ready) {
    for (String type : new String[] {"ContainersReady", "Ready"}) {
      Json.condition(pod, type, ready ? "True" : "False", ready ? "" : "ContainersNotReady");
    }
  }

  private static void life(ObjectNode container) {
    container
        .put("containerID", "sim://" + UUID.randomUUID())
        .put("ready", true)
        .put("started", true)
        .putObject("state")
        .putObject("running")
        .put("startedAt", Json.now());
  }

  static void end(ObjectNode pod, int exitCode, boolean again) {
    for (JsonNode each : pod.at("/status/containerStatuses")) {
      if (each instanceof ObjectNode container && container.path("state").has("running")) {
        ObjectNode ended =
            Json.object()
                .put("exitCode", exitCode)
                .put("reason", exitCode == 0 ? "Completed" : "Error")
                .put("startedAt", container.at("/state/running/startedAt").asText())
                .put("finishedAt", Json.now())
                .put("containerID", container.path("containerID").asText());
        if (again) {
          container.putObject("lastState").set("terminated", ended);
          container.put("restartCount", container.path("restartCount").asInt() + 1);
          life(container);
        } else {
          container.put("ready", false).put("started", false);
          container.putObject("state").set("terminated", ended);
        }
      }
    }
    ready(pod, again);
  }

  static void ends(ObjectNode pod, int exitCode, FakeKubelet.Then then) {
    end(pod, exitCode, then == FakeKubelet.Then.STARTED_AGAIN);
    if (then == FakeKubelet.Then.LETS_BE) {
      pod.withObjectProperty("status").put("phase", exitCode == 0 ? "Succeeded" : "Failed");
    } else if (then == FakeKubelet.Then.BACKS_OFF) {
      backOff(pod);
    }
  }

  private static void backOff(ObjectNode pod) {
    for (JsonNode each : pod.at("/status/containerStatuses")) {
      if (each instanceof ObjectNode container) {
        container.set("lastState", container.path("state").deepCopy());
        container.putObject("state").putObject("waiting").put("reason", "CrashLoopBackOff");
      }
    }
  }
}
