package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sets a scene on a simulated cluster, as a person with {@code kubectl} would: over HTTP, and the
 * objects say who did it. Each call throws {@link IllegalStateException} when it is refused.
 */
public final class KubeScene {
  private final Wire wire;
  private final KubeSim sim;

  KubeScene(KubernetesClient client, KubeSim sim) {
    this.wire = new Wire(client, "kubectl");
    this.sim = sim;
  }

  /**
   * A Deployment of one container.
   *
   * @param nodeSelector where its pods must stand; empty: anywhere
   * @param cpu request as Kubernetes writes it; empty: none
   * @param memory request; empty: none
   */
  public record Workload(
      String namespace,
      String name,
      int replicas,
      Map<String, String> nodeSelector,
      String cpu,
      String memory) {
    public Workload {
      nodeSelector = Map.copyOf(nodeSelector);
    }

    /** In the namespace {@code default}, anywhere, without requests. */
    public static Workload of(String name, int replicas) {
      return new Workload("default", name, replicas, Map.of(), "", "");
    }

    /** Pinned to one node by its host name. */
    public Workload on(String node) {
      return selecting(Map.of("kubernetes.io/hostname", node));
    }

    public Workload selecting(Map<String, String> labels) {
      return new Workload(namespace, name, replicas, labels, cpu, memory);
    }

    public Workload in(String other) {
      return new Workload(other, name, replicas, nodeSelector, cpu, memory);
    }

    public Workload asking(String someCpu, String someMemory) {
      return new Workload(namespace, name, replicas, nodeSelector, someCpu, someMemory);
    }

    /** As it is sent; its pods are labelled {@code app: NAME}. */
    public ObjectNode object() {
      ObjectNode object = Json.object().put("apiVersion", "apps/v1").put("kind", "Deployment");
      Json.meta(object).put("name", name).putObject("labels").put("app", name);
      ObjectNode spec = object.putObject("spec").put("replicas", replicas);
      spec.putObject("selector").putObject("matchLabels").put("app", name);
      ObjectNode template = spec.putObject("template");
      Json.meta(template).putObject("labels").put("app", name);
      ObjectNode pod = template.putObject("spec");
      ObjectNode container = pod.putArray("containers").addObject();
      container.put("name", "main").put("image", "registry.k8s.io/pause");
      ObjectNode requests = Json.object();
      if (!cpu.isEmpty()) requests.put("cpu", cpu);
      if (!memory.isEmpty()) requests.put("memory", memory);
      if (!requests.isEmpty()) container.putObject("resources").set("requests", requests);
      if (!nodeSelector.isEmpty()) {
        ObjectNode selector = pod.putObject("nodeSelector");
        nodeSelector.forEach(selector::put);
      }
      return object;
    }
  }

  private JsonNode sent(String method, String path, String form, @Nullable JsonNode body) {
    Wire.Answer answer = wire.send(method, path, form, body);
    if (!answer.ok()) {
      throw new IllegalStateException(
          method + " " + path + ": " + answer.body().path("message").asText());
    }
    return answer.body();
  }

  /** Makes a namespace. */
  public void namespace(String name) {
    ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    Json.meta(namespace).put("name", name);
    sent("POST", "/api/v1/namespaces", Wire.JSON, namespace);
  }

  /** Makes a node. */
  public FakeKubelet node(NodeSpec spec) {
    return sim.node(spec);
  }

  /** Cordons a node, as {@code kubectl cordon} does. */
  public void cordon(String node) {
    unschedulable(node, true);
  }

  /** Takes the cordon away. */
  public void uncordon(String node) {
    unschedulable(node, false);
  }

  private void unschedulable(String node, boolean now) {
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("unschedulable", now);
    sent("PATCH", "/api/v1/nodes/" + node, Wire.STRATEGIC, patch);
  }

  /** Makes a Deployment. */
  public void deploy(Workload workload) {
    String path = "/apis/apps/v1/namespaces/" + workload.namespace() + "/deployments";
    sent("POST", path, Wire.JSON, workload.object());
  }

  /**
   * Makes a budget for the pods of a Deployment.
   *
   * @param field {@code minAvailable} or {@code maxUnavailable}
   * @param value {@code 1}, {@code 50%}
   */
  public void budget(String namespace, String workload, String field, String value) {
    ObjectNode budget =
        Json.object().put("apiVersion", "policy/v1").put("kind", "PodDisruptionBudget");
    Json.meta(budget).put("name", workload);
    ObjectNode spec = budget.putObject("spec");
    if (value.endsWith("%")) {
      spec.put(field, value);
    } else {
      spec.put(field, Integer.parseInt(value));
    }
    spec.putObject("selector").putObject("matchLabels").put("app", workload);
    String path = "/apis/policy/v1/namespaces/" + namespace + "/poddisruptionbudgets";
    sent("POST", path, Wire.JSON, budget);
  }

  /** A pod that nobody's controller made, bound to a node at once. */
  public void pod(String namespace, String name, String node, Map<String, String> labels) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode all = Json.meta(pod).put("name", name).putObject("labels");
    labels.forEach(all::put);
    ObjectNode spec = pod.putObject("spec").put("nodeName", node);
    spec.putArray("containers")
        .addObject()
        .put("name", "main")
        .put("image", "registry.k8s.io/pause");
    sent("POST", "/api/v1/namespaces/" + namespace + "/pods", Wire.JSON, pod);
  }

  /** What a node's disk is, and whether its kubelet calls it too full. */
  public void disk(String node, KubeletFigures.Disk disk, boolean pressure) {
    sim.figures().disk(node, disk);
    sim.kubelet(node).diskPressure(pressure);
  }

  /** Any object, as it is written, at a collection's path. */
  public JsonNode create(String path, ObjectNode object) {
    return sent("POST", path, Wire.JSON, object);
  }

  /**
   * Deletes an object.
   *
   * @param graceS of a pod; −1: its own, 0: at once, by force
   */
  public void delete(String path, int graceS) {
    ObjectNode options = Json.object().put("apiVersion", "v1").put("kind", "DeleteOptions");
    if (graceS >= 0) options.put("gracePeriodSeconds", graceS);
    sent("DELETE", path, Wire.JSON, options);
  }

  /** Restarts a Deployment's pods, as {@code kubectl rollout restart} does. */
  public void restart(String namespace, String workload) {
    ObjectNode patch = Json.object();
    patch
        .putObject("spec")
        .putObject("template")
        .putObject("metadata")
        .putObject("annotations")
        .put("kubectl.kubernetes.io/restartedAt", Json.nowMicros());
    String path = "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + workload;
    sent("PATCH", path, Wire.STRATEGIC, patch);
  }

  /** Gives a Deployment another number of replicas. */
  public void scale(String namespace, String workload, int replicas) {
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("replicas", replicas);
    String path = "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + workload;
    sent("PATCH", path, Wire.MERGE, patch);
  }

  /** An object, or a list. */
  public JsonNode get(String path) {
    return sent("GET", path, Wire.JSON, null);
  }

  /** The pods of a Deployment that run, by node; in no order. */
  public List<PodOnNode> running(String namespace, String workload) {
    JsonNode items = get("/api/v1/namespaces/" + namespace + "/pods").path("items");
    List<PodOnNode> pods = new ArrayList<>();
    StreamSupport.stream(items.spliterator(), false)
        .filter(pod -> Json.conditionStatus(pod, "Ready").equals("True") && !Json.leaving(pod))
        .map(PodOnNode::of)
        .filter(pod -> pod.workload().equals(workload))
        .forEach(pods::add);
    return pods;
  }
}
