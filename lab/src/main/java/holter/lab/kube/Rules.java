package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** What an object of each kind may say, as the real API server has it. */
final class Rules {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private Rules() {}

  static void created(Kind kind, ObjectNode object) {
    String name = object.path("metadata").path("name").asText();
    if (name.length() > 253 || !NAME.matcher(name).matches()) {
      throw Refusal.invalid(kind, name, "metadata.name: Invalid value");
    }
    if (!object.path("metadata").path("finalizers").isMissingNode()) {
      throw Refusal.bad("the simulator has no finalizers");
    }
    switch (kind) {
      case POD -> pod(name, object);
      case LEASE -> lease(name, object);
      case NODE, EVENT -> {}
    }
  }

  static void updated(Kind kind, ObjectNode before, ObjectNode after) {
    created(kind, after);
    String name = after.path("metadata").path("name").asText();
    if (kind == Kind.POD && !before.path("spec").equals(after.path("spec"))) {
      throw Refusal.invalid(kind, name, "spec: Forbidden: pod updates may not change fields");
    }
    if (after.path("metadata").path("resourceVersion").asText().isEmpty()
        && kind == Kind.LEASE) { // pods and nodes may be updated unconditionally
      throw Refusal.invalid(
          kind,
          name,
          "metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }
  }

  private static void pod(String name, ObjectNode pod) {
    JsonNode containers = pod.path("spec").path("containers");
    if (!containers.isArray() || containers.isEmpty()) {
      throw Refusal.invalid(Kind.POD, name, "spec.containers: Required value");
    }
  }

  private static void lease(String name, ObjectNode lease) {
    JsonNode spec = lease.path("spec");
    if (spec.hasNonNull("leaseDurationSeconds")
        && spec.path("leaseDurationSeconds").asLong() <= 0) {
      throw Refusal.invalid(Kind.LEASE, name, "spec.leaseDurationSeconds: must be greater than 0");
    }
    if (spec.path("leaseTransitions").asLong(0) < 0) {
      throw Refusal.invalid(
          Kind.LEASE, name, "spec.leaseTransitions: must be greater than or equal to 0");
    }
  }
}
