package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A workload and the pods that it makes, read at one moment; those that are over are left out.
 *
 * @param object the Deployment or StatefulSet
 */
record OwnedPods(JsonNode object, List<JsonNode> pods) {
  private static final int PODS_MAX = 500;

  /**
   * Reads both.
   *
   * @param kind {@code deployments}, {@code statefulsets}
   * @throws KubernetesClientException when it cannot be told
   */
  static Optional<OwnedPods> read(KubeCluster cluster, String kind, String namespace, String name) {
    String path = "/apis/apps/v1/namespaces/" + namespace + "/" + kind + "/" + name;
    return cluster.tree(path).map(object -> new OwnedPods(object, pods(cluster, object)));
  }

  /**
   * Reads a Deployment or a StatefulSet.
   *
   * @param key {@code namespace/name}
   * @throws KubernetesClientException when it cannot be told
   */
  static Optional<OwnedPods> read(KubeCluster cluster, String key) {
    String namespace = key.substring(0, key.indexOf('/'));
    String name = key.substring(key.indexOf('/') + 1);
    return read(cluster, "deployments", namespace, name)
        .or(() -> read(cluster, "statefulsets", namespace, name));
  }

  private static List<JsonNode> pods(KubeCluster cluster, JsonNode object) {
    String namespace = object.at("/metadata/namespace").asText();
    String name = object.at("/metadata/name").asText();
    String path =
        "/api/v1/namespaces/%s/pods?limit=%d&labelSelector=%s"
            .formatted(namespace, PODS_MAX, Pages.encoded(selector(object.at("/spec/selector"))));
    JsonNode told =
        cluster
            .tree(path)
            .orElseThrow(() -> new KubernetesClientException("no namespace " + namespace));
    if (!told.at("/metadata/continue").asText().isEmpty()) {
      throw new KubernetesClientException(name + " has more than " + PODS_MAX + " pods");
    }
    var pods = new ArrayList<JsonNode>();
    for (JsonNode pod : told.path("items")) {
      boolean over = Set.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
      if (!over && owned(pod, name)) pods.add(pod);
    }
    return pods;
  }

  /** A Deployment's ReplicaSets carry its name and a hash. */
  private static boolean owned(JsonNode pod, String name) {
    for (JsonNode owner : pod.at("/metadata/ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        String by = owner.path("name").asText();
        return owner.path("kind").asText().equals("ReplicaSet")
            ? by.startsWith(name + "-")
            : by.equals(name);
      }
    }
    return false;
  }

  private static String selector(JsonNode told) {
    var text = new StringJoiner(",");
    told.path("matchLabels")
        .properties()
        .forEach(label -> text.add(label.getKey() + "=" + label.getValue().asText()));
    for (JsonNode each : told.path("matchExpressions")) {
      String key = each.path("key").asText();
      var values = new StringJoiner(",", "(", ")");
      each.path("values").forEach(value -> values.add(value.asText()));
      text.add(
          switch (each.path("operator").asText()) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "DoesNotExist" -> "!" + key;
            default -> key;
          });
    }
    return text.toString();
  }

  int replicas() {
    return object.at("/spec/replicas").asInt(1);
  }

  static String uid(JsonNode object) {
    return object.at("/metadata/uid").asText();
  }

  /** RFC 3339, to the second. */
  static String made(JsonNode pod) {
    return pod.at("/metadata/creationTimestamp").asText();
  }

  static boolean leaving(JsonNode pod) {
    return pod.path("metadata").has("deletionTimestamp");
  }

  static String node(JsonNode pod) {
    return pod.at("/spec/nodeName").asText();
  }

  static boolean ready(JsonNode pod) {
    for (JsonNode each : pod.at("/status/conditions")) {
      if (each.path("type").asText().equals("Ready")) {
        return each.path("status").asText().equals("True");
      }
    }
    return false;
  }

  /** Those that serve and stay, but for one. */
  List<JsonNode> readyBut(String uid) {
    return pods.stream().filter(p -> ready(p) && !leaving(p) && !uid(p).equals(uid)).toList();
  }

  Set<String> uids() {
    return pods.stream().map(OwnedPods::uid).collect(Collectors.toSet());
  }

  /** What the scheduler says of a pod that it finds no place for; empty when all have one. */
  String unplaced() {
    for (JsonNode pod : pods) {
      for (JsonNode each : pod.at("/status/conditions")) {
        if (each.path("type").asText().equals("PodScheduled")
            && each.path("status").asText().equals("False")) {
          String name = pod.at("/metadata/name").asText();
          return "; " + name + " finds no place: " + each.path("message").asText();
        }
      }
    }
    return "";
  }

  /** Has every pod the template as it is now, and is each available? Empty: yes; else what not. */
  String rollingOut() {
    JsonNode is = object.path("status");
    int wanted = replicas();
    boolean told = observed();
    boolean all =
        is.path("updatedReplicas").asInt() == wanted
            && is.path("replicas").asInt() == wanted
            && is.path("availableReplicas").asInt() == wanted
            && is.path("terminatingReplicas").asInt() == 0;
    boolean alone = pods.size() == wanted && pods.stream().noneMatch(OwnedPods::leaving);
    return told && all && alone
        ? ""
        : "%d of %d replaced, %d available, %d pods"
                .formatted(
                    told ? is.path("updatedReplicas").asInt() : 0,
                    wanted,
                    is.path("availableReplicas").asInt(),
                    pods.size())
            + unplaced();
  }

  /** Is another rollout under way? That some pod does not serve is none. */
  boolean busy() {
    JsonNode is = object.path("status");
    return !observed()
        || is.path("updatedReplicas").asInt() != replicas()
        || is.path("replicas").asInt() != replicas();
  }

  private boolean observed() {
    return object.at("/status/observedGeneration").asLong()
        >= object.at("/metadata/generation").asLong();
  }
}
