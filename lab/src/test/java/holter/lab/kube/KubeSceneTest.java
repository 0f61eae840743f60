package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
}
