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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each act's life on a simulated cluster, and what stops it. */
@Timeout(90)
@SuppressWarnings("NullAway.Init") // made before each test
final class KubeHandTest {
  private static final String MARK = "/metadata/annotations/holter.io~1plan";
  private static final String WRONG = "00000000-0000-0000-0000-000000000000";

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
    stage.sim().thaw();
    stage.close();
  }

  private Looked looked(Act act) {
    return RemedyStage.looked(hand, act);
  }

  private Looked done(Act act) {
    return done(act, DEADLINE);
  }

  private Looked done(Act act, Duration deadline) {
    return RemedyStage.done(hand, act, deadline);
  }

  private Set<String> uids(String workload) {
    return stage.pods(workload).stream().map(Json::uid).collect(Collectors.toSet());
  }

  @Test
  void anUncordonIsDoneWhenItsTaintIsGoneAndACordonTakesItBack() {
    stage.closed("n3");
    KubeAct.Uncordon act = stage.uncordon("n3");
    assertThat(looked(act).sight()).isEqualTo(Sight.BEFORE);
    assertThat(done(act)).isEqualTo(new Looked(Sight.AFTER, ""));
    assertThat(stage.node("n3").path("spec").toString())
        .doesNotContain("unschedulable", "NoSchedule");
    assertThat(stage.node("n3").at(MARK).asText()).isEqualTo("p1");
    assertThat(looked(act).sight()).isEqualTo(Sight.AFTER);
    Act back = act.inverse().orElseThrow();
    assertThat(looked(back).sight()).isEqualTo(Sight.BEFORE);
    assertThat(done(back).sight()).isEqualTo(Sight.AFTER);
    assertThat(stage.node("n3").path("spec").toString()).contains("unschedulable", "NoSchedule");
    assertThat(stage.node("n3").at(MARK).isMissingNode()).isTrue();
    assertThat(stage.node("n3").at("/metadata/managedFields").toString()).contains("holter");
    assertThat(stage.told()).contains("RemedyApplied Node", "RemedyRolledBack Node");
  }

  @Test
  void anotherNodeOfThatNameAndASickOneAreLeftAlone() {
    stage.closed("n3");
    var other = new KubeAct.Uncordon("n3", WRONG);
    assertThat(looked(other).sight()).isEqualTo(Sight.OTHER);
    assertThat(done(other).sight()).isEqualTo(Sight.OTHER);
    stage.sim().kubelet("n3").diskPressure(true);
    Looked sick = done(stage.uncordon("n3"));
    assertThat(sick.sight()).isEqualTo(Sight.OTHER);
    assertThat(sick.why()).contains("DiskPressure");
    assertThat(done(new KubeAct.Uncordon("n9", WRONG)).sight()).isEqualTo(Sight.OTHER);
    assertThat(stage.sim().written()).isEmpty();
    assertThat(stage.told()).contains("RemedyFailed Node");
  }

  @Test
  void aRelaxedPinReplacesEveryPodAndGivenBackTheSpecIsTheOldOne() {
    stage.serving(Workload.of("recv", 2).on("n1"));
    stage.scene().cordon("n1");
    JsonNode before = stage.deployment("recv").path("spec");
    Set<String> old = uids("recv");
    KubeAct.Relax act = stage.relax("recv", "n1", List.of("n2", "n3"));
    assertThat(looked(act).sight()).isEqualTo(Sight.BEFORE);
    Looked found = done(act);
    assertThat(found.sight()).isEqualTo(Sight.AFTER);
    assertThat(found.why()).isEqualTo("its pods stand on n2, n3, as foretold");
    assertThat(uids("recv")).hasSize(2).doesNotContainAnyElementsOf(old);
    assertThat(stage.deployment("recv").path("spec").toString()).doesNotContain("hostname");
    assertThat(stage.deployment("recv").at(MARK).asText()).isEqualTo("p1");
    stage.scene().uncordon("n1");
    Act back = act.inverse().orElseThrow();
    assertThat(looked(back).sight()).isEqualTo(Sight.BEFORE);
    assertThat(done(back).sight()).isEqualTo(Sight.AFTER);
    assertThat(stage.deployment("recv").path("spec")).isEqualTo(before);
    assertThat(stage.deployment("recv").at(MARK).isMissingNode()).isTrue();
    assertThat(stage.pods("recv")).allMatch(pod -> pod.at("/spec/nodeName").asText().equals("n1"));
    assertThat(stage.sim().written()).hasSize(2);
  }

  @Test
  void anotherValueIsNeverOverwritten() {
    stage.serving(Workload.of("recv", 1).on("n1"));
    var stale = stage.relax("recv", "n2", List.of());
    var pin = stale.inverse().orElseThrow();
    var other =
        new KubeAct.Relax("default", "recv", WRONG, "kubernetes.io/hostname", "n1", List.of());
    for (Act act : List.of(stale, pin, other)) {
      assertThat(looked(act).sight()).isEqualTo(Sight.OTHER);
      assertThat(done(act).sight()).isEqualTo(Sight.OTHER);
    }
    assertThat(done(stale).why()).contains("n1, not n2");
    assertThat(stage.sim().written()).isEmpty();
  }

  @Test
  void aRolloutWithoutRoomIsNotDoneAndTakenBackItRestartsNobody() {
    stage.scene().cordon("n2");
    stage.scene().cordon("n3");
    stage.serving(Workload.of("recv", 2).on("n1"));
    stage.scene().cordon("n1");
    Set<String> old = uids("recv");
    KubeAct.Relax act = stage.relax("recv", "n1", List.of());
    Looked stuck = done(act, Duration.ofSeconds(2));
    assertThat(stuck.sight()).isEqualTo(Sight.BEFORE);
    assertThat(stuck.why()).contains("of 2 replaced", "finds no place");
    assertThat(done(act.inverse().orElseThrow()).sight()).isEqualTo(Sight.AFTER);
    assertThat(uids("recv")).isEqualTo(old);
  }

  @Test
  void aBudgetOfNothingIsNamedWhenTheTimeIsOver() {
    stage.serving(Workload.of("proxy", 2));
    stage.scene().budget("default", "proxy", "minAvailable", "2");
    Set<String> old = uids("proxy");
    Looked found = done(stage.evict("proxy", "n2"), Duration.ofSeconds(3));
    assertThat(found.sight()).isEqualTo(Sight.BEFORE);
    assertThat(found.why()).contains("429", "The disruption budget proxy needs 2 healthy pods");
    assertThat(uids("proxy")).isEqualTo(old);
    assertThat(stage.sim().written()).isEmpty();
  }

  @Test
  void anEvictionWaitsUntilTheBudgetAllowsIt() {
    stage.serving(Workload.of("proxy", 2));
    stage.scene().budget("default", "proxy", "minAvailable", "2");
    KubeAct.Evict act = stage.evict("proxy", "n2");
    var doing = CompletableFuture.supplyAsync(() -> done(act));
    stage.scene().scale("default", "proxy", 3);
    assertThat(doing.join().sight()).isIn(Sight.AFTER, Sight.OTHER); // where it lands is luck
    assertThat(uids("proxy")).doesNotContain(act.uid());
    assertThat(stage.sim().written()).hasSize(1);
  }

  @Test
  void thatAPinnedPodComesBackIsAFailure() {
    stage.serving(Workload.of("proxy", 1).on("n1"));
    Looked found = done(stage.evict("proxy", "n2"));
    assertThat(found.sight()).isEqualTo(Sight.OTHER);
    assertThat(found.why()).isEqualTo("the one that came for it stands on n1 again");
  }

  @Test
  void whereTheReplacementLandedIsTold() {
    stage.scene().cordon("n2");
    stage.scene().cordon("n3");
    stage.serving(Workload.of("proxy", 1));
    stage.scene().cordon("n1");
    stage.scene().uncordon("n2");
    assertThat(done(stage.evict("proxy", "n2")))
        .isEqualTo(new Looked(Sight.AFTER, "another stands on n2, as foretold"));
    stage.scene().cordon("n2");
    stage.scene().uncordon("n1");
    assertThat(done(stage.evict("proxy", "n3")))
        .isEqualTo(new Looked(Sight.AFTER, "another stands on n1; foretold was n3"));
    assertThat(stage.told()).contains("RemedyApplied Pod");
  }

  @Test
  void anotherPodOfThatNameIsNotEvicted() {
    stage.serving(Workload.of("proxy", 1));
    KubeAct.Evict right = stage.evict("proxy", "n2");
    var wrong =
        new KubeAct.Evict(
            "default", right.pod(), WRONG, right.workload(), right.from(), right.lands());
    assertThat(looked(wrong).sight()).isEqualTo(Sight.OTHER);
    assertThat(done(wrong).sight()).isEqualTo(Sight.OTHER);
    assertThat(stage.sim().written()).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsUnknownWithinTheDeadline() {
    stage.closed("n3");
    KubeAct.Uncordon act = stage.uncordon("n3");
    stage.sim().freeze();
    long fromNs = System.nanoTime();
    Looked found = done(act, Duration.ofSeconds(5));
    assertThat(Duration.ofNanos(System.nanoTime() - fromNs)).isLessThan(Duration.ofSeconds(5));
    assertThat(found.sight()).isEqualTo(Sight.UNKNOWN);
    stage.sim().thaw();
    await().atMost(SOON).until(() -> looked(act).sight() == Sight.BEFORE);
  }

  @Test
  void whoMayNotWriteWritesNothing() {
    stage.closed("n3");
    var barred = new KubeHand(stage.cluster(), () -> "not ours", "p1");
    KubeAct.Uncordon act = stage.uncordon("n3");
    assertThat(RemedyStage.done(barred, act, DEADLINE))
        .isEqualTo(new Looked(Sight.UNKNOWN, "not ours"));
    assertThat(stage.sim().written()).isEmpty();
  }

  @Test
  void whatComesAfterAFailureIsNotBegun() {
    stage.closed("n3");
    Act second = stage.uncordon("n3");
    var found = hand.act(List.of(new KubeAct.Uncordon("n9", WRONG), second), DEADLINE);
    assertThat(found.get(second)).extracting(Looked::why).asString().startsWith("not begun");
    assertThat(stage.sim().written()).isEmpty();
  }

  @Test
  void aCheckSaysWhatTheServerWouldRefuseAndChangesNothing() throws Exception {
    stage.close();
    stage = new RemedyStage(dir, RemedyStage.HUSHED);
    hand = stage.hand();
    stage.closed("n3");
    stage.serving(Workload.of("recv", 1).on("n1"));
    stage.serving(Workload.of("proxy", 2));
    stage.scene().budget("default", "proxy", "minAvailable", "2");
    await().atMost(SOON).until(() -> budget("proxy").at("/status/currentHealthy").asInt() == 2);
    Act uncordon = stage.uncordon("n3");
    Act relax = stage.relax("recv", "n1", List.of());
    Act evict = stage.evict("recv", "n2");
    Act refused = stage.evict("proxy", "n2");
    String before = versions();
    var found = hand.check(List.of(uncordon, relax, evict, refused));
    assertThat(found.get(uncordon)).isEmpty();
    assertThat(found.get(relax)).isEmpty();
    assertThat(found.get(evict)).isEmpty();
    assertThat(found.get(refused)).contains("429", "disruption budget proxy");
    assertThat(versions()).isEqualTo(before);
    assertThat(stage.sim().written()).isEmpty();
  }

  private JsonNode budget(String name) {
    return stage.scene().get("/apis/policy/v1/namespaces/default/poddisruptionbudgets/" + name);
  }

  /** Of everything there is. */
  private String versions() {
    ObjectNode all = Json.object();
    for (String path :
        List.of(
            "/api/v1/nodes",
            "/api/v1/pods",
            "/api/v1/events",
            "/apis/apps/v1/deployments",
            "/apis/apps/v1/replicasets",
            "/apis/policy/v1/poddisruptionbudgets",
            "/apis/coordination.k8s.io/v1/leases")) {
      for (JsonNode each : stage.scene().get(path).path("items")) {
        all.put(path + "/" + Json.name(each), Json.meta(each, "resourceVersion"));
      }
    }
    return all.toPrettyString();
  }
}
