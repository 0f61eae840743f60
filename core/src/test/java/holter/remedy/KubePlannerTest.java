package holter.remedy;

import static holter.remedy.Planned.refusesAll;
import static org.assertj.core.api.Assertions.assertThat;

import holter.words.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KubePlannerTest {
  private static final String HOST = "kubernetes.io/hostname";

  private static List<Act> acts(Proposal proposal) {
    return proposal.steps().stream().map(Step::act).toList();
  }

  /** A crowded node, two pinned receivers on it, another node that is closed and has recovered. */
  private static Worlds incident() {
    return Worlds.of("iota-n2")
        .smallNode("iota-n3", 2)
        .closed("iota-m2")
        .pinned("proxy", "iota-n2", 30)
        .pinned("recv", "iota-n2", 20, 20)
        .free("web", "iota-n2", 15, 10)
        .free("job", "iota-n3", 5, 5);
  }

  @Test
  void theIncidentsNodeIsOpenedAndTheFewestPodsMove() {
    var proposal = incident().plan("iota-n2");
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
    assertThat(proposal.reliefs()).containsExactly(new Relief("iota-n2", 100, 95, 65));
    assertThat(proposal.costs().stream().map(Sentence::english))
        .contains(
            "1 pods restart, 1 of them because their template changes",
            "left different from now on: node/iota-m2, deployment/shop/proxy",
            "taking it back restarts 1 pods again, and leaves 0 evicted pods where they are");
  }

  @Test
  void aPinIsNotRelaxedWhereAnEvictionIsEnough() {
    var worlds = Worlds.of("a", "b").pinned("p", "a", 35).free("w", "a", 20, 20);
    var proposal = worlds.plan("a");
    assertThat(acts(proposal)).hasSize(1);
    assertThat(acts(proposal).getFirst()).isInstanceOf(KubeAct.Evict.class);
    assertThat(((KubeAct.Evict) acts(proposal).getFirst()).lands()).isEqualTo("b");
  }

  @Test
  void healthyAndBusyClustersGetNoPlan() {
    refusesAll(Worlds.of("a", "b").free("w", "a", 5, 5).plan("a"), "none of a");
    refusesAll(
        Worlds.of("a", "b").free("w", "a", 35, 34).plan("a", "b"),
        "none of a, b uses more than 70 %");
    refusesAll(Worlds.of("a").free("w", "a", 90, 5).plan(), "no critical host");
  }

  @Test
  void aRealGainIsTakenWhereTheLimitIsOutOfReach() {
    var stuck =
        Worlds.of("a", "b")
            .free("w", "a", 20, 0)
            .free("x", "a", 20, 0)
            .pinned("big", "a", 78)
            .changed(w -> Turned.managed(w, "flux"));
    var proposal = stuck.plan("a");
    assertThat(acts(proposal)).hasSize(2).allMatch(act -> act instanceof KubeAct.Evict);
    assertThat(proposal.costs().stream().map(Sentence::english))
        .contains("no plan reaches 70 %; this one takes the peak from 118 % to 78 %");
    var little =
        Worlds.of("a", "b")
            .free("w", "a", 11, 0)
            .pinned("big", "a", 95)
            .changed(w -> Turned.managed(w, "flux"));
    refusesAll(little.plan("a"), "what would be gained is too little to act");
  }

  @Test
  void whereTheSchedulerWouldPutItBackNobodyIsEvicted() {
    // of the two, one is already on b: the spread of its workload prefers a for the other
    var worlds = Worlds.of("a", "b").free("w", "a", 80).free("w2", "a", 1, 1);
    refusesAll(worlds.plan("a"), "the only one that is ready", "no legal plan");
    var two =
        Worlds.of("a", "b")
            .free("w", "a", 20, 20)
            .pinned("big", "a", 69)
            .changed(w -> Turned.managed(w, "flux"));
    assertThat(acts(two.plan("a"))).as("one goes, the other would come back").hasSize(1);
  }

  @Test
  void thePlanHoldsWhicheverOfEqualNodesIsTaken() {
    var worlds = Worlds.of("a", "b", "c").free("w", "a", 45, 45);
    var proposal = worlds.plan("a");
    assertThat(acts(proposal)).hasSize(1);
    assertThat(proposal.steps().getFirst().effect().english())
        .contains("expected among b, c, which of them is open till then");
    var uneven =
        Worlds.of("a", "b", "c").free("w", "a", 45, 45).free("x", "b", 30, 0).free("y", "c", 1, 0);
    assertThat(uneven.plan("a").steps()).as("b would be crowded, and may be taken").isEmpty();
  }
}
