package holter.lab.kube;

import static holter.lab.kube.RemedyStage.DEADLINE;
import static holter.lab.kube.RemedyStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.Sight;
import holter.server.kube.KubeHand;
import holter.server.port.Hand.Looked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dead worker's pod leaves, and another comes in its stead. */
@Timeout(90)
@SuppressWarnings("NullAway.Init") // made before each test
final class RestartHandTest {
  @TempDir Path dir;
  private RemedyStage stage;
  private KubeHand hand;

  @BeforeEach
  void open() throws Exception {
    stage = new RemedyStage(dir, Pace.QUICK);
    hand = stage.hand();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Looked done(Act act, Duration deadline) {
    return RemedyStage.done(hand, act, deadline);
  }

  private KubeAct.Restart restart(JsonNode pod, String workload) {
    String name = Json.name(pod);
    return new KubeAct.Restart("default", name, Json.uid(pod), "default/" + workload, name);
  }

  private void unready(JsonNode pod) {
    stage
        .sim()
        .kubelet(pod.at("/spec/nodeName").asText())
        .podReady("default", Json.name(pod), false);
  }

  @Test
  void aHungWorkersPodIsReplacedThoughAnotherOfItsWorkloadIsDownToo() {
    stage.serving(Workload.of("dac", 3).on("n1"));
    List<JsonNode> pods = stage.pods("dac");
    unready(pods.get(0));
    unready(pods.get(1));
    KubeAct.Restart act = restart(pods.get(0), "dac");
    assertThat(RemedyStage.looked(hand, act).sight()).isEqualTo(Sight.BEFORE);
    Looked found = done(act, DEADLINE);
    assertThat(found.sight()).isEqualTo(Sight.AFTER);
    assertThat(found.why()).endsWith(" is ready on n1");
    assertThat(stage.pods("dac")).hasSize(3).noneMatch(pod -> Json.uid(pod).equals(act.uid()));
    assertThat(stage.told()).contains("RemedyApplied Pod");
    assertThat(RemedyStage.looked(stage.hand(), act).sight()).isEqualTo(Sight.AFTER);
    assertThat(stage.sim().written()).hasSize(1);
  }

  @Test
  void aBudgetThatKeepsAWorkerThatIsReadyIsNamed() {
    stage.serving(Workload.of("dac", 2));
    stage.scene().budget("default", "dac", "minAvailable", "2");
    Looked found = done(restart(stage.pods("dac").getFirst(), "dac"), Duration.ofSeconds(3));
    assertThat(found.sight()).isEqualTo(Sight.BEFORE);
    assertThat(found.why()).contains("429", "The disruption budget dac needs 2 healthy pods");
    assertThat(stage.sim().written()).isEmpty();
  }

  @Test
  void aReplacementWithoutAPlaceIsNotDoneAndSaysSo() {
    stage.serving(Workload.of("dac", 1).on("n1"));
    stage.scene().cordon("n1");
    Looked found = done(restart(stage.pods("dac").getFirst(), "dac"), Duration.ofSeconds(4));
    assertThat(found.sight()).isEqualTo(Sight.BEFORE);
    assertThat(found.why()).contains("is not ready", "finds no place");
    assertThat(stage.told()).contains("RemedyFailed Pod");
  }

  @Test
  void anotherPodOfThatNameIsLeftAloneAndAStatefulSetsNextOneIsItsOwn() {
    stage.serving(Workload.of("dac", 1));
    KubeAct.Restart right = restart(stage.pods("dac").getFirst(), "dac");
    var wrong =
        new KubeAct.Restart("default", right.pod(), "u-9", right.workload(), right.instance());
    assertThat(done(wrong, DEADLINE).sight()).isEqualTo(Sight.OTHER);
    assertThat(stage.sim().written()).isEmpty();
    JsonNode set = stage.scene().create("/apis/apps/v1/namespaces/default/statefulsets", set());
    JsonNode first = stage.scene().create("/api/v1/namespaces/default/pods", member(set, "n1"));
    await().atMost(SOON).until(() -> ready("keeper-0"));
    KubeAct.Restart act = restart(first, "keeper");
    var doing = CompletableFuture.supplyAsync(() -> done(act, DEADLINE));
    await().atMost(SOON).until(() -> stage.pods("keeper").isEmpty());
    stage.scene().create("/api/v1/namespaces/default/pods", member(set, "n2"));
    assertThat(doing.join()).isEqualTo(new Looked(Sight.AFTER, "keeper-0 is ready on n2"));
  }

  private boolean ready(String pod) {
    return stage.pods("keeper").stream()
        .anyMatch(p -> Json.name(p).equals(pod) && Json.conditionStatus(p, "Ready").equals("True"));
  }

  private static ObjectNode set() {
    ObjectNode set = Json.object().put("apiVersion", "apps/v1").put("kind", "StatefulSet");
    Json.meta(set).put("name", "keeper");
    ObjectNode spec = set.putObject("spec").put("replicas", 1).put("serviceName", "keeper");
    spec.putObject("selector").putObject("matchLabels").put("app", "keeper");
    ObjectNode template = spec.putObject("template");
    Json.meta(template).putObject("labels").put("app", "keeper");
    container(template.putObject("spec"));
    return set;
  }

  /** The simulator has no controller of such sets: this is what one would make. */
  private static ObjectNode member(JsonNode set, String node) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode meta = Json.meta(pod).put("name", "keeper-0");
    meta.putObject("labels").put("app", "keeper");
    meta.putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", "StatefulSet")
        .put("name", "keeper")
        .put("uid", Json.uid(set))
        .put("controller", true);
    container(pod.putObject("spec").put("nodeName", node));
    return pod;
  }

  private static void container(ObjectNode spec) {
    spec.putArray("containers")
        .addObject()
        .put("name", "main")
        .put("image", "registry.k8s.io/pause");
  }
}
