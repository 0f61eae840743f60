package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Deletion;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rolls each Deployment out: one ReplicaSet per template, the new one up and the old ones down
 * within surge and unavailability; a paused one stays as it is. What a Deployment tells of itself
 * is {@link Progress}.
 */
final class Deployments {
  static final String BY = "kube-controller-manager";
  static final String HASH = "pod-template-hash";
  private static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final ObjectStore store;
  private final EventLog events;

  Deployments(ObjectStore store, EventLog events) {
    this.store = store;
    this.events = events;
  }

  void look() {
    for (ObjectNode deployment : store.peek(Kind.DEPLOYMENT)) {
      List<ObjectNode> sets = sets(deployment);
      boolean paused = deployment.at("/spec/paused").asBoolean();
      Optional<ObjectNode> current = sets.stream().filter(s -> isOf(deployment, s)).findFirst();
      if (!paused) {
        ObjectNode set = revised(deployment, sets, current.orElse(null));
        step(deployment, set);
        forget(deployment, Json.uid(set));
        current = Optional.of(set);
      }
      String uid = current.map(Json::uid).orElse("");
      Progress.tell(store, deployment, sets(deployment), uid);
    }
  }

  /** Its ReplicaSets, oldest first. */
  private List<ObjectNode> sets(ObjectNode deployment) {
    return Json.controlled(store.peek(Kind.REPLICA_SET), deployment).stream()
        .sorted(
            Comparator.comparing((ObjectNode set) -> Json.meta(set, "creationTimestamp"))
                .thenComparingLong(Deployments::revision))
        .toList();
  }

  private static boolean isOf(ObjectNode deployment, ObjectNode set) {
    JsonNode template = set.at("/spec/template").deepCopy();
    if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return template.equals(deployment.at("/spec/template"));
  }

  static int replicas(JsonNode object) {
    return object.at("/spec/replicas").asInt();
  }

  static long revision(JsonNode object) {
    return object.path("metadata").path("annotations").path(REVISION).asLong();
  }

  /** The ReplicaSet of the template as it is now, whose revision is the highest. */
  private ObjectNode revised(
      ObjectNode deployment,
      List<ObjectNode> sets,
      @org.jspecify.annotations.Nullable ObjectNode current) {
    long highest =
        sets.stream()
            .filter(s -> current == null || !Json.uid(s).equals(Json.uid(current)))
            .mapToLong(Deployments::revision)
            .max()
            .orElse(0);
    ObjectNode set = current == null ? made(deployment, highest + 1) : current;
    if (revision(set) <= highest) {
      set = annotated(Kind.REPLICA_SET, set, highest + 1);
    }
    if (revision(deployment) != revision(set)) {
      annotated(Kind.DEPLOYMENT, deployment, revision(set));
    }
    return set;
  }

  private ObjectNode annotated(Kind kind, ObjectNode object, long revision) {
    return store.change(
        kind,
        Json.namespace(object),
        Json.name(object),
        BY,
        each ->
            Json.meta(each)
                .withObjectProperty("annotations")
                .put(REVISION, Long.toString(revision)));
  }

  private ObjectNode made(ObjectNode deployment, long revision) {
    JsonNode template = deployment.at("/spec/template");
    String hash = hash(template.toString());
    ObjectNode set = Json.object();
    Json.meta(set).put("name", Json.name(deployment) + "-" + hash);
    Json.meta(set).set("labels", template.path("metadata").path("labels").deepCopy());
    Json.meta(set).withObjectProperty("labels").put(HASH, hash);
    Json.meta(set).putObject("annotations").put(REVISION, Long.toString(revision));
    Json.own(set, Kind.DEPLOYMENT, deployment);
    ObjectNode spec = set.putObject("spec").put("replicas", 0);
    if (deployment.path("spec").has("minReadySeconds")) {
      spec.set("minReadySeconds", deployment.at("/spec/minReadySeconds"));
    }
    spec.set("selector", deployment.at("/spec/selector").deepCopy());
    spec.withObjectProperty("selector").withObjectProperty("matchLabels").put(HASH, hash);
    spec.set("template", template.deepCopy());
    spec.withObjectProperty("template")
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(HASH, hash);
    return store.create(Kind.REPLICA_SET, Json.namespace(deployment), set, Writer.inside(BY));
  }

