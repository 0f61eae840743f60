package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.store.Json;
import java.util.HashMap;
import java.util.Map;

/**
 * A pod that its kubelet has started.
 *
 * @param workload the Deployment, StatefulSet or other owner by name; its own when it has none
 */
public record PodOnNode(
    String namespace,
    String name,
    String uid,
    String node,
    String workload,
    Map<String, String> labels) {
  public PodOnNode {
    labels = Map.copyOf(labels);
  }

  /** Hears what starts and stops; in the kubelet's thread, so it does not wait. */
  public interface Listener {
    void started(PodOnNode pod);

    void stopped(PodOnNode pod);
  }

  static PodOnNode of(JsonNode pod) {
    Map<String, String> labels = new HashMap<>();
    pod.path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    JsonNode owner = Json.controller(pod);
    String name = owner.path("name").asText(Json.name(pod));
    String hash = labels.getOrDefault("pod-template-hash", "");
    boolean set = owner.path("kind").asText().equals("ReplicaSet") && name.endsWith("-" + hash);
    return new PodOnNode(
        Json.namespace(pod),
        Json.name(pod),
        Json.uid(pod),
        pod.at("/spec/nodeName").asText(),
        set ? name.substring(0, name.length() - hash.length() - 1) : name,
        labels);
  }
}
