package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.Observation;
import holter.lab.kube.fact.Ask;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeLook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class KubeLookTest {
  @TempDir Path dir;

  private static <T> List<T> of(List<Observation> seen, Class<T> kind) {
    return seen.stream().map(Observation::fact).filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<Observation> look(KubeSim sim) throws Exception {
    var seen = new ArrayList<Observation>();
    String config = sim.writeKubeconfig(dir.resolve("config")).toString();
    try (var cluster = KubeCluster.openToLook(config, "")) {
      new KubeLook(cluster, System::currentTimeMillis).look(List.of("iota-n2"), 0, seen::add);
    }
    return seen;
  }

  private static void change(Ask ask, String node, boolean cordoned) {
    ObjectNode object = ask.get("/api/v1/nodes/" + node);
    object.withObjectProperty("metadata").putObject("labels").put("role-" + node, "yes");
    if (cordoned) { // as the node lifecycle controller leaves it
      ObjectNode spec = object.withObjectProperty("spec").put("unschedulable", true);
      spec.putArray("taints")
          .addObject()
          .put("key", "node.kubernetes.io/unschedulable")
          .put("effect", "NoSchedule")
          .put("timeAdded", "2023-02-01T10:00:00Z");
    }
    ask.put("/api/v1/nodes/" + node, object);
  }

  private static ObjectNode pod(String name, String node) {
    ObjectNode pod = Ask.pod(name, node);
    ObjectNode meta = pod.withObjectProperty("metadata");
    meta.withObjectProperty("labels").put("pod-template-hash", "5d9f");
    meta.putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", "ReplicaSet")
        .put("name", "savoir-recv-5d9f")
        .put("uid", "u1")
        .put("controller", true);
    return pod;
  }

  @Test
  void nodesPodsAndEventsAreTold() throws Exception {
    try (var sim = new KubeSim();
        var closed = sim.node("iota-m2");
        var sick = sim.node("iota-n2");
        var asking = new Asking(sim);
        var ask = asking.ask()) {
      change(ask, "iota-m2", true);
      change(ask, "iota-n2", false);
      closed.ready(false);
      ObjectNode pinned = pod("savoir-recv-5d9f-1", "iota-n2");
      pinned.withObjectProperty("spec").putObject("nodeSelector").put("role-iota-n2", "yes");
      ask.create(ask.pods(), pinned);
      ask.create(ask.pods(), pod("proxy-1", "iota-n2"));
      ObjectNode event = pod("e", "");
      event.removeAll();
      event.put("apiVersion", "v1").put("kind", "Event").put("type", "Normal");
      event.putObject("metadata").put("name", "e1");
      event.putObject("involvedObject").put("kind", "Node").put("name", "iota-m2");
      event.put("reason", "NodeNotSchedulable").put("message", "cordoned");
      event.put("lastTimestamp", "2023-02-01T10:00:00Z");
      ask.create("/api/v1/namespaces/default/events", event);
      Awaitility.await()
          .until(() -> of(look(sim), KubeFact.PodSeen.class).stream().allMatch(p -> p.ready()));
      sick.ends("default", "proxy-1", 137, FakeKubelet.Then.STARTED_AGAIN);

      List<Observation> seen = look(sim);
      var node = of(seen, KubeFact.NodeSeen.class).getFirst();
      assertThat(node.node()).isEqualTo("iota-m2");
      assertThat(node.cordoned()).isTrue();
      assertThat(node.cordonedSinceWallMs()).isEqualTo(1_675_245_600_000L);
      assertThat(node.conditions()).containsExactly("NotReady");
      assertThat(node.taints()).containsExactly("node.kubernetes.io/unschedulable:NoSchedule");
      assertThat(node.diskUsedShare()).isNaN();
      assertThat(of(seen, KubeFact.PodSeen.class))
          .anySatisfy(
              p -> {
                assertThat(p.pod()).isEqualTo("savoir-recv-5d9f-1");
                assertThat(p.owner()).isEqualTo("Deployment/savoir-recv");
                assertThat(p.eligible()).containsExactly("iota-n2");
                assertThat(p.bytesPerS()).isNaN();
              })
          .anySatisfy(
              p -> {
                assertThat(p.pod()).isEqualTo("proxy-1");
                assertThat(p.eligible()).isEmpty();
                assertThat(p.restarts()).isEqualTo(1);
                assertThat(p.lastExitCode()).isEqualTo(137);
              });
      assertThat(of(seen, KubeFact.KubeEvent.class))
          .extracting(KubeFact.KubeEvent::reason)
          .containsExactly("NodeNotSchedulable");
      assertThat(of(seen, Fact.Unasked.class)) // the simulator's kubelets tell no figures
          .allMatch(u -> u.subject().english().contains("kubelet"));
    }
  }
}
