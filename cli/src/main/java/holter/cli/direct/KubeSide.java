package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.server.kube.KubeCluster;
import holter.server.kube.RemedySide;
import holter.server.port.Hand;
import holter.server.remedy.Promises;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Kubernetes that a plan is carried out on, when it has steps there. */
final class KubeSide implements AutoCloseable {
  private final @Nullable RemedySide side;

  private KubeSide(@Nullable RemedySide side) {
    this.side = side;
  }

  /**
   * Opens it, if the plan has steps there.
   *
   * @throws Refusal when none was named, or another plan is being carried out
   */
  static KubeSide of(Plan plan, PlaceOptions places) throws InterruptedException {
    if (plan.steps().stream().noneMatch(step -> step.act() instanceof KubeAct)) {
      return new KubeSide(null);
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
    try {
      return new KubeSide(RemedySide.take(cluster, plan.id()));
    } catch (RemedySide.Taken taken) {
      throw new Refusal(
          Exit.REMEDY_FAILED,
          "plan %s is not carried out".formatted(plan.id()),
          String.valueOf(taken.getMessage()),
          "wait for it; the lease is in the context's namespace, " + cluster.namespace());
    }
  }

  /** Where it is measured what the plan promised; by the cluster's own beats and kubelets. */
  Promises.Measures measures(Cluster cluster, Instant since) {
    Optional<RemedySide> there = Optional.ofNullable(side);
    return new Promises.Measures(
        there.map(RemedySide::networks).orElse(_ -> Double.NaN),
        restart -> there.flatMap(it -> it.successors(restart, since)),
        () -> new TopicEars(cluster),
        cluster::nowMs);
  }

  /** A hand for all steps. */
  Hand with(Hand kafka) {
    RemedySide there = side;
    return there == null ? kafka : there.with(kafka);
  }

  @Override
  public void close() {
    if (side != null) side.close();
  }
}
