package holter.lab.bench.remedy;

import holter.lab.bench.remedy.RemedyCase.Door;
import holter.lab.bench.remedy.RemedyCase.Mood;
import holter.remedy.KubeAct;
import holter.remedy.KubeAsk;
import holter.remedy.KubePlanner;
import holter.remedy.KubeWords;
import holter.remedy.Proposal;
import holter.remedy.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One case, planned for and carried out.
 *
 * @param steps of the plan; 0: there was none
 * @param restarts of the plan
 * @param before the peak of all nodes, a share of the network
 * @param reached the peak after the plan was carried out
 * @param hostReached the critical host's
 * @param least what no placement of so few restarts goes below
 * @param best the best there is; empty: nothing reaches the limit
 * @param proved whether all was tried for it
 * @param landed pods that landed with the plan
 * @param foretold of these, on the very node that was expected
 * @param named of these, on a node that the plan named: of equals it names all
 * @param sure pods of which the plan named one node only
 * @param sureMet of these, on that node
 * @param refused steps that a budget refused
 * @param illOpened nodes that were opened and had not recovered
 * @param planMs how long planning took
 */
record RemedyTrial(
    long seed,
    Mood mood,
    int steps,
    int restarts,
    double before,
    double reached,
    double hostReached,
    double least,
    Optional<Optimum.Best> best,
    boolean proved,
    int landed,
    int foretold,
    int named,
    int sure,
    int sureMet,
    int refused,
    int illOpened,
    double planMs) {
  private static final int EVICTIONS_MOST = 10;

  /** With no plan of ours to beat, so many restarts are looked through. */
  private static final int RESTARTS_TRIED = 6;

  /** What a plan came to when it was carried out. */
  private static final class Run {
    int landed;
    int foretold;
    int named;
    int sure;
    int sureMet;
    int refused;
    int illOpened;
  }

  static RemedyTrial play(long seed, Mood mood) {
    var cluster = new RemedyCluster(RemedyCase.draw(seed, mood));
    if (!cluster.whole()) {
      throw new IllegalStateException("seed " + seed + " has pods without a place");
    }
    double before = cluster.peak();
    var world = RemedyWorld.of(cluster);
    long began = System.nanoTime();
    Proposal plan = KubePlanner.plan(world, KubeAsk.of(Set.of(cluster.given().critical())));
    double planMs = (System.nanoTime() - began) / 1e6;
    var optimum = new Optimum(cluster);
    var run = new Run();
    int planned = plan.steps().stream().mapToInt(RemedyTrial::restarts).sum();
    Optional<Optimum.Best> best =
        mood == Mood.CROWDED
            ? optimum.find(planned == 0 ? RESTARTS_TRIED : planned, EVICTIONS_MOST)
            : Optional.empty();
    double least = Bound.peak(cluster.given(), planned);
    for (Step step : plan.steps()) {
      if (run.refused == 0) carryOut(cluster, step, run);
    }
    return new RemedyTrial(
        seed,
        mood,
        plan.steps().size(),
        planned,
        before,
        cluster.peak(),
        cluster.share(cluster.given().critical()),
        least,
        best,
        optimum.proved(),
        run.landed,
        run.foretold,
        run.named,
        run.sure,
        run.sureMet,
        run.refused,
        run.illOpened,
        planMs);
  }

  private static int restarts(Step step) {
    return switch (step.act()) {
      case KubeAct.Relax act -> act.lands().size();
      case KubeAct.Evict _ -> 1;
      default -> 0;
    };
  }

  private static void carryOut(RemedyCluster cluster, Step step, Run run) {
    RemedyCluster.Done done =
        switch (step.act()) {
          case KubeAct.Uncordon act -> {
            run.illOpened += ill(cluster, act.node()) ? 1 : 0;
            yield cluster.uncordon(act);
          }
          case KubeAct.Relax act -> foretold(run, step, cluster.relax(act), act.lands());
          case KubeAct.Evict act -> foretold(run, step, cluster.evict(act), List.of(act.lands()));
          default -> throw new IllegalStateException("nobody plans " + step.act());
        };
    run.refused += done.refused() ? 1 : 0;
  }

  private static boolean ill(RemedyCluster cluster, String node) {
    return cluster.given().nodes().stream()
        .anyMatch(each -> each.name().equals(node) && each.door() != Door.RECOVERED);
  }

  private static RemedyCluster.Done foretold(
      Run run, Step step, RemedyCluster.Done done, List<String> lands) {
    var left = new ArrayList<>(lands);
    int met = (int) done.landed().stream().filter(left::remove).count();
    List<String> names = List.of(step.effect().args().getFirst().toString().split(", "));
    run.landed += done.landed().size();
    run.foretold += met;
    run.named += (int) done.landed().stream().filter(names::contains).count();
    if (step.effect().phrase() == KubeWords.LANDS) {
      run.sure += done.landed().size();
      run.sureMet += met;
    }
    return done;
  }

  /** How much higher the peak is than with the best plan; NaN when there is none to compare. */
  double regret() {
    return best.map(b -> reached / b.peak()).orElse(Double.NaN);
  }

  /** Restarts beyond the fewest; 0 when there is nothing to compare. */
  int excess() {
    return steps == 0 ? 0 : best.map(b -> restarts - b.restarts()).orElse(0);
  }

  boolean cured() {
    return hostReached <= RemedyCase.LIMIT + 1e-9;
  }
}
