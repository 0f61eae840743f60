package holter.lab.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What must hold of an object for it to be deleted, and how.
 *
 * @param uid empty for any
 * @param version empty for any
 * @param graceS of a pod; −1: as the pod has it
 * @param dryRun the preconditions are checked and nothing is deleted
 */
public record Deletion(String uid, String version, long graceS, boolean dryRun) {
  private static final long GRACE_S = 30;

  /** At once, whatever its grace. */
  public static Deletion now(String uid) {
    return new Deletion(uid, "", 0, false);
  }

  /** As its own grace has it. */
  public static Deletion of(String uid) {
    return new Deletion(uid, "", -1, false);
  }

  void check(Kind kind, ObjectNode object) {
    check(kind, object, "UID", uid, Json.uid(object));
    check(kind, object, "ResourceVersion", version, Json.meta(object, "resourceVersion"));
  }

  private static void check(Kind kind, ObjectNode object, String what, String asked, String is) {
    if (!asked.isEmpty() && !asked.equals(is)) {
      throw Refusal.conflict(
          kind,
          Json.name(object),
          "Precondition failed: %s in precondition: %s, %s in object meta: %s"
              .formatted(what, asked, what, is));
    }
  }

  long grace(ObjectNode pod) {
    String phase = pod.path("status").path("phase").asText();
    if (pod.path("spec").path("nodeName").asText().isEmpty()
        || phase.equals("Succeeded")
        || phase.equals("Failed")) {
      return 0; // no kubelet has anything to stop
    }
    return graceS >= 0
        ? graceS
        : pod.path("spec").path("terminationGracePeriodSeconds").asLong(GRACE_S);
  }
}
