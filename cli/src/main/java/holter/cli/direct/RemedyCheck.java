package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Sight;
import holter.remedy.Step;
import holter.server.kafka.LeaderMover;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeHand;
import holter.server.kube.RemedyLease;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What would become of a plan's steps: Kubernetes checks each as if it were sent, of leaders the
 * state is looked at. Nothing is changed, and nobody consents.
 */
final class RemedyCheck {
  private static final String NOT_ASKED = "not asked";

  private final Plan plan;
  private final DirectOptions options;

  RemedyCheck(Plan plan, DirectOptions options) {
    this.plan = plan;
    this.options = options.orElse(List.of(plan.cluster().split(",")), plan.topic());
  }

  /** Prints a line for each step; the exit code, 0 when every step would be done. */
  int tell(Terminal terminal) throws InterruptedException {
    Map<Act, String> refusals = new LinkedHashMap<>(kafka());
    refusals.putAll(kubernetes());
    for (Step step : plan.steps()) {
      String why = refusals.getOrDefault(step.act(), NOT_ASKED);
      terminal
          .out()
          .println(
              "%2d %s: %s"
                  .formatted(
                      step.number(),
                      step.act().canonical(),
                      why.isEmpty() ? "would be done" : "refused: " + why));
    }
    terminal.progress("nothing was changed; each step was checked alone, as the cluster is now");
    boolean all =
        plan.steps().stream()
            .allMatch(step -> refusals.getOrDefault(step.act(), NOT_ASKED).isEmpty());
    return all && !plan.steps().isEmpty() ? Exit.OK : Exit.REMEDY_FAILED;
  }

  private List<Act> acts(boolean ofKubernetes) {
    return plan.steps().stream()
        .map(Step::act)
        .filter(act -> act instanceof KubeAct == ofKubernetes)
        .toList();
  }

  private Map<Act, String> kafka() throws InterruptedException {
    List<Act> moves = acts(false);
    if (moves.isEmpty()) {
      return Map.of();
    }
    var told = new LinkedHashMap<Act, String>();
    try (Cluster cluster = Cluster.open(options);
        LeaderMover mover =
            new LeaderMover(cluster.kafka(), cluster.map().brokers(), plan.about())) {
      mover
          .look(moves)
          .forEach(
              (act, seen) -> {
                boolean may = seen.sight() == Sight.BEFORE || seen.sight() == Sight.AFTER;
                told.put(act, may ? "" : seen.why());
              });
    }
    return told;
  }

  private Map<Act, String> kubernetes() throws InterruptedException {
    List<Act> acts = acts(true);
    if (acts.isEmpty()) {
      return Map.of();
    }
    try (KubeCluster cluster =
            options
                .places()
                .kubernetes()
                .orElseThrow(
                    () ->
                        Refusal.usage(
                            "plan %s has steps on Kubernetes".formatted(plan.id()),
                            "nobody said which one",
                            "--kubeconfig FILE, and --context NAME if the file has several"));
        RemedyLease notTaken = new RemedyLease(cluster)) {
      return new KubeHand(cluster, notTaken, plan.id()).check(acts);
    }
  }
}
