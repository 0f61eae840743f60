package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/** What an object of each kind may say, as the real API server has it. */
final class Rules {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int NOTE_MAX = 1_024;
  private static final int WORD_MAX = 128;

  private Rules() {}

  static void created(Kind kind, ObjectNode object) {
    String name = Json.name(object);
    if (name.length() > 253 || !NAME.matcher(name).matches()) {
      throw Refusal.invalid(kind, name, "metadata.name: Invalid value");
    }
    if (!object.path("metadata").path("finalizers").isMissingNode()) {
      throw Refusal.bad("the simulator has no finalizers");
    }
    switch (kind) {
      case POD -> pod(kind, name, object.path("spec"));
      case LEASE -> lease(name, object.path("spec"));
      case DEPLOYMENT, REPLICA_SET -> template(kind, name, object.path("spec"));
      case BUDGET -> budget(name, object.path("spec"));
      case EVENT -> event(name, object);
      case CONFIG_MAP -> configMap(object);
      default -> {}
    }
  }

  static void updated(Kind kind, ObjectNode before, ObjectNode after) {
    created(kind, after);
    String name = Json.name(after);
    if (kind == Kind.POD && !before.path("spec").equals(after.path("spec"))) {
      throw Refusal.invalid(kind, name, "spec: Forbidden: pod updates may not change fields");
    }
    if ((kind == Kind.DEPLOYMENT || kind == Kind.REPLICA_SET)
        && !before.at("/spec/selector").equals(after.at("/spec/selector"))) {
      throw Refusal.invalid(kind, name, "spec.selector: Invalid value: field is immutable");
    }
  }

  private static void pod(Kind kind, String name, JsonNode spec) {
    JsonNode containers = spec.path("containers");
    if (!containers.isArray() || containers.isEmpty()) {
      throw Refusal.invalid(kind, name, "spec.containers: Required value");
    }
    for (String affinity : List.of("podAffinity", "podAntiAffinity")) {
      if (spec.path("affinity").path(affinity).hasNonNull(Terms.REQUIRED)) {
        throw Refusal.bad("the simulator's scheduler knows no required " + affinity);
      }
    }
    for (JsonNode spread : spec.path("topologySpreadConstraints")) {
      if (!spread.path("whenUnsatisfiable").asText().equals("ScheduleAnyway")) {
        throw Refusal.bad("the simulator's scheduler knows no required topology spread");
      }
    }
  }

  private static void template(Kind kind, String name, JsonNode spec) {
    JsonNode selector = spec.path("selector");
    if (selector.isMissingNode()) {
      throw Refusal.invalid(kind, name, "spec.selector: Required value");
    }
    JsonNode template = spec.path("template");
    if (!Selector.matching(selector).test(template)) {
      throw Refusal.invalid(
          kind,
          name,
          "spec.template.metadata.labels: Invalid value: `selector` does not match template"
              + " `labels`");
    }
    if (spec.path("replicas").asLong() < 0) {
      throw Refusal.invalid(
          kind, name, "spec.replicas: Invalid value: must be greater than or equal to 0");
    }
    pod(kind, name, template.path("spec"));
  }

  private static void budget(String name, JsonNode spec) {
    if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
      throw Refusal.invalid(
          Kind.BUDGET,
          name,
          "spec: Invalid value: minAvailable and maxUnavailable cannot be both set");
    }
    Selector.matching(spec.path("selector"));
  }

  private static void lease(String name, JsonNode spec) {
    if (spec.hasNonNull("leaseDurationSeconds")
        && spec.path("leaseDurationSeconds").asLong() <= 0) {
      throw Refusal.invalid(Kind.LEASE, name, "spec.leaseDurationSeconds: must be greater than 0");
    }
    if (spec.path("leaseTransitions").asLong(0) < 0) {
      throw Refusal.invalid(
          Kind.LEASE, name, "spec.leaseTransitions: must be greater than or equal to 0");
    }
  }

  /** Strict for those in the new form, which date by eventTime. */
  private static void event(String name, ObjectNode event) {
    JsonNode about = event.path("involvedObject");
    String inside = about.path("namespace").asText("default");
    String own = event.path("metadata").path("namespace").asText(inside);
    if (!own.equals(inside)) {
      throw Refusal.invalid(
          Kind.EVENT, name, "involvedObject.namespace: Invalid value: does not match");
    }
    if (!event.has("eventTime")) {
      return;
    }
    for (String word : List.of("reportingComponent", "reportingInstance", "action", "reason")) {
      String said = event.path(word).asText();
      if (said.isEmpty() || said.length() > WORD_MAX) {
        throw Refusal.invalid(Kind.EVENT, name, word + ": Required value");
      }
    }
    if (!List.of("Normal", "Warning").contains(event.path("type").asText())) {
      throw Refusal.invalid(Kind.EVENT, name, "type: Invalid value");
    }
    if (event.path("message").asText().length() > NOTE_MAX) {
      throw Refusal.invalid(Kind.EVENT, name, "message: Invalid value: can have at most 1024");
    }
  }

  private static void configMap(ObjectNode map) {
    for (JsonNode value : map.path("data")) {
      if (!value.isTextual()) {
        throw Refusal.bad("ConfigMap in version \"v1\" cannot be handled: data must be strings");
      }
    }
  }
}
