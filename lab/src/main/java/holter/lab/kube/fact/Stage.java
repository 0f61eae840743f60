package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.FakeKubelet;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.NodeSpec;
import holter.lab.kube.Wire;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/**
 * The stage of one fact: brings nodes and workloads along that nobody else uses, waits for what
 * shall come, and takes all of it away again. What it makes is labelled with its tag.
 */
final class Stage implements AutoCloseable {
  static final String TAG = "holter.io/fact";

  private static final Duration LATE = Duration.ofSeconds(30);
  private static final long POLL_MS = 20;

  private final Ground ground;
  private final Ask ask;
  private final Wire wire;
  private final String tag = Ask.newName();
  private final Map<String, FakeKubelet> kubelets = new LinkedHashMap<>();

  Stage(Ground ground) {
    this.ground = ground;
    this.ask = new Ask(ground.client(), ground.namespace());
    this.wire = new Wire(ground.client(), "kubectl");
  }

  Ground ground() {
    return ground;
  }

  Ask ask() {
    return ask;
  }

  Wire wire() {
    return wire;
  }

  String tag() {
    return tag;
  }

  /** A node of our own, which takes so many pods. */
  FakeKubelet node(int pods) {
    return node(tag + "-n" + (kubelets.size() + 1), pods);
  }

  FakeKubelet node(String name, int pods) {
    NodeSpec spec = new NodeSpec(name, "4", "8Gi", pods, Map.of(TAG, tag), Duration.ZERO);
    FakeKubelet kubelet = FakeKubelet.on(new Wire(ground.client(), "kubelet"), spec, ground.pace());
    kubelets.put(name, kubelet);
    until(name + " can be used", () -> get(nodePath(name)).at("/spec/taints").isEmpty());
    return kubelet;
  }

  static String nodePath(String node) {
    return "/api/v1/nodes/" + node;
  }

  JsonNode get(String path) {
    return wire.get(path).body();
  }

  /** A patch that must be taken. */
  JsonNode patched(String path, String form, String patch) {
    Wire.Answer answer = patch(path, form, patch);
    that(answer.ok(), "PATCH " + path + ": " + answer.code() + " " + message(answer));
    return answer.body();
  }

  Wire.Answer patch(String path, String form, String patch) {
    return wire.send("PATCH", path, form, Json.parsed(patch.replace('\'', '"')));
  }

  static String message(Wire.Answer answer) {
    return answer.body().path("message").asText();
  }

  void cordon(FakeKubelet node, boolean now) {
    patched(nodePath(node.node()), Wire.STRATEGIC, "{'spec':{'unschedulable':" + now + "}}");
  }

  boolean tainted(FakeKubelet node, String taint, String effect) {
    for (JsonNode each : get(nodePath(node.node())).at("/spec/taints")) {
      if (each.path("key").asText().equals("node.kubernetes.io/" + taint)
          && each.path("effect").asText().equals(effect)) {
        return true;
      }
    }
    return false;
  }

  /** A Deployment for our own nodes alone. */
  Workload workload(int replicas) {
    return Workload.of(Ask.newName(), replicas)
        .in(ground.namespace())
        .selecting(Map.of(TAG, tag, "kubernetes.io/os", "linux"));
  }

  /** The same, pinned to one of them. */
  Workload workload(int replicas, FakeKubelet node) {
    return workload(replicas)
        .selecting(
            Map.of(TAG, tag, "kubernetes.io/os", "linux", "kubernetes.io/hostname", node.node()));
  }

  /** Makes it and returns its path. */
  String deploy(Workload workload) {
    String path = "/apis/apps/v1/namespaces/" + ground.namespace() + "/deployments";
    ask.create(path, workload.object());
    String own = path + "/" + workload.name();
    int replicas = workload.replicas();
    until("the rollout of " + replicas, () -> done(own));
    return own;
  }

  /** Has it rolled out? */
  boolean done(String deployment) {
    JsonNode now = get(deployment);
    int wanted = now.at("/spec/replicas").asInt();
    JsonNode status = now.path("status");
    return status.path("observedGeneration").asLong() >= now.at("/metadata/generation").asLong()
        && status.path("updatedReplicas").asInt() == wanted
        && status.path("replicas").asInt() == wanted
        && status.path("availableReplicas").asInt() == wanted
        && status.path("terminatingReplicas").asInt() == 0;
  }

  /** Pods of a workload, those that are leaving too. */
  List<JsonNode> pods(String workload) {
    return listed(ask.pods() + "?labelSelector=app%3D" + workload);
  }

  List<JsonNode> listed(String path) {
    return StreamSupport.stream(get(path).path("items").spliterator(), false).toList();
  }

  static List<String> uids(List<JsonNode> pods) {
    return pods.stream().map(Json::uid).sorted().toList();
  }

  static boolean ready(JsonNode pod) {
    return Json.conditionStatus(pod, "Ready").equals("True") && !Json.leaving(pod);
  }

