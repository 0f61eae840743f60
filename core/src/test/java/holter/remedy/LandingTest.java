package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.KubeNode.Condition;
import holter.remedy.KubeNode.Taint;
import holter.remedy.KubeWorld.Demand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class LandingTest {
  private static final Demand SMALL =
      new Demand(100, 200 * Worlds.MIB, 100, 200 * Worlds.MIB, Set.of());
  private static final Set<String> ANY = Set.of("a", "b", "c");

  private static List<String> ties(Worlds worlds, String workload, Demand demand) {
    return Landing.choose(worlds.world(), workload, demand, ANY, Set.of()).ties();
  }

  private static Worlds with(UnaryOperator<KubeNode> change) {
    return Worlds.of("a").node("b").but(change).free("x", "a", 1, 1);
  }

  @Test
  void theNodeThatIsAskedLeastIsChosenWhateverItsNetworkCarries() {
    var worlds = Worlds.of("a", "b").free("x", "a", 1, 1).free("y", "b", 99);
    assertThat(ties(worlds, "shop/new", SMALL)).containsExactly("b");
  }

  @Test
  void equalNodesAreAllNamed() {
    var worlds = Worlds.of("a", "b", "c").free("x", "a", 1);
    assertThat(ties(worlds, "shop/new", SMALL)).containsExactly("b", "c");
  }

  @Test
  void aPodAvoidsItsLike() {
    var worlds = Worlds.of("a", "b").free("x", "a", 1).free("y", "b", 1, 1, 1, 1);
    assertThat(ties(worlds, "shop/x", SMALL)).containsExactly("b");
    assertThat(ties(worlds, "shop/new", SMALL)).containsExactly("a");
    assertThat(ties(worlds, "", SMALL)).containsExactly("a");
  }

  @Test
  void aPodAvoidsTheZoneOfItsLike() {
    UnaryOperator<KubeNode> east = node -> Turned.zoned(node, "east");
    var worlds =
        new Worlds()
            .node("a")
            .but(east)
            .node("b")
            .but(east)
            .node("c")
            .but(node -> Turned.zoned(node, "west"))
            .free("x", "a", 1, 1)
            .free("y", "c", 1);
    assertThat(ties(worlds, "shop/x", SMALL)).containsExactly("c");
  }

  @Test
  void whatClosesANodeIsKept() {
    assertThat(ties(Worlds.of("a").closed("b").free("x", "a", 1), "", SMALL)).containsExactly("a");
    var ill = List.of(new Condition("Ready", "True", 0), new Condition("DiskPressure", "True", 0));
    assertThat(ties(with(n -> Turned.withConditions(n, ill)), "", SMALL)).containsExactly("a");
    var unheard = List.of(new Condition("Ready", "Unknown", 0));
    assertThat(ties(with(n -> Turned.withConditions(n, unheard)), "", SMALL)).containsExactly("a");
    assertThat(ties(with(n -> tainted(n, "NoSchedule")), "", SMALL)).containsExactly("a");
    assertThat(ties(with(n -> tainted(n, "PreferNoSchedule")), "", SMALL)).containsExactly("a");
    assertThat(ties(with(n -> n), "", SMALL)).containsExactly("b");
  }

  private static KubeNode tainted(KubeNode node, String effect) {
    return Turned.withTaints(node, List.of(new Taint("node.kubernetes.io/not-ready", "", effect)));
  }

  @Test
  void anOpenedNodeIsAsGoodAsAnyOther() {
    var worlds = Worlds.of("a").closed("b").free("x", "a", 1).world();
    assertThat(Landing.choose(worlds, "", SMALL, ANY, Set.of("b")).ties()).containsExactly("b");
  }

  @Test
  void whatDoesNotFitIsNotTaken() {
    var full = Worlds.of("a").smallNode("b", 1).free("x", "a", 1, 1).free("y", "b", 1);
    assertThat(ties(full, "", SMALL)).containsExactly("a");
    var worlds = Worlds.of("a", "b").free("x", "a", 1);
    var big = new Demand(4_001, 0, 4_001, 0, Set.of());
    assertThat(ties(worlds, "", big)).isEmpty();
    var exact = new Demand(4_000, 0, 4_000, 0, Set.of());
    assertThat(ties(worlds, "", exact)).containsExactly("b");
    var fat = new Demand(0, 16_384 * Worlds.MIB, 100, 16_384 * Worlds.MIB, Set.of());
    assertThat(ties(worlds, "", fat)).containsExactly("b");
  }

  @Test
  void aPortOfTheHostIsTakenOnce() {
    var port = new Demand(100, 0, 100, 0, Set.of("TCP/6667"));
    var worlds =
        Worlds.of("a", "b")
            .free("x", "a", 1, 1, 1)
            .free("y", "b", 1)
            .pods(pod -> Turned.with(pod, Map.of("demand", port)));
    assertThat(ties(worlds, "", port)).containsExactly("a");
    assertThat(ties(worlds, "", SMALL)).containsExactly("b");
  }

  @Test
  void aPodThatAsksForNothingIsRankedByWhatIsAssumedOfIt() {
    var nothing = new Demand(0, 0, 100, 200 * Worlds.MIB, Set.of());
    var worlds = Worlds.of("a", "b").free("x", "a", 1, 1);
    assertThat(ties(worlds, "", nothing)).containsExactly("b");
  }
}
