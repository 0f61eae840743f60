package holter.server.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.remedy.KubeAct;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kubernetes what was done to an object, as an event on it: the shop window, not the record.
 * That it cannot be told stops nothing.
 */
final class RemedyEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RemedyEvents.class);
  private static final int NOTE_MAX = 1_000;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubeCluster cluster;

  RemedyEvents(KubeCluster cluster) {
    this.cluster = cluster;
  }

  /** What an event is on. Objects in no namespace have their events in {@code default}. */
  private record About(String api, String kind, String namespace, String name, String uid) {}

  void tell(KubeAct act, boolean done, String note) {
    String reason =
        switch (act) {
          case KubeAct.Cordon _, KubeAct.Pin _ -> done ? "RemedyRolledBack" : "RemedyFailed";
          case KubeAct.Uncordon _, KubeAct.Relax _, KubeAct.Evict _, KubeAct.Restart _ ->
              done ? "RemedyApplied" : "RemedyFailed";
        };
    About about = about(act);
    String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
    ObjectNode event = KubeCluster.object().put("apiVersion", "events.k8s.io/v1");
    event.put("kind", "Event");
    event.putObject("metadata").put("generateName", "holter-").put("namespace", namespace);
    event
        .put("eventTime", MICROS.format(Instant.now()))
        .put("reportingController", "holter.io/remedy")
        .put("reportingInstance", "holter")
        .put("action", act.getClass().getSimpleName())
        .put("reason", reason)
        .put("type", done ? "Normal" : "Warning");
    String text = act.canonical() + (note.isEmpty() ? "" : ": " + note);
    event.put("note", text.substring(0, Math.min(NOTE_MAX, text.length())));
    ObjectNode regarding = event.putObject("regarding");
    regarding.put("apiVersion", about.api()).put("kind", about.kind()).put("name", about.name());
    regarding.put("uid", about.uid());
    if (!about.namespace().isEmpty()) regarding.put("namespace", about.namespace());
    send("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events", event);
  }

  private void send(String path, ObjectNode event) {
    try {
      KubeCluster.Answer answer = cluster.send("POST", path, "application/json", event);
      if (!answer.ok()) LOG.atDebug().addKeyValue("why", answer.why()).log("event not taken");
    } catch (KubernetesClientException away) {
      LOG.atDebug().addKeyValue("why", away.getMessage()).log("event not told");
    }
  }

  private static About about(KubeAct act) {
    return switch (act) {
      case KubeAct.Uncordon it -> new About("v1", "Node", "", it.node(), it.uid());
      case KubeAct.Cordon it -> new About("v1", "Node", "", it.node(), it.uid());
      case KubeAct.Relax it ->
          new About("apps/v1", "Deployment", it.namespace(), it.name(), it.uid());
      case KubeAct.Pin it ->
          new About("apps/v1", "Deployment", it.namespace(), it.name(), it.uid());
      case KubeAct.Evict it -> new About("v1", "Pod", it.namespace(), it.pod(), it.uid());
      case KubeAct.Restart it -> new About("v1", "Pod", it.namespace(), it.pod(), it.uid());
    };
  }
}