  static String nodeOf(JsonNode pod) {
    return pod.at("/spec/nodeName").asText();
  }

  /** A pod of nobody's, which runs when this returns. */
  JsonNode pod(FakeKubelet node, String app) {
    ObjectNode pod = Ask.pod(Ask.newName(), node.node());
    Json.meta(pod).withObjectProperty("labels").put("app", app);
    ask.create(ask.pods(), pod);
    String path = ask.pods() + "/" + Json.name(pod);
    until("a pod runs", () -> ready(get(path)));
    return get(path);
  }

  /** A budget for pods labelled so, whose counts are there when this returns; its path. */
  String budget(String app, String spec) {
    ObjectNode budget =
        Json.object().put("apiVersion", "policy/v1").put("kind", "PodDisruptionBudget");
    Json.meta(budget).put("name", Ask.newName());
    ObjectNode given = (ObjectNode) Json.parsed(spec.replace('\'', '"'));
    given.putObject("selector").putObject("matchLabels").put("app", app);
    budget.set("spec", given);
    String path = "/apis/policy/v1/namespaces/" + ground.namespace() + "/poddisruptionbudgets";
    ask.create(path, budget);
    String own = path + "/" + Json.name(budget);
    int healthy = (int) pods(app).stream().filter(Stage::ready).count();
    until(
        "the budget counts",
        () ->
            get(own).at("/status/observedGeneration").asInt() > 0
                && get(own).at("/status/currentHealthy").asInt(-1) == healthy);
    return own;
  }

  Wire.Answer evict(JsonNode pod, boolean dryRun) {
    return evict(pod, Json.uid(pod), dryRun);
  }

  Wire.Answer evict(JsonNode pod, String uid, boolean dryRun) {
    ObjectNode eviction = Json.object().put("apiVersion", "policy/v1").put("kind", "Eviction");
    Json.meta(eviction).put("name", Json.name(pod)).put("namespace", ground.namespace());
    ObjectNode options = eviction.putObject("deleteOptions");
    options.putObject("preconditions").put("uid", uid);
    if (dryRun) options.putArray("dryRun").add("All");
    return wire.send("POST", ask.pods() + "/" + Json.name(pod) + "/eviction", Wire.JSON, eviction);
  }

  /** Waits for something that shall come. */
  void until(String what, BooleanSupplier comes) {
    long endNs = System.nanoTime() + LATE.toNanos() + 2 * ground.pace().grace().toNanos();
    while (!comes.getAsBoolean()) {
      that(System.nanoTime() - endNs < 0, "it did not come: " + what);
      rest(POLL_MS);
    }
  }

  /** Watches that something stays so, for as long as a controller would need, and more. */
  void stays(String what, BooleanSupplier so) {
    stays(what, Duration.ZERO, so);
  }

  /** Watches it {@code longer} than a controller would need. */
  void stays(String what, Duration longer, BooleanSupplier so) {
    Pace pace = ground.pace();
    Duration needed = pace.control().multipliedBy(10).plus(pace.taint().multipliedBy(2));
    long endNs = System.nanoTime() + longer.plus(needed).toNanos();
    do {
      that(so.getAsBoolean(), "it did not stay: " + what);
      rest(POLL_MS);
    } while (System.nanoTime() - endNs < 0);
  }

  private static void rest(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new Ask.Broken("given up");
    }
  }

  /** Waits until nobody writes the object any more, and reads it. */
  JsonNode settled(String path) {
    String[] version = {""};
    until(
        path + " settles",
        () -> {
          String now = Ask.at(get(path), "resourceVersion");
          boolean same = now.equals(version[0]);
          version[0] = now;
          if (same) return true;
          stays("a while", () -> true);
          return false;
        });
    return get(path);
  }

  @Override
  public void close() {
    kubelets.values().forEach(kubelet -> kubelet.silent(false));
    ask.close();
    for (String node : kubelets.keySet()) {
      List<JsonNode> left = new ArrayList<>();
      until(
          "pods of " + node + " go",
          () -> {
            left.clear();
            left.addAll(listed("/api/v1/pods?fieldSelector=spec.nodeName%3D" + node));
            left.forEach(pod -> wire.send("DELETE", podPath(pod), Wire.JSON, now()));
            return left.isEmpty();
          });
    }
    kubelets.values().forEach(FakeKubelet::close);
    for (String node : kubelets.keySet()) {
      wire.send("DELETE", nodePath(node), Wire.JSON, now());
      String lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + node;
      wire.send("DELETE", lease, Wire.JSON, now());
    }
  }

  private static ObjectNode now() {
    return Ask.options().put("gracePeriodSeconds", 0);
  }

  private static String podPath(JsonNode pod) {
    return "/api/v1/namespaces/" + Json.namespace(pod) + "/pods/" + Json.name(pod);
  }
}
