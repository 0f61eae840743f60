package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeHand;
import holter.server.kube.RemedyLease;
import holter.server.port.Hand;
import holter.server.remedy.Hands;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The Kubernetes that a plan is carried out on, and the right to be the only one who does. */
final class KubeSide implements AutoCloseable {
  /** Who crashed holds the lease for 6 s more. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final @Nullable KubeCluster cluster;
  private final @Nullable RemedyLease lease;

  private KubeSide(@Nullable KubeCluster cluster, @Nullable RemedyLease lease) {
    this.cluster = cluster;
    this.lease = lease;
  }

  /**
   * Opens it, if the plan has steps there.
   *
   * @throws Refusal when none was named, or another plan is being carried out
   */
  static KubeSide of(Plan plan, PlaceOptions places) throws InterruptedException {
    if (plan.steps().stream().noneMatch(step -> step.act() instanceof KubeAct)) {
      return new KubeSide(null, null);
    }
    KubeCluster cluster =
        places
            .kubernetes()
            .orElseThrow(
                () ->
                    Refusal.usage(
                        "plan %s has steps on Kubernetes".formatted(plan.id()),
                        "nobody said which one",
                        "--kubeconfig FILE, and --context NAME if the file has several"));
    var side = new KubeSide(cluster, new RemedyLease(cluster));
    String hindered = side.taken();
    if (hindered.isEmpty()) {
      return side;
    }
    side.close();
    throw new Refusal(
        Exit.REMEDY_FAILED,
        "plan %s is not carried out".formatted(plan.id()),
        hindered,
        "wait for it; the lease is in the context's namespace, " + cluster.namespace());
  }

  private String taken() throws InterruptedException {
    RemedyLease ours = lease;
    return ours == null ? "" : ours.take(PATIENCE);
  }

  /** A hand for all steps. */
  Hand with(Hand kafka) {
    KubeCluster there = cluster;
    RemedyLease ours = lease;
    return there == null || ours == null ? kafka : new Hands(kafka, new KubeHand(there, ours));
  }

  @Override
  public void close() {
    if (lease != null) lease.close();
    if (cluster != null) cluster.close();
  }
}
