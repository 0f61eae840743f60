package holter.lab.bench.remedy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.bench.remedy.RemedyCase.Door;
import holter.lab.bench.remedy.RemedyCase.Node;
import holter.lab.bench.remedy.RemedyCase.Work;
import holter.lab.kube.KubeInRounds;
import holter.lab.kube.KubeScene;
import holter.lab.kube.NodeSpec;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.remedy.KubeAct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A case set up in the simulator, and what is done to it. Which of a Deployment's new pods gets
 * which load is drawn: nobody can know.
 */
final class RemedyCluster {
  static final String HOST_NAME = "kubernetes.io/hostname";
  private static final int NODE_PODS = 110;

  private final RemedyCase given;
  private final KubeInRounds kube;
  private final Random random;
  private final Map<String, Double> bytes = new HashMap<>();

  RemedyCluster(RemedyCase given) {
    this.given = given;
    this.kube = new KubeInRounds(given.seed());
    this.random = new Random(given.seed());
    for (Node node : given.nodes()) {
      kube.node(new NodeSpec(node.name(), "8", "32Gi", NODE_PODS, Map.of(), Duration.ZERO));
    }
    ObjectNode space = Json.object();
    Json.meta(space).put("name", RemedyCase.SPACE);
    kube.create(Kind.NAMESPACE, "", space);
    given.works().forEach(this::deploy);
    given.nodes().forEach(node -> kube.cordon(node.name(), node.door() != Door.OPEN));
    kube.settle();
  }

  private void deploy(Work work) {
    given.nodes().forEach(node -> kube.cordon(node.name(), !node.name().equals(work.on())));
    var scene =
        KubeScene.Workload.of(work.name(), work.replicas())
            .in(RemedyCase.SPACE)
            .asking(work.cpu(), work.memory());
    scene = work.pinned() ? scene.on(work.on()) : scene;
    kube.create(Kind.DEPLOYMENT, RemedyCase.SPACE, scene.object());
    if (work.minAvailable() >= 0) {
      ObjectNode budget = Json.object();
      Json.meta(budget).put("name", work.name());
      ObjectNode spec = budget.putObject("spec").put("minAvailable", work.minAvailable());
      spec.putObject("selector").putObject("matchLabels").put("app", work.name());
      kube.create(Kind.BUDGET, RemedyCase.SPACE, budget);
    }
    kube.settle();
    List<ObjectNode> pods = pods(work.name());
    for (int i = 0; i < pods.size(); i++) {
      bytes.put(Json.uid(pods.get(i)), work.bytes().get(i));
    }
  }

  RemedyCase given() {
    return given;
  }

  List<ObjectNode> nodes() {
    return kube.store().peek(Kind.NODE);
  }

  List<ObjectNode> pods() {
    return kube.store().peek(Kind.POD);
  }

  List<ObjectNode> budgets() {
    return kube.store().peek(Kind.BUDGET);
  }

  List<ObjectNode> replicaSets() {
    return kube.store().peek(Kind.REPLICA_SET);
  }

  /** The uid of a Deployment. */
  String uid(String work) {
    return Json.uid(kube.store().get(Kind.DEPLOYMENT, RemedyCase.SPACE, work));
  }

  /** Pods of a Deployment, oldest first. */
  List<ObjectNode> pods(String work) {
    return pods().stream()
        .filter(pod -> pod.at("/metadata/labels/app").asText().equals(work))
        .sorted(Comparator.comparingLong(RemedyCluster::version))
        .toList();
  }

  private static long version(ObjectNode pod) {
    return Long.parseLong(Json.meta(pod, "resourceVersion"));
  }

  double bytes(ObjectNode pod) {
    return bytes.getOrDefault(Json.uid(pod), 0.0);
  }

  static String node(ObjectNode pod) {
    return pod.at("/spec/nodeName").asText();
  }

  /** The fullest network of all. */
  double peak() {
    return given.nodes().stream().mapToDouble(node -> share(node.name())).max().orElse(0);
  }

  /** How full a node's network is. */
  double share(String node) {
    double sum =
        pods().stream().filter(pod -> node(pod).equals(node)).mapToDouble(this::bytes).sum();
    return sum / RemedyCase.NIC;
  }

  /** Whether every pod stands somewhere. */
  boolean whole() {
    int wanted = given.works().stream().mapToInt(Work::replicas).sum();
    return pods().size() == wanted && pods().stream().noneMatch(pod -> node(pod).isEmpty());
  }

  /** What came of a step: where pods landed; refused when a budget forbade it. */
  record Done(boolean refused, List<String> landed) {}

  Done uncordon(KubeAct.Uncordon act) {
    kube.cordon(act.node(), false);
    kube.settle();
    return new Done(false, List.of());
  }

  Done relax(KubeAct.Relax act) {
    var loads = new ArrayList<>(pods(act.name()).stream().map(this::bytes).toList());
    Collections.shuffle(loads, random);
    kube.edit(
        Kind.DEPLOYMENT,
        act.namespace(),
        act.name(),
        each ->
            each.withObjectProperty("spec")
                .withObjectProperty("template")
                .withObjectProperty("spec")
                .withObjectProperty("nodeSelector")
                .remove(act.key()));
    kube.settle();
    List<ObjectNode> pods = pods(act.name());
    for (int i = 0; i < pods.size(); i++) {
      bytes.put(Json.uid(pods.get(i)), loads.get(i));
    }
    return new Done(false, pods.stream().map(RemedyCluster::node).toList());
  }

  Done evict(KubeAct.Evict act) {
    String work = act.workload().substring(act.workload().indexOf('/') + 1);
    List<String> before = pods(work).stream().map(Json::uid).toList();
    if (!kube.evict(act.namespace(), act.pod(), act.uid())) {
      return new Done(true, List.of());
    }
    kube.settle();
    List<ObjectNode> came =
        pods(work).stream().filter(pod -> !before.contains(Json.uid(pod))).toList();
    came.forEach(pod -> bytes.put(Json.uid(pod), bytes.getOrDefault(act.uid(), 0.0)));
    return new Done(false, came.stream().map(RemedyCluster::node).toList());
  }
}
