package holter.lab.kube;

import holter.lab.kube.control.Pace;
import holter.remedy.Act;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeHand;
import holter.server.port.Hand.Looked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Three simulated nodes, and the product's hand on them. */
final class RemedyStage extends ThreeNodes {
  static final Duration SOON = Duration.ofSeconds(20);
  static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Kubelets say nothing while a test runs, so that versions change by writes alone. */
  static final Pace HUSHED =
      new Pace(
          Duration.ofSeconds(90),
          Duration.ofSeconds(60),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMillis(20));

  private final KubeCluster cluster;

  RemedyStage(Path dir, Pace pace) throws IOException {
    super(pace);
    cluster = KubeCluster.openToLook(sim().writeKubeconfig(dir.resolve("config")).toString(), "");
  }

  KubeCluster cluster() {
    return cluster;
  }

  KubeHand hand() {
    return new KubeHand(cluster, () -> "", "p1");
  }

  /** How an act's target looks to a hand. */
  static Looked looked(KubeHand hand, Act act) {
    return answer(hand.look(List.of(act)), act);
  }

  /** How an act's target looks to a hand that has done it, or has tried for so long. */
  static Looked done(KubeHand hand, Act act, Duration deadline) {
    return answer(hand.act(List.of(act), deadline), act);
  }

  private static Looked answer(Map<Act, Looked> all, Act act) {
    Looked looked = all.get(act);
    if (looked == null) throw new AssertionError("no answer");
    return looked;
  }

  /** Reasons of the events that tell of a remedy. */
  List<String> told() {
    return StreamSupport.stream(
            scene().get("/apis/events.k8s.io/v1/events").path("items").spliterator(), false)
        .filter(e -> e.path("reportingController").asText().equals("holter.io/remedy"))
        .map(e -> e.path("reason").asText() + " " + e.at("/regarding/kind").asText())
        .toList();
  }

  @Override
  public void close() {
    cluster.close();
    super.close();
  }
}
