package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.words.Sentence;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KubePlannerTest {
  private static final String HOST = "kubernetes.io/hostname";

  private static Proposal plan(Worlds worlds, String... critical) {
    return KubePlanner.plan(worlds.world(), KubeAsk.of(Set.of(critical)));
  }

  private static List<Act> acts(Proposal proposal) {
    return proposal.steps().stream().map(Step::act).toList();
  }

  private static void refusesAll(Proposal proposal, String... says) {
    assertThat(proposal.steps()).isEmpty();
    for (String each : says) {
      assertThat(proposal.refused().stream().map(Sentence::english))
          .anyMatch(sentence -> sentence.contains(each));
    }
  }

  /** A crowded node, two pinned receivers on it, another node that is closed and has recovered. */
  private static Worlds incident() {
    return new Worlds()
        .node("iota-n2")
        .smallNode("iota-n3", 2)
        .closed("iota-m2")
        .pinned("proxy", "iota-n2", 30)
        .pinned("recv", "iota-n2", 20, 20)
        .free("web", "iota-n2", 15, 10)
        .free("job", "iota-n3", 5, 5);
  }

  @Test
  void theIncidentsNodeIsOpenedAndTheFewestPodsMove() {
    var proposal = plan(incident(), "iota-n2");
    assertThat(acts(proposal))
        .containsExactly(
            new KubeAct.Uncordon("iota-m2", "uid-iota-m2"),
            new KubeAct.Relax("shop", "proxy", "uid-proxy", HOST, "iota-n2", List.of("iota-m2")));
    assertThat(proposal.steps().get(0).why().english())
        .startsWith("iota-m2 is closed to pods and has recovered: Ready=True for 60 min");
    assertThat(proposal.steps().get(0).effect().english())
        .isEqualTo("iota-m2 takes pods again; 1 of this plan are expected there");
    assertThat(proposal.steps().get(1).effect().english())
        .isEqualTo(
            "expected on iota-m2; the fullest critical host goes from 95 % to 65 % of its network");
    assertThat(proposal.costs().stream().map(Sentence::english))
        .contains(
            "1 pods restart, 1 of them because their template changes",
            "left different from now on: node/iota-m2, deployment/shop/proxy",
            "taking it back restarts 1 pods again, and leaves 0 evicted pods where they are");
  }

  @Test
  void aPinIsNotRelaxedWhereAnEvictionIsEnough() {
    var worlds = new Worlds().node("a").node("b").pinned("p", "a", 35).free("w", "a", 20, 20);
    var proposal = plan(worlds, "a");
    assertThat(acts(proposal)).hasSize(1);
    assertThat(acts(proposal).getFirst()).isInstanceOf(KubeAct.Evict.class);
    assertThat(((KubeAct.Evict) acts(proposal).getFirst()).lands()).isEqualTo("b");
  }

  @Test
  void healthyAndBusyClustersGetNoPlan() {
    refusesAll(plan(new Worlds().node("a").node("b").free("w", "a", 5, 5), "a"), "none of a");
    refusesAll(
        plan(new Worlds().node("a").node("b").free("w", "a", 35, 34), "a", "b"),
        "none of a, b uses more than 70 %");
    refusesAll(plan(new Worlds().node("a").free("w", "a", 90, 5)), "no critical host");
  }

  @Test
  void aRealGainIsTakenWhereTheLimitIsOutOfReach() {
    var stuck =
        new Worlds()
            .node("a")
            .node("b")
            .free("w", "a", 20, 0)
            .free("x", "a", 20, 0)
            .pinned("big", "a", 78)
            .changed(w -> Turned.managed(w, "flux"));
    var proposal = plan(stuck, "a");
    assertThat(acts(proposal)).hasSize(2).allMatch(act -> act instanceof KubeAct.Evict);
    assertThat(proposal.costs().stream().map(Sentence::english))
        .contains("no plan reaches 70 %; this one takes the peak from 118 % to 78 %");
    var little =
        new Worlds()
            .node("a")
            .node("b")
            .free("w", "a", 11, 0)
            .pinned("big", "a", 95)
            .changed(w -> Turned.managed(w, "flux"));
    refusesAll(plan(little, "a"), "what would be gained is too little to act");
  }

  @Test
  void whereTheSchedulerWouldPutItBackNobodyIsEvicted() {
    // of the two, one is already on b: the spread of its workload prefers a for the other
    var worlds = new Worlds().node("a").node("b").free("w", "a", 80).free("w2", "a", 1, 1);
    refusesAll(plan(worlds, "a"), "the only one that is ready", "no legal plan");
    var two =
        new Worlds()
            .node("a")
            .node("b")
            .free("w", "a", 20, 20)
            .pinned("big", "a", 69)
            .changed(w -> Turned.managed(w, "flux"));
    assertThat(acts(plan(two, "a"))).as("one goes, the other would come back").hasSize(1);
  }

  @Test
  void thePlanHoldsWhicheverOfEqualNodesIsTaken() {
    var worlds = new Worlds().node("a").node("b").node("c").free("w", "a", 45, 45);
    var proposal = plan(worlds, "a");
    assertThat(acts(proposal)).hasSize(1);
    assertThat(proposal.steps().getFirst().effect().english())
        .contains("expected among b, c, which of them is open till then");
    var uneven =
        new Worlds()
            .node("a")
            .node("b")
            .node("c")
            .free("w", "a", 45, 45)
            .free("x", "b", 30, 0)
            .free("y", "c", 1, 0);
    assertThat(plan(uneven, "a").steps()).as("b would be crowded, and may be taken").isEmpty();
  }
}
