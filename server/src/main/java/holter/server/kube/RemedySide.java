package holter.server.kube;

import holter.remedy.KubeAct;
import holter.server.port.Hand;
import holter.server.remedy.Hands;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The Kubernetes that a plan is carried out on, and the right to be the only one who does. */
public final class RemedySide implements AutoCloseable {
  /** Who crashed holds the lease for 6 s more. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KubeCluster cluster;
  private final RemedyLease lease;
  private final String plan;

  private RemedySide(KubeCluster cluster, RemedyLease lease, String plan) {
    this.cluster = cluster;
    this.lease = lease;
    this.plan = plan;
  }

  /** Somebody or something is in the way; the message says who or what. */
  public static final class Taken extends Exception {
    private static final long serialVersionUID = 1L;

    Taken(String why) {
      super(why);
    }
  }

  /**
   * Takes the lease; waits for it as long as one who crashed would hold it.
   *
   * @param cluster is closed with this, also when the lease cannot be had
   * @param plan the id of the plan that is carried out
   */
  public static RemedySide take(KubeCluster cluster, String plan)
      throws Taken, InterruptedException {
    var side = new RemedySide(cluster, new RemedyLease(cluster), plan);
    boolean ours = false;
    try {
      String hindered = side.lease.take(PATIENCE);
      ours = hindered.isEmpty();
      if (!ours) {
        throw new Taken(hindered);
      }
      return side;
    } finally {
      if (!ours) {
        side.close();
      }
    }
  }

  /**
   * Pods of a restarted worker's workload that were made since then: one of them is its successor,
   * and may beat under its own name. Empty when it cannot be told.
   */
  public Optional<Set<String>> successors(KubeAct.Restart act, Instant since) {
    try {
      return OwnedPods.read(cluster, act.workload())
          .map(
              workload ->
                  workload.pods().stream()
                      .filter(pod -> !Instant.parse(OwnedPods.made(pod)).isBefore(since))
                      .map(pod -> pod.at("/metadata/name").asText())
                      .collect(Collectors.toSet()));
    } catch (KubernetesClientException untold) {
      return Optional.empty();
    }
  }

  /**
   * How many bytes per second a host's network has, the busier direction, by its kubelet's counts
   * from now on: NaN until it has counted twice, and where it does not tell.
   */
  public ToDoubleFunction<String> networks() {
    var kubelets = new Kubelets(cluster);
    return host -> {
      try {
        return kubelets.ask(host).bytesPerS();
      } catch (KubernetesClientException untold) {
        return Double.NaN;
      }
    };
  }

  /** A hand for all steps. */
  public Hand with(Hand kafka) {
    return new Hands(kafka, new KubeHand(cluster, lease, plan));
  }

  @Override
  public void close() {
    lease.close();
    cluster.close();
  }
}
