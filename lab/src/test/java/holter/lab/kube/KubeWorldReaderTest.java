package holter.lab.kube;

import static holter.lab.kube.RemedyStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import holter.remedy.KubeNode;
import holter.remedy.KubeWorld;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeWorldReader;
import holter.words.Sentence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a scene like that of the incident. */
@Timeout(90)
final class KubeWorldReaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final KubeletFigures.Disk DISK =
      new KubeletFigures.Disk(100L << 30, 40L << 30, 1_000, 100);

  @TempDir Path dir;

  private KubeWorld read(RemedyStage stage, String user) throws Exception {
    String config = stage.sim().writeKubeconfig(dir.resolve("other")).toString();
    try (var cluster = KubeCluster.openToLook(config, user)) {
      return new KubeWorldReader(cluster, System::currentTimeMillis)
          .read(Map.of("n1", 125e6), PATIENCE);
    }
  }

  private static KubeWorld.Pod pod(KubeWorld world, String owner) {
    return world.pods().stream().filter(p -> p.owner().equals(owner)).findFirst().orElseThrow();
  }

  private static void incident(RemedyStage stage) {
    KubeScene scene = stage.scene();
    stage.sim().figures().network("default", "recv", 1e6, 40e6);
    scene.disk("n3", DISK, false);
    stage.closed("n3");
    stage.serving(Workload.of("recv", 2).on("n1").asking("250m", "64Mi"));
    stage.serving(Workload.of("proxy", 1));
    scene.budget("default", "recv", "maxUnavailable", "1");
    scene.budget("default", "proxy", "minAvailable", "1");
    ObjectNode managed = Workload.of("shop", 1).object();
    Json.meta(managed).putObject("annotations").put("argocd.argoproj.io/tracking-id", "shop:x");
    managed
        .withObjectProperty("spec")
        .withObjectProperty("template")
        .withObjectProperty("spec")
        .putArray("volumes")
        .addObject()
        .put("name", "work")
        .putObject("emptyDir");
    scene.create("/apis/apps/v1/namespaces/default/deployments", managed);
    scene.pod("default", "alone", "n2", Map.of("app", "alone"));
    await().atMost(SOON).until(() -> scene.running("default", "shop").size() == 1);
    await().atMost(SOON).until(() -> stage.pods("alone").toString().contains("Running"));
    String budgets = "/apis/policy/v1/poddisruptionbudgets";
    await()
        .atMost(SOON)
        .until(() -> scene.get(budgets).at("/items/1/status/disruptionsAllowed").asInt() == 1);
  }

  @Test
  void nodesTellWhoClosedThemWhatTheyHaveAndHowFullTheyAre() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK)) {
      incident(stage);
      KubeWorld world = read(stage, "");
      assertThat(world.unread()).isEmpty();
      KubeNode closed = world.node("n3").orElseThrow();
      assertThat(closed.uid()).isEqualTo(Json.uid(stage.node("n3")));
      assertThat(closed.cordon().orElseThrow().by()).isEqualTo("kubectl");
      assertThat(System.currentTimeMillis() - closed.cordon().orElseThrow().sinceWallMs())
          .isBetween(0L, 60_000L);
      assertThat(closed.taints())
          .containsExactly(
              new KubeNode.Taint("node.kubernetes.io/unschedulable", "", "NoSchedule"));
      assertThat(closed.condition("Ready").orElseThrow().status()).isEqualTo("True");
      assertThat(closed.condition("DiskPressure").orElseThrow().sinceWallMs()).isPositive();
      assertThat(closed.leaseAgeMs()).isBetween(0L, 5_000L);
      assertThat(closed.disk())
          .isEqualTo(new KubeNode.Disk(100L << 30, 40L << 30, 100L << 30, 40L << 30, 0.1, 0));
      assertThat(closed.marks())
          .contains("kubernetes.io/hostname", "node.kubernetes.io/unschedulable");
      KubeNode crowded = world.node("n1").orElseThrow();
      assertThat(crowded.cordon()).isEmpty();
      assertThat(crowded.room().pods()).isEqualTo(110);
      assertThat(crowded.room().cpuM()).isEqualTo(4_000);
      assertThat(crowded.room().memoryBytes()).isEqualTo(16L << 30);
      assertThat(crowded.room().nicShare()).isBetween(0.6, 0.7);
      assertThat(world.node("n2").orElseThrow().room().nicBytesPerS()).isNaN();
      assertThat(world.node("n1").orElseThrow().disk().capacityBytes()).isNaN();
    }
  }

  @Test
  void podsTellTheirOwnersDemandsAndWhyTheyStay() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK)) {
      incident(stage);
      KubeWorld world = read(stage, "");
      KubeWorld.Pod recv = pod(world, "default/recv");
      assertThat(recv.node()).isEqualTo("n1");
      assertThat(recv.eligible()).containsExactly("n1");
      assertThat(recv.demand())
          .isEqualTo(new KubeWorld.Demand(250, 64L << 20, 250, 64L << 20, java.util.Set.of()));
      assertThat(recv.bytesPerS()).isBetween(36e6, 44e6);
      assertThat(recv.ready()).isTrue();
      assertThat(recv.stays()).isEmpty();
      KubeWorld.Pod proxy = pod(world, "default/proxy");
      assertThat(proxy.eligible()).containsExactlyInAnyOrder("n1", "n2", "n3");
      assertThat(proxy.demand().cpuM()).isZero();
      assertThat(proxy.demand().assumedCpuM()).isEqualTo(100);
      assertThat(proxy.demand().assumedMemoryBytes()).isEqualTo(200L << 20);
      assertThat(pod(world, "default/shop").stays()).isEqualTo("emptyDir");
      assertThat(world.pods())
          .filteredOn(p -> p.name().equals("alone"))
          .singleElement()
          .satisfies(p -> assertThat(p.stays()).isEqualTo("noController"))
          .satisfies(p -> assertThat(p.owner()).isEmpty());
    }
  }

  @Test
  void workloadsTellTheirPinsAndBudgetsWhomTheyCover() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK)) {
      incident(stage);
      KubeWorld world = read(stage, "");
      KubeWorld.Workload recv = world.workload("default/recv").orElseThrow();
      assertThat(recv.kind()).isEqualTo("Deployment");
      assertThat(recv.replicas()).isEqualTo(2);
      assertThat(recv.maxSurge()).isEqualTo(1);
      assertThat(recv.maxUnavailable()).isZero();
      assertThat(recv.settled()).isTrue();
      assertThat(recv.managedBy()).isEmpty();
      assertThat(recv.pins())
          .containsExactly(
              new KubeWorld.SelectorPin(
                  "kubernetes.io/hostname", "n1", java.util.Set.of("n1", "n2", "n3")));
      assertThat(world.workload("default/proxy").orElseThrow().pins()).isEmpty();
      assertThat(world.workload("default/shop").orElseThrow().managedBy()).isEqualTo("argocd");
      assertThat(world.budgets())
          .anySatisfy(
              b -> {
                assertThat(b.name()).isEqualTo("recv");
                assertThat(b.allowed()).isEqualTo(1);
                assertThat(b.settled()).isTrue();
                assertThat(b.pods())
                    .containsExactlyInAnyOrderElementsOf(
                        stage.pods("recv").stream().map(Json::uid).toList());
              })
          .anySatisfy(
              b -> {
                assertThat(b.name()).isEqualTo("proxy");
                assertThat(b.allowed()).isZero();
              });
    }
  }

  @Test
  void whatMayNotBeReadIsNamedAndReadingGoesOn() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK)) {
      incident(stage);
      Role all = Role.diagnose();
      stage.sim().grant(all);
      KubeWorld whole = read(stage, all.user());
      assertThat(whole.unread()).isEmpty();
      List<Role.Right> fewer =
          all.rights().stream()
              .filter(r -> !r.group().equals("policy"))
              .filter(r -> !r.resources().contains("nodes/proxy"))
              .toList();
      stage.sim().grant(new Role("some", fewer));
      KubeWorld world = read(stage, "some");
      assertThat(world.unread())
          .extracting(Sentence::english)
          .anyMatch(said -> said.startsWith("poddisruptionbudgets of Kubernetes could not"))
          .anyMatch(said -> said.startsWith("kubelet of n1 of Kubernetes could not"));
      assertThat(world.budgets()).isEmpty();
      assertThat(world.budgetsRead()).isFalse();
      assertThat(whole.budgetsRead()).isTrue();
      assertThat(pod(world, "default/recv").bytesPerS()).isNaN();
      assertThat(world.workload("default/recv")).isPresent();
    }
  }
}
