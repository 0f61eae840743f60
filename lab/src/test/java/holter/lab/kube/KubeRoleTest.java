package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.fact.Ask;
import holter.lab.kube.store.Json;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the identities of the simulator may do, beyond the facts of conformance. */
@SuppressWarnings("NullAway.Init") // made before each test
final class KubeRoleTest {
  private static final String PROXY = "/apis/apps/v1/namespaces/default/deployments/proxy";

  @TempDir Path dir;
  private KubeSim sim;
  private Path kubeconfig;

  @BeforeEach
  void aPinnedDeployment() throws Exception {
    sim = new KubeSim();
    sim.node("n1");
    sim.grant(Role.diagnose());
    sim.grant(Role.remedy("default", List.of(), List.of("proxy")));
    sim.grant(Role.leader("default"));
    sim.scene().deploy(Workload.of("proxy", 2).on("n1"));
    kubeconfig = sim.writeKubeconfig(dir.resolve("config"));
  }

  @AfterEach
  void end() {
    sim.close();
  }

  private KubernetesClient as(String user) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(user, kubeconfig.toFile()))
        .build();
  }

  private int patch(String user, String path, String patch) {
    try (KubernetesClient client = as(user)) {
      var body = Json.parsed(patch.replace('\'', '"'));
      return new Wire(client, "holter").send("PATCH", path, Wire.STRATEGIC, body).code();
    }
  }

  @Test
  void aRemedyUnpinsItsDeploymentAndChangesNeitherReplicasNorContainers() {
    String pod = "{'spec':{'template':{'spec':%s}}}";
    String image = "{'containers':[{'name':'main','image':'other'}]}";
    String volume = "{'volumes':[{'name':'v','emptyDir':{}}]}";
    String unpin = "{'nodeSelector':{'kubernetes.io/hostname':null}}";
    assertThat(patch("holter-remedy", PROXY, "{'spec':{'replicas':9}}")).isEqualTo(422);
    assertThat(patch("holter-remedy", PROXY, pod.formatted(image))).isEqualTo(422);
    assertThat(patch("holter-remedy", PROXY, pod.formatted(volume))).isEqualTo(422);
    assertThat(patch("holter-remedy", PROXY, pod.formatted(unpin))).isEqualTo(200);
    assertThat(sim.scene().get(PROXY).at("/spec/template/spec").has("nodeSelector")).isFalse();
  }

  @Test
  void aRemedyThatWasGivenNoNodeHasNone() {
    assertThat(patch("holter-remedy", "/api/v1/nodes/n1", "{'spec':{'unschedulable':false}}"))
        .isEqualTo(403);
    sim.grant(Role.remedy("default", List.of("n1"), List.of()));
    assertThat(patch("holter-remedy", "/api/v1/nodes/n1", "{'spec':{'unschedulable':false}}"))
        .isEqualTo(200);
    assertThat(patch("holter-remedy", PROXY, "{'metadata':{'annotations':{'a':'b'}}}"))
        .isEqualTo(403);
  }

  @Test
  void aLeaderHasItsLeaseAndNothingElse() {
    try (KubernetesClient client = as("holter-leader")) {
      Wire wire = new Wire(client, "holter");
      String leases = "/apis/coordination.k8s.io/v1/namespaces/%s/leases";
      var lease = Ask.lease("holter");
      assertThat(wire.send("POST", leases.formatted("default"), Wire.JSON, lease).code())
          .isEqualTo(201);
      assertThat(wire.send("POST", leases.formatted("kube-system"), Wire.JSON, lease).code())
          .isEqualTo(403);
      assertThat(wire.get("/api/v1/nodes").code()).isEqualTo(403);
    }
  }

  @Test
  void aTokenThatNobodyGaveIsNobodys() {
    var config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl(sim.url())
            .withOauthToken("made-up")
            .build();
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(new Wire(client, "holter").get("/api/v1/nodes").code()).isEqualTo(401);
    }
  }

  @Test
  void whatWasChangedIsSignedByWhoChangedIt() {
    sim.scene().cordon("n1");
    sim.grant(Role.remedy("default", List.of("n1"), List.of()));
    patch("holter-remedy", "/api/v1/nodes/n1", "{'metadata':{'annotations':{'plan':'p1'}}}");
    String fields = sim.scene().get("/api/v1/nodes/n1").at("/metadata/managedFields").toString();
    assertThat(fields).contains("\"manager\":\"kubectl\"", "\"manager\":\"holter\"", "f:plan");
  }
}
