package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.detect.DeathProof;
import holter.detect.RestartTruth;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.lab.kube.fact.Ask;
import holter.server.kube.FleetPods;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeRunner;
import holter.server.kube.PodWatch;
import holter.server.port.InOrder;
import holter.server.port.Look;
import holter.server.port.Runner;
import holter.words.Sentence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kubernetes runner and its watch against the simulator, over HTTP. */
@SuppressWarnings("NullAway.Init") // made before each test
class KubeRunnerTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final FleetPods FLEET = new FleetPods("app=dac", "", "");

  @TempDir Path dir;
  private final List<Input> exits = new CopyOnWriteArrayList<>();
  private volatile Look.Seen ownWord = new Look.Seen(RestartTruth.UNKNOWN, "not asked");
  private KubeSim sim;
  private FakeKubelet kubelet;
  private Asking asking;
  private Ask ask;
  private KubeCluster cluster;
  private PodWatch watch;

  @BeforeEach
  void aFleetOfOne() throws Exception {
    sim = new KubeSim();
    kubelet = sim.node("n1");
    asking = new Asking(sim);
    ask = asking.ask();
    cluster = open();
    watch = new PodWatch(cluster, FLEET, exits::add);
    watch.start();
    create("dac-1", true);
  }

  private KubeCluster open() throws Exception {
    return KubeCluster.open(sim.writeKubeconfig(dir.resolve("config")).toString(), "sim", "");
  }

  @AfterEach
  void end() {
    sim.thaw();
    watch.close();
    cluster.close();
    asking.close();
    kubelet.close();
    sim.close();
  }

  private void create(String name, boolean owned) {
    ObjectNode pod = Ask.pod(name, "n1");
    pod.withObjectProperty("metadata").withObjectProperty("labels").put("app", "dac");
    if (owned) {
      pod.withObjectProperty("metadata")
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", "apps/v1")
          .put("kind", "StatefulSet")
          .put("name", "dac")
          .put("uid", "s-1")
          .put("controller", true);
    }
    ask.create(ask.pods(), pod);
    await().atMost(SOON).until(() -> phase(name).equals("Running"));
  }

  private ObjectNode pod(String name) {
    return ask.get(ask.pods() + "/" + name);
  }

  private String phase(String name) {
    return pod(name).path("status").path("phase").asText();
  }

  private boolean there(String name) {
    return ask.get(ask.pods()).path("items").findValuesAsText("name").contains(name);
  }

  private Runner runner(Duration settle) {
    return new KubeRunner(
        cluster,
        new KubeRunner.Terms(FLEET, Duration.ZERO, settle, "holter-runner"),
        watch,
        order -> ownWord);
  }

  private Runner runner() {
    return runner(Duration.ofSeconds(60));
  }

  private static long nowS() {
    return Instant.now().getEpochSecond();
  }

  private static RestartOrder order(long incarnation, long epoch, String key) {
    return new RestartOrder(
        key,
        new InstanceId("dac-1"),
        new Incarnation(incarnation, ""),
        epoch,
        DeathProof.SILENCE,
        Sentence.of(DeathProof.SILENCE));
  }

  private static RestartOrder order() {
    return order(nowS() + 1, 1, "k1");
  }

  @Test
  void theExpectedLifeIsDeletedWithItsPod() {
    ownWord = new Look.Seen(RestartTruth.HUNG, "its beat loop stands");
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).as(answer.detail()).isTrue();
    assertThat(answer.truth()).isEqualTo(RestartTruth.HUNG);
    assertThat(answer.detail()).contains("pod dac-1 deleted", "its beat loop stands");
    await().atMost(SOON).until(() -> !there("dac-1"));
  }

  @Test
  void aRepeatedKeyDeletesOnceAlthoughTheNextPodHasTheSameName() {
    Runner runner = new InOrder(runner(Duration.ZERO));
    Runner.Answer first = runner.restart(order());
    assertThat(first.done()).as(first.detail()).isTrue();
    await().atMost(SOON).until(() -> !there("dac-1"));
    create("dac-1", true);
    String uid = Ask.at(pod("dac-1"), "uid");
    assertThat(runner.restart(order())).isEqualTo(first);
    assertThat(Ask.at(pod("dac-1"), "uid")).isEqualTo(uid);
    assertThat(Ask.at(pod("dac-1"), "deletionTimestamp")).isEmpty();
  }

  @Test
  void aLeaderThatSleptIsRefusedByWhatTheNextOneLeftInTheCluster() throws Exception {
    ownWord = new Look.Seen(RestartTruth.HEALTHY, "it answers");
    assertThat(runner().restart(order(nowS() + 1, 5, "k1")).done()).isTrue();
    await().atMost(SOON).until(() -> !there("dac-1"));
    create("dac-1", true);
    try (KubeCluster elsewhere = open()) {
      Runner stale =
          new KubeRunner(
              elsewhere,
              new KubeRunner.Terms(FLEET, Duration.ZERO, Duration.ZERO, "holter-runner"),
              watch,
              order -> ownWord);
      Runner.Answer answer = stale.restart(order(nowS() + 60, 4, "k2"));
      assertThat(answer.done()).isFalse();
      assertThat(answer.detail()).isEqualTo("leader epoch 4 is older than 5");
    }
    assertThat(Ask.at(pod("dac-1"), "deletionTimestamp")).isEmpty();
  }

  @Test
  void aPodThatBeganAfterTheExpectedLifeStaysUntilItHadItsTime() {
    ownWord = new Look.Seen(RestartTruth.HEALTHY, "it answers");
    RestartOrder before = order(nowS() - 3_600, 1, "k1");
    Runner.Answer answer = runner().restart(before);
    assertThat(answer.done()).isFalse();
    assertThat(answer.truth()).isEqualTo(RestartTruth.HEALTHY);
    assertThat(answer.detail()).contains("already replaced");
    assertThat(runner(Duration.ZERO).restart(before).done()).isTrue();
  }

  @Test
  void aLaterLifeThatAnswersStaysForGood() {
    ownWord = new Look.Seen(RestartTruth.HUNG, "it answers", nowS() + 10);
    Runner.Answer answer = runner(Duration.ZERO).restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(there("dac-1")).isTrue();
  }

  @Test
  void aSenderWithoutIncarnationIsNotKilledYoung() {
    Runner.Answer answer = runner().restart(order(0, 1, "k1"));
    assertThat(answer.done()).isFalse();
    assertThat(answer.truth()).isEqualTo(RestartTruth.UNKNOWN);
    assertThat(runner(Duration.ZERO).restart(order(0, 1, "k2")).done()).isTrue();
  }

  @Test
  void whatItsKubeletStartsAgainIsLeftToTheKubelet() {
    kubelet.ends("default", "dac-1", 137, FakeKubelet.Then.BACKS_OFF);
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(answer.truth()).isEqualTo(RestartTruth.EXITED);
    assertThat(answer.detail()).contains("CrashLoopBackOff", "exit code 137");
  }

  @Test
  void aPodThatIsOverIsDeleted() {
    kubelet.ends("default", "dac-1", 1, FakeKubelet.Then.LETS_BE);
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).as(answer.detail()).isTrue();
    assertThat(answer.truth()).isEqualTo(RestartTruth.EXITED);
  }

  @Test
  void aPodThatIsOverIsDeletedWhateverLifeWasExpected() {
    kubelet.ends("default", "dac-1", 1, FakeKubelet.Then.LETS_BE);
    Runner.Answer answer = runner().restart(order(nowS() - 3_600, 1, "k1"));
    assertThat(answer.done()).as(answer.detail()).isTrue();
    assertThat(answer.truth()).isEqualTo(RestartTruth.EXITED);
  }

  @Test
  void aPodWithoutAControllerIsNobodysToDelete() {
    ask.delete(ask.pods() + "/dac-1", Ask.options().put("gracePeriodSeconds", 0));
    create("dac-1", false);
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(answer.detail()).contains("no controller");
  }

  @Test
  void noPodAtAllIsNoRestart() {
    ask.delete(ask.pods() + "/dac-1", Ask.options().put("gracePeriodSeconds", 0));
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(answer.detail()).isEqualTo("no pod is this instance");
  }

  @Test
  void withoutItsOwnWordTheTruthIsUnknownAndSoItIsOnANodeThatIsMute() {
    kubelet.ready(false);
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).as(answer.detail()).isTrue();
    assertThat(answer.truth()).isEqualTo(RestartTruth.UNKNOWN);
    assertThat(answer.detail()).contains("node n1 does not tell that it is ready");
  }

  @Test
  void aMuteApiServerIsARefusalWithinSeconds() {
    sim.freeze();
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(answer.truth()).isEqualTo(RestartTruth.UNKNOWN);
    assertThat(answer.detail()).contains("not reached");
  }

  @Test
  void exitsAreToldOnceAlsoThoseThatHappenedWhileTheWatchWasCut() {
    kubelet.ends("default", "dac-1", 137, FakeKubelet.Then.STARTED_AGAIN);
    await().atMost(SOON).until(() -> exits.size() == 1);
    assertThat(exits.getFirst())
        .isInstanceOfSatisfying(
            Input.Exited.class,
            exit -> {
              assertThat(exit.instance()).isEqualTo(new InstanceId("dac-1"));
              assertThat(exit.exitCode()).isEqualTo(137);
              assertThat(exit.incarnationCounter()).isBetween(nowS() - 30, nowS());
            });
    sim.cutWatches();
    kubelet.ends("default", "dac-1", 1, FakeKubelet.Then.STARTED_AGAIN);
    await().atMost(SOON).until(() -> exits.size() == 2);
    sim.cutWatches();
    kubelet.ends("default", "dac-1", 2, FakeKubelet.Then.NOTHING);
    sim.forget();
    await().atMost(SOON).until(() -> exits.size() == 3);
    assertThat(exits.stream().map(each -> ((Input.Exited) each).exitCode()))
        .containsExactly(137, 1, 2);
  }
}
