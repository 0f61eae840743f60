package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import java.util.List;

/** What a Deployment tells of its rollout: counts, and the conditions Available and Progressing. */
final class Progress {
  private Progress() {}

  private record Count(
      int replicas, int updated, int ready, int available, int leaving, long generation) {}

  /**
   * Writes it.
   *
   * @param current the uid of the new ReplicaSet; empty when there is none
   */
  static void tell(
      ObjectStore store, ObjectNode deployment, List<ObjectNode> sets, String current) {
    Count count =
        new Count(
            sum(sets, "replicas"),
            sum(sets.stream().filter(set -> Json.uid(set).equals(current)).toList(), "replicas"),
            sum(sets, "readyReplicas"),
            sum(sets, "availableReplicas"),
            sum(sets, "terminatingReplicas"),
            deployment.at("/metadata/generation").asLong());
    store.change(
        Kind.DEPLOYMENT,
        Json.namespace(deployment),
        Json.name(deployment),
        Deployments.BY,
        each -> write(each, count));
  }

  private static int sum(List<ObjectNode> sets, String field) {
    return sets.stream().mapToInt(set -> set.path("status").path(field).asInt()).sum();
  }

  private static void write(ObjectNode deployment, Count count) {
    JsonNode before = deployment.path("status").deepCopy();
    int wanted = Deployments.replicas(deployment);
    ObjectNode status =
        deployment
            .withObjectProperty("status")
            .put("observedGeneration", count.generation())
            .put("replicas", count.replicas())
            .put("updatedReplicas", count.updated())
            .put("readyReplicas", count.ready())
            .put("availableReplicas", count.available())
            .put("unavailableReplicas", Math.max(0, wanted - count.available()))
            .put("terminatingReplicas", count.leaving());
    int least = wanted - Deployments.Fence.of(deployment).unavailable();
    if (count.available() >= least) {
      Json.condition(deployment, "Available", "True", "MinimumReplicasAvailable");
    } else {
      Json.condition(deployment, "Available", "False", "MinimumReplicasUnavailable");
    }
    boolean done =
        count.updated() == wanted && count.replicas() == wanted && count.available() == wanted;
    boolean moved =
        changed(before, status, "updatedReplicas")
            || changed(before, status, "readyReplicas")
            || changed(before, status, "availableReplicas")
            || changed(before, status, "replicas")
            || changed(before, status, "observedGeneration");
    progressing(deployment, done, moved);
  }

  private static boolean changed(JsonNode before, JsonNode after, String field) {
    return before.path(field).asLong() != after.path(field).asLong();
  }

  private static void progressing(ObjectNode deployment, boolean done, boolean moved) {
    String reason = Json.condition(deployment, "Progressing").path("reason").asText();
    if (done) {
      ObjectNode is = Json.condition(deployment, "Progressing", "True", "NewReplicaSetAvailable");
      if (!reason.equals("NewReplicaSetAvailable")) is.put("lastUpdateTime", Json.now());
    } else if (moved || reason.isEmpty()) {
      Json.condition(deployment, "Progressing", "True", "ReplicaSetUpdated")
          .put("lastUpdateTime", Json.now());
    } else {
      String since = Json.condition(deployment, "Progressing").path("lastUpdateTime").asText();
      boolean late = Json.ageS(since) > deployment.at("/spec/progressDeadlineSeconds").asDouble();
      if (late && !reason.equals("NewReplicaSetAvailable")) {
        Json.condition(deployment, "Progressing", "False", "ProgressDeadlineExceeded");
      }
    }
  }
}
