package holter.lab.kube.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** Asks an API server on behalf of one fact, and takes away what the fact made. */
public final class Ask implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final String namespace;
  private final Set<String> made = new LinkedHashSet<>();

  public Ask(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** A fact that does not hold. */
  public static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String why) {
      super(why);
    }
  }

  public static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new Broken(otherwise);
    }
  }

  public static String newName() {
    return "holter-fact-" + UUID.randomUUID().toString().substring(0, 8);
  }

  public KubernetesClient client() {
    return client;
  }

  public String namespace() {
    return namespace;
  }

  public String leases() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  public String pods() {
    return "/api/v1/namespaces/" + namespace + "/pods";
  }

  public static ObjectNode lease(String name) {
    ObjectNode lease =
        JSON.createObjectNode().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", name);
    lease
        .putObject("spec")
        .put("holderIdentity", "a")
        .put("leaseDurationSeconds", 6)
        .put("leaseTransitions", 1);
    return lease;
  }

  /**
   * A pod that never runs: nothing is pulled, nothing is started.
   *
   * @param node one that does not exist, or empty: no scheduler finds it a place
   */
  public static ObjectNode pod(String name, String node) {
    ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).putObject("labels").put("holter-fact", name);
    ObjectNode spec = pod.putObject("spec");
    spec.putArray("containers").addObject().put("name", "c").put("image", "registry.k8s.io/pause");
    if (node.isEmpty()) {
      spec.putObject("nodeSelector").put("holter.io/no-such-node", "true");
    } else {
      spec.put("nodeName", node);
    }
    return pod;
  }

  public ObjectNode create(String collection, ObjectNode object) {
    ObjectNode answer = send("POST", collection, object);
    made.add(collection + "/" + object.path("metadata").path("name").asText());
    return answer;
  }

  public ObjectNode get(String path) {
    return send("GET", path, null);
  }

  public ObjectNode put(String path, ObjectNode object) {
    return send("PUT", path, object);
  }

  public ObjectNode delete(String path, ObjectNode options) {
    return send("DELETE", path, options);
  }

  public static ObjectNode options() {
    return JSON.createObjectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
  }

  public static ObjectNode only(String what, String value) {
    ObjectNode options = options();
    options.putObject("preconditions").put(what, value);
    return options;
  }

  private ObjectNode send(
      String method, String path, @org.jspecify.annotations.Nullable ObjectNode body) {
    try {
      String answer = client.raw(path, method, body == null ? null : body.toString());
      if (JSON.readTree(answer) instanceof ObjectNode object) {
        return object;
      }
      throw new Broken(method + " " + path + " is not answered by an object");
    } catch (JsonProcessingException garbled) {
      throw new Broken(method + " " + path + " is not answered by JSON");
    }
  }

  /** The call must be refused so. */
  public static void refused(int code, String reason, Runnable call) {
    try {
      call.run();
    } catch (KubernetesClientException refusal) {
      String said = refusal.getStatus() == null ? "" : refusal.getStatus().getReason();
      that(
          refusal.getCode() == code && reason.equals(said),
          "refused with " + refusal.getCode() + " " + said + " instead of " + code + " " + reason);
      return;
    }
    throw new Broken("not refused; " + code + " " + reason + " was due");
  }

  public static String at(JsonNode object, String field) {
    return object.path("metadata").path(field).asText();
  }

  @Override
  public void close() {
    for (String path : made) {
      try {
        delete(path, options().put("gracePeriodSeconds", 0));
      } catch (KubernetesClientException gone) {
        that(gone.getCode() == 404, path + " is left behind: " + gone.getCode());
      }
    }
  }
}
