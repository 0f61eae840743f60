package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.KubeWorld.Budget;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold of every plan, on worlds of all kinds. */
final class KubePlannerPropertyTest {
  private static final int SEEDS = 300;
  private static final List<String> NODES = List.of("a", "b", "c", "d", "e", "f");

  private static KubeWorld random(Random random) {
    var worlds = new Worlds();
    int many = 2 + random.nextInt(NODES.size() - 1);
    for (int n = 0; n < many; n++) {
      String name = NODES.get(n);
      switch (n == 0 ? 9 : random.nextInt(10)) {
        case 0, 1 -> worlds.closed(name);
        case 2 -> worlds.closedAndIll(name);
        case 3 -> worlds.smallNode(name, 3 + random.nextInt(6));
        default -> worlds.node(name);
      }
    }
    int workloads = 3 + random.nextInt(6);
    for (int w = 0; w < workloads; w++) {
      String node = random.nextInt(3) > 0 ? "a" : NODES.get(random.nextInt(many));
      double[] bytes = new double[1 + random.nextInt(5)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = Math.exp(random.nextGaussian()) * 8;
        if (random.nextInt(60) == 0) bytes[i] = Double.NaN;
      }
      if (random.nextInt(3) == 0) {
        worlds.pinned("w" + w, node, bytes);
      } else {
        worlds.free("w" + w, node, bytes);
      }
      oddities(worlds, random, w);
    }
    return worlds.world();
  }

  private static void oddities(Worlds worlds, Random random, int w) {
    switch (random.nextInt(12)) {
      case 0 -> worlds.budget("b" + w, 0);
      case 1, 2 -> worlds.budget("b" + w, 1);
      case 3 -> worlds.budget("b" + w, 1).budget("c" + w, 2);
      case 4 -> worlds.changed(each -> Turned.managed(each, "argocd"));
      case 5 -> worlds.changed(each -> Turned.rolling(each, 1, 0, false));
      case 6 -> worlds.changed(each -> Turned.rolling(each, 0, 1 + random.nextInt(2), true));
      case 7 -> worlds.pods(pod -> Turned.staying(pod, "emptyDir"));
      case 8 -> worlds.changed(each -> Turned.of(each, "StatefulSet"));
      default -> {}
    }
  }

  @Test
  void inAnyClusterNoPlanBreaksWhatItMustKeep() {
    int planned = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      KubeWorld world = random(new Random(seed));
      var ask = KubeAsk.of(Set.of("a"));
      var proposal = KubePlanner.plan(world, ask);
      assertThat(KubePlanner.plan(world, ask)).as("seed %d, again", seed).isEqualTo(proposal);
      var crowded = world.node("a").orElseThrow().room().nicShare() > ask.limit();
      if (!crowded) {
        assertThat(proposal.steps()).as("seed %d is not crowded", seed).isEmpty();
      }
      assertThat(proposal.steps().isEmpty() && proposal.refused().isEmpty())
          .as("seed %d says nothing", seed)
          .isFalse();
      if (!proposal.steps().isEmpty()) planned++;
      new Check(world, seed).all(proposal);
    }
    assertThat(planned).as("plans that were checked").isGreaterThan(60);
  }

  /** Goes through a plan step by step. */
  private record Check(KubeWorld world, int seed) {
    void all(Proposal proposal) {
      int rank = 0;
      var touched = new HashSet<String>();
      var relaxed = new HashSet<String>();
      var evicted = new HashMap<String, Integer>();
      for (Step step : proposal.steps()) {
        assertThat(rank(step.act())).as("seed %d, order", seed).isGreaterThanOrEqualTo(rank);
        rank = rank(step.act());
        assertThat(touched.add(step.act().target())).as("seed %d, twice", seed).isTrue();
        switch (step.act()) {
          case KubeAct.Uncordon act -> uncordon(act);
          case KubeAct.Relax act -> relax(act, relaxed);
          case KubeAct.Evict act -> evict(act, relaxed, evicted);
          default -> throw new AssertionError("seed " + seed + ": " + step);
        }
      }
      long uncordons =
          proposal.steps().stream().filter(s -> s.act() instanceof KubeAct.Uncordon).count();
      assertThat(uncordons).as("seed %d", seed).isLessThanOrEqualTo(1);
      assertThat(relaxed.size()).as("seed %d", seed).isLessThanOrEqualTo(2);
      assertThat(evicted.values().stream().mapToInt(i -> i).sum())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(KubeSearch.EVICTIONS_MOST);
    }

    private static int rank(Act act) {
      return act instanceof KubeAct.Uncordon ? 1 : act instanceof KubeAct.Relax ? 2 : 3;
    }

    private void uncordon(KubeAct.Uncordon act) {
      KubeNode node = world.node(act.node()).orElseThrow();
      assertThat(Recovery.judge(node, world.readAtWallMs(), 1).recovered())
          .as("seed %d, %s", seed, act)
          .isTrue();
    }

    private void relax(KubeAct.Relax act, Set<String> relaxed) {
      Workload workload = world.workload(act.namespace() + "/" + act.name()).orElseThrow();
      assertThat(workload.kind()).isEqualTo("Deployment");
      assertThat(workload.managedBy()).as("seed %d, %s", seed, act).isEmpty();
      assertThat(workload.settled()).as("seed %d, %s", seed, act).isTrue();
      assertThat(workload.maxUnavailable()).as("seed %d, %s", seed, act).isLessThanOrEqualTo(1);
      assertThat(workload.replicas() - workload.maxUnavailable()).isPositive();
      assertThat(act.lands()).hasSize(workload.replicas());
      if (workload.maxUnavailable() > 0) {
        world.pods().stream()
            .filter(pod -> pod.owner().equals(workload.key()))
            .forEach(this::withinBudgets);
      }
      relaxed.add(workload.key());
    }

    private void evict(KubeAct.Evict act, Set<String> relaxed, HashMap<String, Integer> evicted) {
      Pod pod =
          world.pods().stream().filter(p -> p.uid().equals(act.uid())).findFirst().orElseThrow();
      Workload owner = world.workload(pod.owner()).orElseThrow();
      assertThat(relaxed)
          .as("seed %d: its pods are others by then", seed)
          .doesNotContain(owner.key());
      assertThat(owner.kind()).isEqualTo("Deployment");
      assertThat(owner.settled()).as("seed %d, %s", seed, act).isTrue();
      assertThat(pod.stays()).as("seed %d, %s", seed, act).isEmpty();
      assertThat(pod.bytesPerS()).as("seed %d, %s", seed, act).isFinite();
      assertThat(owner.replicas()).as("seed %d, the last one", seed).isGreaterThan(1);
      var elsewhere = new HashSet<>(owner.eligible());
      elsewhere.remove(pod.node());
      assertThat(elsewhere).as("seed %d, %s", seed, act).contains(act.lands());
      withinBudgets(pod);
      evicted.merge(owner.key(), 1, Integer::sum);
    }

    /** One disruption at a time: a budget must allow one, and be the only one. */
    private void withinBudgets(Pod pod) {
      List<Budget> over =
          world.budgets().stream().filter(budget -> budget.pods().contains(pod.uid())).toList();
      assertThat(over.size()).as("seed %d, %s", seed, pod.key()).isLessThanOrEqualTo(1);
      over.forEach(
          budget -> assertThat(budget.allowed()).as("seed %d, %s", seed, pod.key()).isPositive());
    }
  }
}
