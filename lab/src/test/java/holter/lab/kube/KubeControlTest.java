package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What controllers, scheduler and kubelets do beyond the facts of {@code holter lab conformance}.
 */
@Timeout(60)
final class KubeControlTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  private final KubeSim sim = KubeSim.cluster(Pace.QUICK, 7);
  private final KubeScene scene = sim.scene();

  @AfterEach
  void end() {
    sim.close();
  }

  private void deploy(Workload workload, Consumer<ObjectNode> spec) {
    ObjectNode object = workload.object();
    spec.accept(object.withObjectProperty("spec"));
    scene.create(DEPLOYMENTS, object);
  }

  private int running(String workload) {
    return scene.running("default", workload).size();
  }

  private Set<String> nodesOf(String workload) {
    return scene.running("default", workload).stream()
        .map(PodOnNode::node)
        .collect(Collectors.toSet());
  }

  private JsonNode condition(String workload, String type) {
    return Json.condition(scene.get(DEPLOYMENTS + "/" + workload), type);
  }

  /** A node is ready a moment before its taint is gone. */
  private boolean open(String node) {
    return scene.get("/api/v1/nodes/" + node).at("/spec/taints").isEmpty();
  }

  @Test
  void replicasSpreadOverEqualNodes() {
    scene.node(NodeSpec.of("n1"));
    scene.node(NodeSpec.of("n2"));
    scene.node(NodeSpec.of("n3"));
    await().atMost(SOON).until(() -> open("n1") && open("n2") && open("n3"));
    scene.deploy(Workload.of("web", 6));
    await().atMost(SOON).until(() -> running("web") == 6);
    Map<String, Long> perNode =
        scene.running("default", "web").stream()
            .collect(Collectors.groupingBy(PodOnNode::node, Collectors.counting()));
    assertThat(perNode).containsOnlyKeys("n1", "n2", "n3").values().allMatch(count -> count == 2);
  }

  @Test
  void aSilentNodeIsEmptiedOfWhatDoesNotBearIt() {
    FakeKubelet sick = scene.node(NodeSpec.of("n1"));
    deploy(
        Workload.of("web", 1),
        spec ->
            ((ObjectNode) spec.at("/template/spec"))
                .putArray("tolerations")
                .addObject()
                .put("key", "node.kubernetes.io/unreachable")
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", 0));
    await().atMost(SOON).until(() -> running("web") == 1);
    scene.node(NodeSpec.of("n2"));
    sick.silent(true);
    await().atMost(SOON).until(() -> nodesOf("web").equals(Set.of("n2")));
  }

  @Test
  void aPodTakenAwayByForceIsToldAsStopped() {
    Set<String> heard = ConcurrentHashMap.newKeySet();
    sim.listen(
        new PodOnNode.Listener() {
          @Override
          public void started(PodOnNode pod) {
            heard.add(pod.name());
          }

          @Override
          public void stopped(PodOnNode pod) {
            heard.remove(pod.name());
          }
        });
    scene.node(NodeSpec.of("n1"));
    scene.pod("default", "broker-1001", "n1", Map.of("app", "kafka"));
    await().atMost(SOON).until(() -> heard.contains("broker-1001"));
    scene.delete("/api/v1/namespaces/default/pods/broker-1001", 0);
    await().atMost(SOON).until(heard::isEmpty);
  }

  @Test
  void aRolloutThatFindsNoPlaceIsLateAfterItsDeadline() {
    scene.node(NodeSpec.of("n1").withPods(1));
    deploy(Workload.of("web", 1), spec -> spec.put("progressDeadlineSeconds", 2));
    await().atMost(SOON).until(() -> running("web") == 1);
    scene.restart("default", "web");
    await()
        .atMost(SOON)
        .until(
            () ->
                condition("web", "Progressing")
                    .path("reason")
                    .asText()
                    .equals("ProgressDeadlineExceeded"));
    assertThat(condition("web", "Available").path("status").asText()).isEqualTo("True");
  }

  @Test
  void whoIsRecreatedIsGoneBeforeItComesBack() {
    scene.node(NodeSpec.of("n1").withPods(1)); // two would not fit
    deploy(Workload.of("web", 1), spec -> spec.putObject("strategy").put("type", "Recreate"));
    await().atMost(SOON).until(() -> running("web") == 1);
    String uid = scene.running("default", "web").getFirst().uid();
    scene.restart("default", "web");
    await()
        .atMost(SOON)
        .until(
            () -> scene.running("default", "web").stream().anyMatch(pod -> !pod.uid().equals(uid)));
  }

  @Test
  void aBudgetInPercentCountsWhatShouldBe() {
    scene.node(NodeSpec.of("n1"));
    scene.deploy(Workload.of("web", 5));
    scene.budget("default", "web", "minAvailable", "50%");
    String path = "/apis/policy/v1/namespaces/default/poddisruptionbudgets/web";
    await().atMost(SOON).until(() -> scene.get(path).at("/status/disruptionsAllowed").asInt() == 2);
    assertThat(scene.get(path).at("/status/desiredHealthy").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsDeletedTakesAlongWhatItMade() {
    scene.node(NodeSpec.of("n1"));
    scene.deploy(Workload.of("web", 2));
    await().atMost(SOON).until(() -> running("web") == 2);
    scene.delete(DEPLOYMENTS + "/web", -1);
    await()
        .atMost(SOON)
        .until(() -> scene.get("/api/v1/namespaces/default/pods").path("items").isEmpty());
  }
}
