package holter.lab.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in Kubernetes' own form: a Status with code and reason. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private String cause = "";
  private String causeMessage = "";
  private int retryAfterS;

  private Refusal(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  public static Refusal notFound(Kind kind, String name) {
    return new Refusal(404, "NotFound", kind.resource() + " \"" + name + "\" not found");
  }

  public static Refusal noSuchPath() {
    return new Refusal(404, "NotFound", "the server could not find the requested resource");
  }

  public static Refusal exists(Kind kind, String name) {
    return new Refusal(409, "AlreadyExists", kind.resource() + " \"" + name + "\" already exists");
  }

  public static Refusal conflict(Kind kind, String name, String why) {
    return new Refusal(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + kind.resource() + " \"" + name + "\": " + why);
  }

  public static Refusal invalid(Kind kind, String name, String why) {
    return new Refusal(422, "Invalid", kind.word() + " \"" + name + "\" is invalid: " + why);
  }

  /** Of a patch that cannot be applied, and of a policy. */
  public static Refusal invalid(String message) {
    return new Refusal(422, "Invalid", message);
  }

  public static Refusal bad(String why) {
    return new Refusal(400, "BadRequest", why);
  }

  public static Refusal gone(long asked, long oldest) {
    return new Refusal(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
  }

  public static Refusal method(String method) {
    return new Refusal(405, "MethodNotAllowed", "the simulator does not " + method + " this");
  }

  public static Refusal mediaType(String type) {
    return new Refusal(
        415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + type);
  }

  public static Refusal unauthorized() {
    return new Refusal(401, "Unauthorized", "Unauthorized");
  }

  public static Refusal forbidden(String message) {
    return new Refusal(403, "Forbidden", message);
  }

  public static Refusal internal(String message) {
    return new Refusal(500, "InternalError", "Internal error occurred: " + message);
  }

  public static Refusal unavailable(String message) {
    return new Refusal(503, "ServiceUnavailable", message);
  }

  /**
   * By a disruption budget.
   *
   * @param retryAfterS 0: no word of when to try again
   */
  public static Refusal tooMany(String why, int retryAfterS) {
    Refusal refusal =
        new Refusal(
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.");
    refusal.cause = "DisruptionBudget";
    refusal.causeMessage = why;
    refusal.retryAfterS = retryAfterS;
    return refusal;
  }

  public int code() {
    return code;
  }

  /** 0: none is told. */
  public int retryAfterS() {
    return retryAfterS;
  }

  public ObjectNode status() {
    ObjectNode status =
        Json.object()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("status", "Failure")
            .put("message", getMessage())
            .put("reason", reason)
            .put("code", code);
    status.putObject("metadata");
    if (!cause.isEmpty()) {
      ObjectNode details = status.putObject("details");
      details.putArray("causes").addObject().put("reason", cause).put("message", causeMessage);
      if (retryAfterS > 0) {
        details.put("retryAfterSeconds", retryAfterS);
      }
    }
    return status;
  }
}
