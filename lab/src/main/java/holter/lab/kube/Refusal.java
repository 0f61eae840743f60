package holter.lab.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in Kubernetes' own form: a Status with code and reason. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int code;
  private final String reason;

  private Refusal(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static Refusal notFound(Kind kind, String name) {
    return new Refusal(404, "NotFound", kind.resource() + " \"" + name + "\" not found");
  }

  static Refusal noSuchPath() {
    return new Refusal(404, "NotFound", "the server could not find the requested resource");
  }

  static Refusal exists(Kind kind, String name) {
    return new Refusal(409, "AlreadyExists", kind.resource() + " \"" + name + "\" already exists");
  }

  static Refusal conflict(Kind kind, String name, String why) {
    return new Refusal(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + kind.resource() + " \"" + name + "\": " + why);
  }

  static Refusal invalid(Kind kind, String name, String why) {
    return new Refusal(422, "Invalid", kind.word() + " \"" + name + "\" is invalid: " + why);
  }

  static Refusal bad(String why) {
    return new Refusal(400, "BadRequest", why);
  }

  static Refusal gone(long asked, long oldest) {
    return new Refusal(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
  }

  static Refusal method(String method) {
    return new Refusal(405, "MethodNotAllowed", "the simulator does not " + method + " this");
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    ObjectNode status =
        JSON.createObjectNode()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("status", "Failure")
            .put("message", getMessage())
            .put("reason", reason)
            .put("code", code);
    status.putObject("metadata");
    return status;
  }
}
