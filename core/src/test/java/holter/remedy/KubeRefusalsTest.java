package holter.remedy;

import static holter.remedy.Planned.refusesAll;

import holter.words.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is not planned, and how it is said. */
final class KubeRefusalsTest {
  @Test
  void aNodeThatHasNotRecoveredStaysClosedAndTheClauseIsNamed() {
    var worlds = Worlds.of("a").closedAndIll("b").free("w", "a", 45, 45);
    refusesAll(
        worlds.plan("a"),
        "b stays closed: conditions and lease: Ready=True for 1 min only",
        "no legal plan takes a below 70 %");
  }

  @Test
  void aFullClusterHasNoLegalPlan() {
    var worlds =
        new Worlds()
            .smallNode("a", 3)
            .smallNode("b", 1)
            .pinned("p", "a", 45)
            .free("w", "a", 45, 1)
            .free("x", "b", 1);
    refusesAll(worlds.plan("a"), "no legal plan", "its rollout finds no free place for 1 more pod");
  }

  @Test
  void whichOrderWouldGiveARolloutItsPlaceIsSaid() {
    var worlds =
        new Worlds()
            .smallNode("a", 1)
            .smallNode("b", 1)
            .closedAndIll("c")
            .pinned("p", "a", 90)
            .free("x", "b", 1);
    refusesAll(
        worlds.plan("a"),
        "the selector kubernetes.io/hostname=a of shop/p stays: its rollout finds no free place"
            + " before c is open, which has not recovered");
  }

  @Test
  void aBudgetOfNothingIsKept() {
    var worlds = Worlds.of("a", "b").free("w", "a", 45, 45).budget("w", 0);
    refusesAll(worlds.plan("a"), "2 of shop/w on a not evicted: budget shop/w allows no");
  }

  @Test
  void twoBudgetsOverAPodWouldHaveItsEvictionRefused() {
    var worlds = Worlds.of("a", "b").free("w", "a", 45, 45).budget("w", 1).budget("all", 1);
    refusesAll(worlds.plan("a"), "2 budgets cover it");
  }

  @Test
  void whereBudgetsCouldNotBeReadNobodyIsEvicted() {
    var worlds =
        Worlds.of("a", "b")
            .free("w", "a", 45, 45)
            .unread(Sentence.of(RecoveryWords.NOT_TOLD, KubeWorld.BUDGETS));
    refusesAll(worlds.plan("a"), "disruption budgets could not be read");
  }

  @Test
  void whatGitOpsOwnsIsNotRelaxed() {
    var worlds = Worlds.of("a", "b").pinned("p", "a", 90).changed(w -> Turned.managed(w, "argocd"));
    refusesAll(worlds.plan("a"), "argocd would put it back; change it there");
  }

  @Test
  void theOnlyReadyPodOfAWorkloadIsNotEvicted() {
    var worlds = Worlds.of("a", "b").free("w", "a", 90);
    refusesAll(worlds.plan("a"), "1 of shop/w on a not evicted: it is the only one that is ready");
  }

  @Test
  void aPodWhoseNetworkIsNotKnownIsNotMoved() {
    var worlds =
        new Worlds()
            .node("a")
            .but(n -> Turned.with(n, new KubeNode.Room(110, 4_000, 1L << 34, 100, 80)))
            .node("b")
            .free("w", "a", Double.NaN, Double.NaN);
    refusesAll(worlds.plan("a"), "the network of its pods is not known");
  }

  @Test
  void podsThatStayByTheirKindStay() {
    var worlds =
        Worlds.of("a", "b")
            .free("w", "a", 45, 40)
            .pods(pod -> Turned.staying(pod, "emptyDir"))
            .free("s", "a", 5, 5)
            .changed(w -> Turned.of(w, "StatefulSet"));
    refusesAll(worlds.plan("a"), "not evicted: emptyDir", "it is a StatefulSet");
  }

  @Test
  void aPodThatNothingElseTakesIsNotEvictedInVain() {
    var worlds =
        Worlds.of("a", "b")
            .pinned("p", "a", 45, 45)
            .changed(w -> Turned.with(w, Map.of("pins", List.of())));
    refusesAll(worlds.plan("a"), "no other node takes it");
  }

  @Test
  void aRolloutUnderWayIsWaitedFor() {
    var coming =
        Worlds.of("a", "b")
            .free("w", "a", 45, 45)
            .free("x", "b", 1)
            .changed(w -> Turned.with(w, Map.of("replicas", 3, "settled", false)));
    refusesAll(coming.plan("a"), "shop/x is being rolled out");
    var unready =
        Worlds.of("a", "b").free("w", "a", 45, 45).changed(w -> Turned.rolling(w, 1, 0, false));
    refusesAll(unready.plan("a"), "a rollout is under way, or not all replicas are available");
  }

  @Test
  void aRolloutThatTakesSeveralAwayAtOnceIsNotBegun() {
    var worlds =
        Worlds.of("a", "b")
            .pinned("p", "a", 30, 30, 30)
            .changed(w -> Turned.rolling(w, 0, 2, true));
    refusesAll(worlds.plan("a"), "its rollout takes 2 pods away at once");
  }

  @Test
  void withAFifthOfTheNodesNotReadyNothingIsMoved() {
    var worlds =
        Worlds.of("a", "b")
            .node("c")
            .but(n -> Turned.withConditions(n, List.of()))
            .free("w", "a", 45, 45);
    refusesAll(worlds.plan("a"), "1 of 3 nodes are not ready");
  }

  @Test
  void aHostWhoseNetworkIsNotKnownIsNotPlannedFor() {
    var worlds =
        new Worlds()
            .node("a")
            .but(n -> Turned.with(n, new KubeNode.Room(110, 4_000, 1L << 34, Double.NaN, 1)))
            .node("b")
            .free("w", "a", 45, 45);
    refusesAll(worlds.plan("a", "z"), "the network of a is, is not known", "z is no node");
  }

  @Test
  void noOtherNodeIsMadeCrowdedForIt() {
    var worlds = Worlds.of("a", "b").free("w", "a", 50, 40).free("x", "b", 30, 1);
    refusesAll(worlds.plan("a"), "no legal plan takes a below 70 %");
  }

  @Test
  void whatIsSparedIsLeftAlone() {
    var worlds = Worlds.of("a", "b").free("w", "a", 45, 45);
    var leave = new KubeAsk.Leave(true, true, true, Set.of("shop/w"));
    refusesAll(
        KubePlanner.plan(worlds.world(), new KubeAsk(Set.of("a"), 0.7, leave)),
        "it is among what is spared");
    var nothing = new KubeAsk.Leave(false, false, false, Set.of());
    refusesAll(
        KubePlanner.plan(worlds.world(), new KubeAsk(Set.of("a"), 0.7, nothing)),
        "not done here, by your own word: evicting pods");
  }
}
