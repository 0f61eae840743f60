package holter.remedy;

import static holter.remedy.Planned.refusesAll;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.diagnose.ClusterFact.SenderSeen;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.RestartPlanner.Seen;
import holter.remedy.RestartPlanner.Worker;
import holter.words.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestartPlannerTest {
  private static final PathState WELL = new PathState.Healthy(0);

  /** Every worker was heard, a while ago. */
  private static final Seen ALL_WELL = new Seen(Map.of(0, WELL, 1, WELL), silent());

  /** Four workers, of which every second stands on another node. */
  private static Worlds fleet() {
    return Worlds.of("n1", "n2", "n3").free("dac", "n1", 1, 1, 1, 1);
  }

  private static List<Worker> named(String... names) {
    return Arrays.stream(names).map(name -> new Worker(name, false)).toList();
  }

  private static Proposal plan(Worlds worlds, Seen seen, String... names) {
    return RestartPlanner.plan(worlds.world(), named(names), seen);
  }

  private static SenderSeen sender(String name, long silentMs) {
    return new SenderSeen(name, List.of(0), 60, 1_000, 1_100, 0, 0, silentMs, 3);
  }

  private static Map<String, SenderSeen> silent() {
    return Stream.of("dac-0", "dac-1", "dac-2", "dac-3", "dac-9")
        .collect(Collectors.toMap(name -> name, name -> sender(name, 60_000)));
  }

  @Test
  void aDeadWorkersPodAndNoOtherIsRestarted() {
    var proposal =
        RestartPlanner.plan(fleet().world(), List.of(new Worker("dac-1", true)), ALL_WELL);
    assertThat(proposal.steps().stream().map(Step::act))
        .containsExactly(new KubeAct.Restart("shop", "dac-1", "uid-dac-1", "shop/dac", "dac-1"));
    assertThat(proposal.steps().getFirst().why().english())
        .isEqualTo("dac-1 is held for dead (F60), and all 2 paths are proved well");
    assertThat(proposal.costs().stream().map(Sentence::english))
        .containsExactly(
            "1 workers restart: what they hold in memory, or in a volume that goes with the pod, is"
                + " lost");
    assertThat(proposal.refused()).isEmpty();
  }

  @Test
  void overAPathThatIsSickOrNotProvedNobodyIsRestarted() {
    PathState sick = new PathState.Sick(Sickness.ISR, 0, 1001);
    PathState unknown = new PathState.Unknown(Sentence.quote("nothing yet"));
    for (PathState amiss : List.of(sick, unknown)) {
      var seen = new Seen(Map.of(0, WELL, 4, amiss), Map.of());
      refusesAll(plan(fleet(), seen, "dac-1"), "the paths of partitions 4", "heal them first");
    }
    refusesAll(plan(fleet(), new Seen(Map.of(), Map.of()), "dac-1"), "no path is known");
  }

  @Test
  void aWorkerThatBeatsIsNotRestartedWhoeverNamesIt() {
    var seen =
        new Seen(
            Map.of(0, WELL),
            Map.of("dac-1", sender("dac-1", 900), "dac-2", sender("dac-2", 9_000)));
    var proposal = plan(fleet(), seen, "shop/dac-1", "dac-2");
    assertThat(proposal.steps()).hasSize(1);
    assertThat(proposal.steps().getFirst().act().target()).isEqualTo("pod/shop/dac-2");
    assertThat(proposal.refused().stream().map(Sentence::english))
        .containsExactly("shop/dac-1 is not restarted: it beats: its last record is 0 s old");
  }

  @Test
  void oneThatNobodyEverHeardIsRestartedOnlyWhenItsPodIsNotReady() {
    var unheard = new Seen(Map.of(0, WELL), Map.of());
    refusesAll(plan(fleet(), unheard, "dac-1"), "whether it beats is not known");
    var hung = fleet().pods(pod -> Turned.with(pod, Map.of("ready", false)));
    Step step = plan(hung, unheard, "dac-1").steps().getFirst();
    assertThat(((KubeAct.Restart) step.act()).instance()).as("its beats prove nothing").isEmpty();
    assertThat(step.why().english()).contains("its pod is not ready", "will not be proved");
  }

  @Test
  void whoIsNotFoundOrOneOfSeveralIsNotGuessed() {
    refusesAll(plan(fleet(), ALL_WELL, "dac-9"), "no pod is called so");
    refusesAll(plan(fleet(), ALL_WELL, "iot/dac-1"), "no pod is called so");
    var twice = fleet().free("dac", "n2", 1);
    var same = twice.pods(pod -> Turned.with(pod, Map.of("name", "dac-1")));
    refusesAll(plan(same, ALL_WELL, "dac-1"), "pods are called so");
  }

  @Test
  void manyAtOnceHaveSomethingInCommonAndAreNotRestarted() {
    var all = plan(fleet(), ALL_WELL, "dac-0", "dac-1", "dac-2", "dac-3");
    assertThat(all.steps()).hasSize(RestartPlanner.MOST);
    assertThat(all.refused().getFirst().english()).contains("more than 3 in one plan");
    var pair = Worlds.of("n1", "n2").free("dac", "n1", 1, 1);
    var both = plan(pair, ALL_WELL, "dac-0", "dac-1");
    assertThat(both.steps()).hasSize(1);
    assertThat(both.refused().getFirst().english()).contains("all 2 workers of shop/dac would go");
    var alone = Worlds.of("n1", "n2").free("dac", "n1", 1);
    assertThat(plan(alone, ALL_WELL, "dac-0").steps()).hasSize(1);
  }

  @Test
  void aBudgetKeepsAReadyPodAndLetsTheEvictionDecideOverOneThatIsNot() {
    var kept = fleet().budget("dac", 0);
    refusesAll(plan(kept, ALL_WELL, "dac-1"), "budget shop/dac allows no disruption now");
    var hung = fleet().pods(pod -> Turned.with(pod, Map.of("ready", false))).budget("dac", 0);
    assertThat(plan(hung, ALL_WELL, "dac-1").steps()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noController", "DaemonSet"})
  void whatNobodyMakesAnewIsNotRestarted(String stays) {
    var worlds = fleet().pods(pod -> Turned.with(pod, Map.of("owner", "", "stays", stays)));
    refusesAll(plan(worlds, ALL_WELL, "dac-1"), "nobody that is known makes another: " + stays);
  }

  @Test
  void whatIsLeavingOrTheClustersOwnOrInABrokenClusterIsLeftAlone() {
    var leaving = fleet().pods(pod -> Turned.with(pod, Map.of("leaving", true)));
    refusesAll(plan(leaving, ALL_WELL, "dac-1"), "its pod is leaving already");
    var own = fleet().pods(pod -> Turned.with(pod, Map.of("namespace", "kube-system")));
    refusesAll(plan(own, ALL_WELL, "dac-1"), "it is among what is spared");
    var broken =
        fleet()
            .but(
                node ->
                    Turned.withConditions(
                        node, List.of(new KubeNode.Condition("Ready", "Unknown", 0))));
    refusesAll(plan(broken, ALL_WELL, "dac-1"), "1 of 3 nodes are not ready");
  }

  @Test
  void whereNoKubernetesIsKnownThatIsTheReason() {
    refusesAll(RestartPlanner.without(named("dac-1")), "--kubeconfig FILE");
  }

  @Test
  void aStatefulSetsPodIsRestartedThoughItIsNeverMoved() {
    var worlds = fleet().changed(each -> Turned.of(each, "StatefulSet"));
    assertThat(plan(worlds, ALL_WELL, "dac-1").steps()).hasSize(1);
    Pod pod = worlds.world().pods().get(1);
    assertThat(pod.name()).isEqualTo("dac-1");
  }
}
