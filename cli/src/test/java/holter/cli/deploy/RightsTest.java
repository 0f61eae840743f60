package holter.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.diagnose.KubeFact;
import holter.diagnose.Observation;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.KubeSim;
import holter.lab.kube.KubeletFigures;
import holter.lab.kube.Role;
import holter.lab.kube.Role.Right;
import holter.lab.kube.Wire;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.KubeWorld;
import holter.remedy.Sight;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeHand;
import holter.server.kube.KubeLease;
import holter.server.kube.KubeLook;
import holter.server.kube.KubeWorldReader;
import holter.server.kube.RemedyLease;
import holter.server.port.Hand;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rights that are printed, given to an identity of the simulator, and tried. */
@Timeout(120)
final class RightsTest {
  private static final String NODE = "/api/v1/nodes/iota-m2";
  private static final String UNCORDON = "{\"spec\":{\"unschedulable\":false}}";

  @TempDir Path dir;

  private static Manifest.Fit fit(List<String> nodes, List<String> deployments) {
    Account account = new Account("holter", "holter");
    return new Manifest.Fit(account, "default", "default", "holter", nodes, deployments);
  }

  /** What the printed rules give. */
  private static Role role(String user, Manifest.Fit fit, Part... parts) {
    List<Right> rights = new ArrayList<>();
    for (Part part : parts) {
      for (ObjectNode object : Manifest.of(part, fit)) {
        String namespace = object.at("/metadata/namespace").asText();
        boolean everywhere = object.path("kind").asText().equals("ClusterRole");
        for (JsonNode rule : object.path("rules")) {
          rights.add(
              new Right(
                  words(rule, "verbs"),
                  rule.path("apiGroups").path(0).asText(),
                  words(rule, "resources"),
                  words(rule, "resourceNames"),
                  everywhere ? "" : namespace));
        }
      }
    }
    return new Role(user, rights);
  }

  private static Set<String> words(JsonNode rule, String field) {
    Set<String> words = new HashSet<>();
    rule.path(field).forEach(each -> words.add(each.asText()));
    return words;
  }

  private Set<String> seen(KubeSim sim, String user) throws Exception {
    List<Observation> heard = new ArrayList<>();
    String config = sim.writeKubeconfig(dir.resolve("config")).toString();
    try (var cluster = KubeCluster.openToLook(config, user)) {
      new KubeLook(cluster, System::currentTimeMillis).look(List.of("iota-n2"), 0, heard::add);
    }
    Set<String> facts = new TreeSet<>();
    for (Observation each : heard) {
      switch (each.fact()) {
        case KubeFact.PodSeen pod -> facts.add("pod " + pod.pod());
        case KubeFact.NodeSeen node ->
            facts.add(
                "node " + node.node() + (Double.isNaN(node.diskUsedShare()) ? "" : ", its disk"));
        default -> facts.add(each.fact().getClass().getSimpleName());
      }
    }
    return facts;
  }

  @Test
  void whoMayDiagnoseSeesWhatAnAdministratorSees() throws Exception {
    try (KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      sim.node("iota-n2");
      sim.node("iota-m2");
      sim.grant(role("all", fit(List.of(), List.of()), Part.DIAGNOSE, Part.FIGURES));
      sim.grant(role("some", fit(List.of(), List.of()), Part.DIAGNOSE));
      sim.scene().disk("iota-n2", new KubeletFigures.Disk(1_000, 400, 100, 10), false);
      sim.scene().deploy(Workload.of("proxy", 2).on("iota-n2"));
      Awaitility.await().until(() -> sim.scene().running("default", "proxy").size() == 2);
      Set<String> all = seen(sim, "");
      assertThat(all)
          .contains("node iota-n2, its disk")
          .anyMatch(fact -> fact.startsWith("pod proxy-"));
      assertThat(seen(sim, "all")).isEqualTo(all);
      assertThat(seen(sim, "some")).contains("node iota-n2").isNotEqualTo(all);
    }
  }

  @Test
  void whoMayDiagnoseReadsAllThatAPlanRestsOn() throws Exception {
    try (KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      sim.node("iota-n2");
      sim.scene().disk("iota-n2", new KubeletFigures.Disk(1_000, 400, 100, 10), false);
      sim.scene().deploy(Workload.of("proxy", 2).on("iota-n2"));
      sim.scene().budget("default", "proxy", "minAvailable", "1");
      Awaitility.await().until(() -> sim.scene().running("default", "proxy").size() == 2);
      sim.grant(role("all", fit(List.of(), List.of()), Part.DIAGNOSE, Part.FIGURES));
      String config = sim.writeKubeconfig(dir.resolve("config")).toString();
      try (var cluster = KubeCluster.openToLook(config, "all")) {
        KubeWorld world =
            new KubeWorldReader(cluster, System::currentTimeMillis).read(Map.of(), Duration.ZERO);
        assertThat(world.unread()).isEmpty();
        assertThat(world.node("iota-n2").orElseThrow().leaseAgeMs()).isNotNegative();
        assertThat(world.pods()).hasSize(2);
        assertThat(world.budgets()).hasSize(1);
      }
    }
  }

