package holter.lab.kube;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The kubelet of one node: runs what is bound to it, starts again what ended, lets go what is
 * deleted. Its containers are no processes; {@link #ends} says when one ends.
 */
public final class FakeKubelet implements AutoCloseable {
  private static final int SIGTERM = 143;

  private final ObjectStore store;
  private final String node;
  private final Thread thread;

  FakeKubelet(ObjectStore store, String node) {
    this.store = store;
    this.node = node;
    ObjectNode made = ObjectStore.json().createObjectNode();
    made.putObject("metadata").put("name", node);
    store.create(Kind.NODE, "", made);
    ready(true);
    this.thread = Thread.ofVirtual().name("kubelet-" + node).start(this::run);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long seen = store.version();
        for (ObjectNode pod : store.list(Kind.POD, "").items()) {
          if (pod.path("spec").path("nodeName").asText().equals(node)) {
            sync(pod);
          }
        }
        store.changed(seen, 1_000);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void sync(ObjectNode pod) {
    String namespace = pod.path("metadata").path("namespace").asText();
    String name = pod.path("metadata").path("name").asText();
    try {
      if (pod.path("metadata").has("deletionTimestamp")) {
        String uid = pod.path("metadata").path("uid").asText();
        if (running(pod)) {
          store.change(Kind.POD, namespace, name, each -> end(each, SIGTERM, false));
        }
        store.delete(Kind.POD, namespace, name, new ObjectStore.Deletion(uid, "", 0));
      } else if (pod.path("status").path("phase").asText().equals("Pending")) {
        store.change(Kind.POD, namespace, name, FakeKubelet::begin);
      }
    } catch (Refusal gone) {
      return; // somebody was faster
    }
  }

  private static boolean running(ObjectNode pod) {
    return pod.path("status").path("containerStatuses").path(0).path("state").has("running");
  }

  private static void begin(ObjectNode pod) {
    ObjectNode status = pod.withObjectProperty("status").put("phase", "Running");
    ArrayNode containers = status.putArray("containerStatuses");
    for (var spec : pod.path("spec").path("containers")) {
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
    status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
  }

  private static void life(ObjectNode container) {
    container
        .put("containerID", "sim://" + UUID.randomUUID())
        .put("ready", true)
        .put("started", true)
        .putObject("state")
        .putObject("running")
        .put("startedAt", now());
  }

  private static void end(ObjectNode pod, int exitCode, boolean again) {
    for (var each : pod.path("status").path("containerStatuses")) {
      if (each instanceof ObjectNode container && container.path("state").has("running")) {
        String started = container.path("state").path("running").path("startedAt").asText();
        ObjectNode ended =
            ObjectStore.json()
                .createObjectNode()
                .put("exitCode", exitCode)
                .put("reason", exitCode == 0 ? "Completed" : "Error")
                .put("startedAt", started)
                .put("finishedAt", now())
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
  }

  /** What a kubelet does when containers of a pod have ended. */
  public enum Then {
    /** It has not come to start them again. */
    NOTHING,
    /** It started them again; only the last state tells of the end. */
    STARTED_AGAIN,
    /** It waits, longer each time. */
    BACKS_OFF,
    /** The restart policy lets them be. */
    LETS_BE
  }

  /** The containers of a pod end. */
  public void ends(String namespace, String name, int exitCode, Then then) {
    store.change(
        Kind.POD,
        namespace,
        name,
        pod -> {
          end(pod, exitCode, then == Then.STARTED_AGAIN);
          if (then == Then.LETS_BE) {
            pod.withObjectProperty("status").put("phase", exitCode == 0 ? "Succeeded" : "Failed");
          } else if (then == Then.BACKS_OFF) {
            backOff(pod);
          }
        });
  }

  private static void backOff(ObjectNode pod) {
    for (var each : pod.path("status").path("containerStatuses")) {
      if (each instanceof ObjectNode container) {
        container.set("lastState", container.path("state").deepCopy());
        container.putObject("state").putObject("waiting").put("reason", "CrashLoopBackOff");
      }
    }
  }

  /** The node's Ready condition. */
  public void ready(boolean ready) {
    store.change(
        Kind.NODE,
        "",
        node,
        object ->
            object
                .withObjectProperty("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", ready ? "True" : "Unknown")
                .put("lastHeartbeatTime", now())
                .put("lastTransitionTime", now()));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
