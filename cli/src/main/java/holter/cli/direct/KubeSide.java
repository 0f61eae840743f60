package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Step;
import holter.server.kube.KubeCluster;
import holter.server.kube.RemedySide;
import holter.server.port.Hand;
import holter.server.remedy.PlanRun;
import holter.server.remedy.RoomMade;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The Kubernetes that a plan is carried out on, when it has steps there. */
final class KubeSide implements AutoCloseable {
  /** A worker starts, connects and registers before it beats. */
  private static final Duration BEATS_BACK = Duration.ofMinutes(2);

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

  /** What beside the paths proves the plan: hosts with room, workers that beat again. */
  PlanRun.Symptom beside(Plan plan, Cluster cluster, Instant since) {
    RemedySide there = side;
    if (there == null) {
      return PlanRun.Symptom.NONE;
    }
    PlanRun.Symptom all = new RoomMade(plan.reliefs(), there.networks());
    for (Step step : plan.steps()) {
      if (step.act() instanceof KubeAct.Restart restart && !restart.instance().isEmpty()) {
        all =
            all.then(
                new BeatsBack(
                    cluster,
                    restart.instance(),
                    () -> there.successors(restart, since),
                    BEATS_BACK));
      }
    }
    return all;
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