  @Test
  void whoHasARemedyForAPlanCarriesItOut() throws Exception {
    try (KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      sim.node("iota-m2");
      sim.node("iota-n2");
      sim.scene().cordon("iota-m2");
      sim.scene().deploy(Workload.of("proxy", 1).on("iota-n2"));
      Awaitility.await().until(() -> sim.scene().running("default", "proxy").size() == 1);
      sim.grant(role("holter-remedy", fit(List.of("iota-m2"), List.of("proxy")), Part.REMEDY));
      String config = sim.writeKubeconfig(dir.resolve("config")).toString();
      var uncordon = new KubeAct.Uncordon("iota-m2", Json.uid(sim.scene().get(NODE)));
      String path = "/apis/apps/v1/namespaces/default/deployments/proxy";
      String uid = Json.uid(sim.scene().get(path));
      String key = "kubernetes.io/hostname";
      var relax = new KubeAct.Relax("default", "proxy", uid, key, "iota-n2", List.of());
      try (var cluster = KubeCluster.open(config, "holter-remedy", "default");
          var lease = new RemedyLease(cluster)) {
        assertThat(lease.take(Duration.ofSeconds(1))).isEmpty();
        var hand = new KubeHand(cluster, lease, "p1");
        assertThat(hand.act(List.of(uncordon, relax), Duration.ofSeconds(30)).values())
            .extracting(Hand.Looked::sight)
            .containsExactly(Sight.AFTER, Sight.AFTER);
        var pod = sim.scene().running("default", "proxy").getFirst();
        var evict =
            new KubeAct.Evict(
                "default", pod.name(), pod.uid(), "default/proxy", pod.node(), "iota-m2");
        assertThat(hand.check(List.of(evict)).get(evict)).isEmpty();
        assertThat(hand.act(List.of(evict), Duration.ofSeconds(30)).values())
            .noneMatch(found -> found.why().contains("403"));
        Act back = uncordon.inverse().orElseThrow();
        assertThat(hand.act(List.of(back), Duration.ofSeconds(30)).values())
            .extracting(Hand.Looked::sight)
            .containsExactly(Sight.AFTER);
      }
    }
  }

  @Test
  void aRemedyHasWhatItWasGivenByNameAndNothingElse() throws Exception {
    try (KubeSim sim = new KubeSim()) {
      sim.node("iota-m2");
      sim.node("iota-n2");
      sim.scene().cordon("iota-m2");
      sim.scene().deploy(Workload.of("proxy", 0));
      sim.scene().deploy(Workload.of("other", 0));
      sim.grant(role("holter-remedy", fit(List.of("iota-m2"), List.of("proxy")), Part.REMEDY));
      Path config = sim.writeKubeconfig(dir.resolve("config"));
      assertThat(patch(config, NODE, UNCORDON)).isEqualTo(200);
      assertThat(patch(config, "/api/v1/nodes/iota-n2", UNCORDON)).isEqualTo(403);
      String deployments = "/apis/apps/v1/namespaces/default/deployments/";
      String note = "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}";
      assertThat(patch(config, deployments + "proxy", note)).isEqualTo(200);
      assertThat(patch(config, deployments + "other", note)).isEqualTo(403);
    }
  }

  private static int patch(Path config, String path, String patch) {
    var as = Config.fromKubeconfig("holter-remedy", config.toFile());
    try (var client = new KubernetesClientBuilder().withConfig(as).build()) {
      return new Wire(client, "holter").send("PATCH", path, Wire.MERGE, Json.parsed(patch)).code();
    }
  }

  @Test
  void whoMayLeadLeadsByTheLease() throws Exception {
    try (KubeSim sim = new KubeSim()) {
      sim.grant(role("leader", fit(List.of(), List.of()), Part.LEADER));
      String config = sim.writeKubeconfig(dir.resolve("config")).toString();
      try (var cluster = KubeCluster.open(config, "leader", "default");
          var lease = new KubeLease(cluster, "holter", () -> 0)) {
        assertThat(lease.lead()).isPositive();
        assertThat(lease.renew()).isTrue();
      }
    }
  }

  @Test
  void noRuleHoldsForEverythingAndOnlyTheRunnerDeletes() {
    for (Part part : Part.values()) {
      for (ObjectNode object : Manifest.read(part)) {
        for (JsonNode rule : object.path("rules")) {
          assertThat(rule.toString()).doesNotContain("\"*\"", "secrets", "impersonate", "escalate");
          if (part != Part.RUNNER) assertThat(words(rule, "verbs")).doesNotContain("delete");
          boolean patches = words(rule, "verbs").contains("patch");
          boolean events = words(rule, "resources").equals(Set.of("events"));
          if (patches && !events) assertThat(rule.path("resourceNames")).isNotEmpty();
        }
      }
    }
  }

  @Test
  void whatHasNoNameIsLeftOutTogetherWithItsBinding() {
    List<ObjectNode> objects = Manifest.of(Part.REMEDY, fit(List.of(), List.of("proxy")));
    assertThat(objects)
        .extracting(each -> each.path("kind").asText())
        .containsOnly("Role", "RoleBinding")
        .hasSize(6);
    assertThat(
            StreamSupport.stream(objects.getFirst().path("rules").spliterator(), false)
                .flatMap(rule -> words(rule, "resources").stream()))
        .doesNotContain("nodes");
  }
}
