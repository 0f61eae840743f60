package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import holter.lab.kube.control.Pace;
import holter.lab.kube.fact.Ask;
import holter.lab.kube.fact.Conformance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The same facts on the simulator, and on the cluster of {@code -Dholter.it.kubeconfig=FILE}. */
class ConformanceTest {
  @TestFactory
  Stream<DynamicTest> theSimulatorIsLikeKubernetes() throws Exception {
    List<Conformance.Outcome> outcomes = Conformance.simulator();
    assertThat(outcomes).noneMatch(fact -> fact.state() == Conformance.State.SKIPPED);
    return asTests(outcomes);
  }

  /** With {@code -Dholter.it.nodes=true} also what needs nodes to throw away. */
  @TestFactory
  Stream<DynamicTest> soIsTheRealOne() throws Exception {
    String file = System.getProperty("holter.it.kubeconfig", "");
    Assumptions.assumeFalse(file.isEmpty(), "no -Dholter.it.kubeconfig is given");
    return asTests(Conformance.real(Path.of(file), Boolean.getBoolean("holter.it.nodes")));
  }

  private static Stream<DynamicTest> asTests(List<Conformance.Outcome> outcomes) {
    assertThat(outcomes).hasSize(Conformance.facts());
    return outcomes.stream()
        .map(
            fact ->
                dynamicTest(
                    fact.number() + " " + fact.claim(),
                    () -> {
                      Assumptions.assumeTrue(fact.state() != Conformance.State.SKIPPED, fact.why());
                      if (!fact.why().isEmpty()) fail("%s: %s", fact.claim(), fact.why());
                    }));
  }

  @Test
  @Tag("slow")
  void whatAClusterCannotShowIsSkippedAndNeverHeld(@TempDir Path dir) throws Exception {
    try (KubeSim sim = KubeSim.cluster(Pace.REAL, 1)) { // it stands for one without roles
      Path file = sim.writeKubeconfig(dir.resolve("config"));
      List<Conformance.Outcome> outcomes = Conformance.real(file, false);
      assertThat(outcomes).noneMatch(fact -> fact.state() == Conformance.State.BROKEN);
      assertThat(outcomes)
          .filteredOn(fact -> fact.state() == Conformance.State.SKIPPED)
          .hasSize(33)
          .allMatch(fact -> fact.why().startsWith("needs "));
    }
  }

  @Test
  void whatTheSimulatorCannotDoItRefuses() throws Exception {
    try (KubeSim sim = new KubeSim();
        Asking asking = new Asking(sim)) {
      Ask ask = asking.ask();
      Ask.refused(404, "NotFound", () -> ask.get("/apis/batch/v1/namespaces/default/jobs"));
      var near = Ask.pod(Ask.newName(), "");
      near.withObjectProperty("spec")
          .withObjectProperty("affinity")
          .withObjectProperty("podAntiAffinity")
          .putArray("requiredDuringSchedulingIgnoredDuringExecution");
      Ask.refused(400, "BadRequest", () -> ask.create(ask.pods(), near));
      var last = Ask.pod(Ask.newName(), "");
      last.withObjectProperty("metadata").putArray("finalizers").add("x/y");
      Ask.refused(400, "BadRequest", () -> ask.create(ask.pods(), last));
    }
  }

  @Test
  void aBudgetThatNobodyHasCountedYetSaysWhenToTryAgain() {
    try (KubeSim sim = new KubeSim(); // without the controller that counts
        FakeKubelet kubelet = sim.node("n1");
        Asking asking = new Asking(sim)) {
      KubeScene scene = sim.scene();
      scene.pod("default", "p", kubelet.node(), Map.of("app", "web"));
      scene.budget("default", "web", "minAvailable", "0");
      String path = "/api/v1/namespaces/default/pods/p";
      await().until(() -> scene.get(path).at("/status/phase").asText().equals("Running"));
      Wire.Answer answer =
          new Wire(asking.client(), "holter")
              .send("POST", path + "/eviction", Wire.JSON, Ask.options());
      assertThat(answer.code()).isEqualTo(429);
      assertThat(answer.retryAfter()).isEqualTo("10");
      assertThat(answer.body().at("/details/causes/0/message").asText())
          .contains("still being processed");
    }
  }
}
