package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.Refusal;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, by the bearer token, and whether it may. Who shows no token is the owner of the
 * simulator and may do all. The remedy's role is also under guard: it may take a cordon away, set
 * one only where it took it, and change no label, taint, replica count, container or volume.
 * Thread-safe.
 */
final class Access {
  private static final String BEARER = "Bearer ";
  private static final String MARK = "holter.io/plan";

  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  /**
   * Gives a role, or changes what it may.
   *
   * @return its token
   */
  String grant(Role role) {
    String token = tokens.computeIfAbsent(role.user(), user -> UUID.randomUUID().toString());
    roles.put(token, role);
    return token;
  }

  /** The role of a request; null: the owner. */
  @Nullable Role who(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return null;
    }
    Role role = roles.get(authorization.substring(BEARER.length()));
    if (role == null) throw Refusal.unauthorized();
    return role;
  }

  static void check(@Nullable Role role, String verb, Target target) {
    if (role != null && !role.may(verb, target)) {
      String part = target.part().isEmpty() ? "" : "/" + target.part();
      throw Refusal.forbidden(
          "%s \"%s\" is forbidden: User \"%s\" cannot %s resource \"%s%s\" in API group \"%s\"%s"
              .formatted(
                  target.kind().resource(),
                  target.name(),
                  role.user(),
                  verb,
                  target.kind().plural(),
                  part,
                  target.group(),
                  target.namespace().isEmpty()
                      ? " at the cluster scope"
                      : " in the namespace \"" + target.namespace() + "\""));
    }
  }

  /** What the cluster's own policy says of a change, whatever the rights. */
  static void guard(@Nullable Role role, Kind kind, JsonNode before, JsonNode after) {
    if (role == null || !role.user().equals(Role.REMEDY)) {
      return;
    }
    if (kind == Kind.NODE) {
      same(kind, before, after, "/metadata/labels");
      same(kind, before, after, "/spec/taints");
      cordon(before, after);
    } else if (kind == Kind.DEPLOYMENT) {
      same(kind, before, after, "/spec/replicas");
      same(kind, before, after, "/spec/template/spec/containers");
      same(kind, before, after, "/spec/template/spec/volumes");
    }
  }

  /** What was opened carries a mark, and that alone may be closed again. */
  private static void cordon(JsonNode before, JsonNode after) {
    boolean was = before.at("/spec/unschedulable").asBoolean();
    boolean is = after.at("/spec/unschedulable").asBoolean();
    boolean wasMarked = before.at("/metadata/annotations").has(MARK);
    boolean isMarked = after.at("/metadata/annotations").has(MARK);
    if (is && !was && !(wasMarked && !isMarked)) {
      throw denied(Kind.NODE, before, "may cordon only what it opened");
    }
    if (isMarked && !wasMarked && !(was && !is)) {
      throw denied(Kind.NODE, before, "marks a node only while it opens it");
    }
  }

  private static void same(Kind kind, JsonNode before, JsonNode after, String field) {
    JsonNode was = before.at(field);
    JsonNode is = after.at(field);
    boolean nothing =
        (was.isMissingNode() || was.isEmpty()) && (is.isMissingNode() || is.isEmpty());
    if (!was.equals(is) && !(nothing && !was.isValueNode() && !is.isValueNode())) {
      throw denied(kind, before, field + " must stay as it is");
    }
  }

  private static Refusal denied(Kind kind, JsonNode object, String why) {
    String policy = "holter-" + (kind == Kind.NODE ? "node" : "deployment") + "-guard";
    return Refusal.invalid(
        ("%s \"%s\" is forbidden: ValidatingAdmissionPolicy '%s' with binding '%s' denied"
                + " request: %s")
            .formatted(kind.resource(), object.at("/metadata/name").asText(), policy, policy, why));
  }
}