  private static String hash(String text) {
    long bits = 0xcbf29ce484222325L;
    for (byte each : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      bits = (bits ^ each) * 0x100000001b3L;
    }
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      hash.append(LETTERS.charAt((int) Long.remainderUnsigned(bits, LETTERS.length())));
      bits = Long.divideUnsigned(bits, LETTERS.length());
    }
    return hash.toString();
  }

  /** As many more at once as surge has it, and as many fewer. */
  record Fence(int surge, int unavailable) {
    static Fence of(JsonNode deployment) {
      JsonNode rolling = deployment.at("/spec/strategy/rollingUpdate");
      int replicas = replicas(deployment);
      int surge = Counts.of(rolling.path("maxSurge"), replicas, true);
      int unavailable = Counts.of(rolling.path("maxUnavailable"), replicas, false);
      return new Fence(surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }
  }

  private void step(ObjectNode deployment, ObjectNode current) {
    List<ObjectNode> all = sets(deployment);
    List<ObjectNode> old =
        all.stream().filter(set -> !Json.uid(set).equals(Json.uid(current))).toList();
    int wanted = replicas(deployment);
    if (deployment.at("/spec/strategy/type").asText().equals("Recreate")) {
      recreate(deployment, current, old);
      return;
    }
    Fence fence = Fence.of(deployment);
    int total = all.stream().mapToInt(Deployments::replicas).sum();
    int now = replicas(current);
    if (now > wanted) {
      scale(deployment, current, wanted);
    } else if (now < wanted && total < wanted + fence.surge()) {
      scale(deployment, current, now + Math.min(wanted + fence.surge() - total, wanted - now));
    } else {
      down(deployment, current, old, wanted - fence.unavailable());
    }
  }

  /** Takes old replicas away: first those that are of no use, then as availability allows. */
  private void down(
      ObjectNode deployment, ObjectNode current, List<ObjectNode> old, int minAvailable) {
    int total = replicas(current) + old.stream().mapToInt(Deployments::replicas).sum();
    int spare = total - minAvailable - (replicas(current) - available(current));
    List<ObjectNode> left = new ArrayList<>();
    for (ObjectNode set : old) {
      int useless = Math.min(Math.max(spare, 0), replicas(set) - available(set));
      spare -= Math.max(useless, 0);
      left.add(useless > 0 ? scale(deployment, set, replicas(set) - useless) : set);
    }
    int allowed =
        Math.min(
            spare,
            available(current)
                + left.stream().mapToInt(Deployments::available).sum()
                - minAvailable);
    for (ObjectNode set : left) {
      int gone = Math.min(Math.max(allowed, 0), replicas(set));
      if (gone > 0) scale(deployment, set, replicas(set) - gone);
      allowed -= gone;
    }
  }

  private static int available(JsonNode set) {
    return Math.min(replicas(set), set.at("/status/availableReplicas").asInt());
  }

  private void recreate(ObjectNode deployment, ObjectNode current, List<ObjectNode> old) {
    old.stream().filter(set -> replicas(set) > 0).forEach(set -> scale(deployment, set, 0));
    boolean gone =
        old.stream().allMatch(set -> Json.controlled(store.peek(Kind.POD), set).isEmpty());
    if (gone) scale(deployment, current, replicas(deployment));
  }

  private ObjectNode scale(ObjectNode deployment, ObjectNode set, int replicas) {
    if (replicas(set) == replicas) return set;
    String way = replicas > replicas(set) ? "up" : "down";
    ObjectNode scaled =
        store.change(
            Kind.REPLICA_SET,
            Json.namespace(set),
            Json.name(set),
            BY,
            each -> each.withObjectProperty("spec").put("replicas", replicas));
    events.tell(
        Kind.DEPLOYMENT,
        deployment,
        "deployment-controller",
        "Normal",
        "ScalingReplicaSet",
        "Scaled %s replica set %s from %d to %d"
            .formatted(way, Json.name(set), replicas(set), replicas));
    return scaled;
  }

  /** Old ReplicaSets beyond the history's limit are taken away. */
  private void forget(ObjectNode deployment, String current) {
    List<ObjectNode> idle =
        sets(deployment).stream()
            .filter(set -> !Json.uid(set).equals(current) && replicas(set) == 0)
            .filter(set -> set.at("/status/replicas").asInt() == 0)
            .sorted(Comparator.comparingLong(Deployments::revision))
            .toList();
    int tooMany = idle.size() - deployment.at("/spec/revisionHistoryLimit").asInt();
    for (ObjectNode set : idle.subList(0, Math.max(0, tooMany))) {
      store.delete(
          Kind.REPLICA_SET, Json.namespace(set), Json.name(set), Deletion.of(Json.uid(set)));
    }
  }
}
