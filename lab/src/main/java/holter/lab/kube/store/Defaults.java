package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the API server adds to what was given, and what it does not keep: nulls and empty maps. */
final class Defaults {
  /** Seconds that a pod stays on a node that is not ready, as DefaultTolerationSeconds has it. */
  private static final int TOLERATED_S = 300;

  private static final Set<String> NOT_WHEN_EMPTY =
      Set.of(
          "labels",
          "annotations",
          "nodeSelector",
          "taints",
          "tolerations",
          "ownerReferences",
          "finalizers",
          "disruptedPods",
          "conditions");

  private static final Set<String> NOT_WHEN_FALSE =
      Set.of("unschedulable", "hostNetwork", "paused");

  private Defaults() {}

  static void created(Kind kind, ObjectNode object) {
    of(kind, object);
    if (kind == Kind.POD && object.path("spec").isObject()) {
      ObjectNode spec = object.withObjectProperty("spec");
      tolerated(spec, "node.kubernetes.io/not-ready");
      tolerated(spec, "node.kubernetes.io/unreachable");
    }
  }

  static void of(Kind kind, ObjectNode object) {
    clean(object);
    switch (kind) {
      case POD -> pod(object.withObjectProperty("spec"));
      case DEPLOYMENT -> deployment(object.withObjectProperty("spec"));
      case REPLICA_SET, STATEFUL_SET -> absent(object.withObjectProperty("spec"), "replicas", 1);
      default -> {}
    }
  }

  private static void deployment(ObjectNode spec) {
    absent(spec, "replicas", 1);
    absent(spec, "revisionHistoryLimit", 10);
    absent(spec, "progressDeadlineSeconds", 600);
    ObjectNode strategy = spec.withObjectProperty("strategy");
    absent(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = strategy.withObjectProperty("rollingUpdate");
      absent(rolling, "maxSurge", "25%");
      absent(rolling, "maxUnavailable", "25%");
    }
    if (spec.path("template").path("spec").isObject()) {
      pod(spec.withObjectProperty("template").withObjectProperty("spec"));
    }
  }

  private static void pod(ObjectNode spec) {
    absent(spec, "restartPolicy", "Always");
    absent(spec, "terminationGracePeriodSeconds", 30);
    absent(spec, "dnsPolicy", "ClusterFirst");
    absent(spec, "schedulerName", "default-scheduler");
  }

  private static void tolerated(ObjectNode spec, String taint) {
    ArrayNode all = spec.withArrayProperty("tolerations");
    for (JsonNode each : all) {
      String key = each.path("key").asText();
      String effect = each.path("effect").asText();
      if ((key.isEmpty() || key.equals(taint))
          && (effect.isEmpty() || effect.equals("NoExecute"))) {
        return;
      }
    }
    all.addObject()
        .put("key", taint)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", TOLERATED_S);
  }

  private static void absent(ObjectNode where, String field, String value) {
    if (!where.has(field)) where.put(field, value);
  }

  private static void absent(ObjectNode where, String field, int value) {
    if (!where.has(field)) where.put(field, value);
  }

  private static void clean(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.path(name);
        clean(value);
        boolean empty = value.isContainerNode() && value.isEmpty() && NOT_WHEN_EMPTY.contains(name);
        boolean no = value.isBoolean() && !value.asBoolean() && NOT_WHEN_FALSE.contains(name);
        if (value.isNull() || empty || no) object.remove(name);
      }
    } else {
      node.forEach(Defaults::clean);
    }
  }
}
