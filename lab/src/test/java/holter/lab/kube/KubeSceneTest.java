package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeLook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a scene of the lab does to a simulated cluster. */
@Timeout(60)
final class KubeSceneTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void pinnedPodsCrowdOnTheirNodeAndWhoListensHearsThem() {
    Map<String, PodOnNode> heard = new ConcurrentHashMap<>();
    try (KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      sim.listen(
          new PodOnNode.Listener() {
            @Override
            public void started(PodOnNode pod) {
              heard.put(pod.uid(), pod);
            }

            @Override
            public void stopped(PodOnNode pod) {
              heard.remove(pod.uid());
            }
          });
      KubeScene scene = sim.scene();
      scene.node(NodeSpec.of("n1"));
      scene.node(NodeSpec.of("n2"));
      scene.deploy(Workload.of("proxy", 2).on("n1"));
      scene.deploy(Workload.of("recv", 3).on("n1").asking("100m", "64Mi"));
      await().atMost(SOON).until(() -> scene.running("default", "proxy").size() == 2);
      await().atMost(SOON).until(() -> scene.running("default", "recv").size() == 3);
      assertThat(heard.values()).hasSize(5).allMatch(pod -> pod.node().equals("n1"));
      assertThat(heard.values()).extracting(PodOnNode::workload).contains("proxy", "recv");
      scene.cordon("n1");
      await()
          .atMost(SOON)
          .until(() -> scene.get("/api/v1/nodes/n1").toString().contains("timeAdded"));
      String who = scene.get("/api/v1/nodes/n1").at("/metadata/managedFields").toString();
      assertThat(who).contains("kubectl", "f:unschedulable");
    }
  }

  @Test
  void whatTheKubeletsCountIsReadByTheProduct(@TempDir Path dir) throws Exception {
    try (KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      sim.grant(Role.diagnose());
      KubeScene scene = sim.scene();
      scene.node(NodeSpec.of("n1"));
      scene.deploy(Workload.of("proxy", 1));
      await().atMost(SOON).until(() -> scene.running("default", "proxy").size() == 1);
      sim.figures().network("default", "proxy", 1e6, 3e6);
      scene.disk("n1", new KubeletFigures.Disk(100L << 30, 90L << 30, 1_000, 10), true);
      String config = sim.writeKubeconfig(dir.resolve("config"), "holter-diagnose").toString();
      var seen = new CopyOnWriteArrayList<Fact>();
      try (var cluster = KubeCluster.openToLook(config, "")) {
        var look = new KubeLook(cluster, System::currentTimeMillis);
        await()
            .atMost(SOON)
            .until(
                () -> {
                  seen.clear();
                  look.look(List.of("n1"), 0, observed -> seen.add(observed.fact()));
                  return seen.stream()
                      .anyMatch(
                          fact -> fact instanceof KubeFact.PodSeen pod && pod.bytesPerS() > 0);
                });
      }
      assertThat(seen)
          .noneMatch(Fact.Unasked.class::isInstance)
          .anySatisfy(
              fact ->
                  assertThat(fact)
                      .isInstanceOfSatisfying(
                          KubeFact.PodSeen.class,
                          pod -> assertThat(pod.bytesPerS()).isBetween(2.5e6, 3.5e6)))
          .anySatisfy(
              fact ->
                  assertThat(fact)
                      .isInstanceOfSatisfying(
                          KubeFact.NodeSeen.class,
                          node -> {
                            assertThat(node.diskUsedShare()).isBetween(0.89, 0.91);
                            assertThat(node.conditions()).contains("DiskPressure");
                          }));
    }
  }
}
