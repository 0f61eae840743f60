package holter.cli.direct;

import holter.cli.Terminal;
import holter.remedy.KubeAsk;
import holter.remedy.KubePlanner;
import holter.remedy.KubeWorld;
import holter.remedy.Proposal;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeWorldReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plan does on Kubernetes: the world is read, and planned for. */
final class KubePart {
  /** A kubelet counts anew every 10 to 15 s. */
  private static final Duration TWO_RECORDS = Duration.ofSeconds(20);

  private KubePart() {}

  /**
   * What is proposed; what could not be read stands among what was refused.
   *
   * @param nics bytes per second of each host's network
   * @param critical hosts whose crowding makes heartbeats late
   */
  static Proposal proposed(
      KubeCluster cluster, Map<String, Double> nics, Set<String> critical, Terminal terminal)
      throws InterruptedException {
    terminal.progress("reading Kubernetes, and its kubelets twice; at most 30 s");
    KubeWorld world =
        new KubeWorldReader(cluster, System::currentTimeMillis).read(nics, TWO_RECORDS);
    return KubePlanner.plan(world, KubeAsk.of(critical))
        .then(new Proposal(List.of(), List.of(), world.unread()));
  }
}
