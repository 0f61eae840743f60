package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import holter.lab.kube.fact.Ask;
import holter.lab.kube.fact.Conformance;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The same facts on the simulator, and on the cluster of {@code -Dholter.it.kubeconfig=FILE}. */
class ConformanceTest {
  @TempDir Path dir;

  @TestFactory
  Stream<DynamicTest> theSimulatorIsLikeKubernetes() throws Exception {
    try (KubeSim sim = new KubeSim()) {
      return asTests(Conformance.run(sim.writeKubeconfig(dir.resolve("config"))));
    }
  }

  @TestFactory
  Stream<DynamicTest> soIsTheRealOne() throws Exception {
    String file = System.getProperty("holter.it.kubeconfig", "");
    Assumptions.assumeFalse(file.isEmpty(), "no -Dholter.it.kubeconfig is given");
    return asTests(Conformance.run(Path.of(file)));
  }

  private static Stream<DynamicTest> asTests(List<Conformance.Outcome> outcomes) {
    assertThat(outcomes).hasSize(Conformance.facts());
    return outcomes.stream()
        .map(fact -> dynamicTest(fact.claim(), () -> assertThat(fact.why()).isEmpty()));
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
}
