package holter.lab.kube;

import static holter.lab.kube.RemedyStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.engine.View;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.remedy.Act;
import holter.remedy.Earned;
import holter.remedy.Plan;
import holter.remedy.Proposal;
import holter.remedy.Step;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanState;
import holter.server.remedy.RemedyDesk;
import holter.server.remedy.StandingConsent;
import holter.words.Sentence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What has earned it is done in Kubernetes with nobody being asked, and taken back by itself. */
@Timeout(180)
final class StandingConsentOnKubeTest {
  @TempDir Path dir;

  private final AtomicLong clock = new AtomicLong();
  private volatile PathState path = new PathState.Healthy(1);

  private View view() {
    var seen = new View.Partition(0, 1, "n1", path, 1, 1, 1);
    var nothing = new View.Counters(0, 0, 0, 0, 0);
    return new View(1, true, false, List.of(), List.of(seen), null, List.of(), nothing);
  }

  private RemedyDesk desk() {
    var around =
        new RemedyDesk.Around(
            this::view, () -> true, () -> clock.addAndGet(10_000), Duration.ofSeconds(3));
    return new RemedyDesk(folder(), plan -> SimTools.open(dir, plan), around);
  }

  private PlanFolder folder() {
    return new PlanFolder(dir.resolve("plans"));
  }

  /** n3 is to be opened, and the one pod of n1 to leave for it. */
  private Plan plan(RemedyStage stage) throws Exception {
    stage.scene().uncordon("n1");
    stage.closed("n3");
    stage.serving(Workload.of("recv", 1));
    stage.closed("n1");
    Sentence words = Sentence.quote("tried");
    var steps = new ArrayList<Step>();
    for (Act act : List.of(stage.uncordon("n3"), stage.evict("recv", "n3"))) {
      steps.add(new Step(steps.size() + 1, act, words, words, 20_000));
    }
    var proposal = new Proposal(steps, List.of(), List.of());
    Plan plan = Plan.of("sim", "HeartBeat", Set.of(), proposal, System.currentTimeMillis());
    folder().save(plan);
    return plan;
  }

  private static void ended(RemedyDesk desk, Plan plan, PlanState state) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              var shown = desk.find(plan.id()).orElseThrow();
              return !shown.running() && shown.state() == state;
            });
  }

  private static String where(RemedyStage stage) {
    return stage.pods("recv").getFirst().at("/spec/nodeName").asText();
  }

  private static boolean closed(RemedyStage stage, String node) {
    return stage.node(node).at("/spec/unschedulable").asBoolean();
  }

  private void earn(RemedyStage stage, RemedyDesk desk) throws Exception {
    for (int n = 0; n < Earned.PLANS; n++) {
      Plan plan = plan(stage);
      desk.apply(plan, plan.hash(), "by the test");
      ended(desk, plan, PlanState.CURED);
      stage.gone("recv");
    }
  }

  @Test
  void aNodeIsOpenedAndAPodLeavesUnasked() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK);
        var desk = desk()) {
      stage.closed("n2");
      var standing =
          new StandingConsent(
              EnumSet.of(Earned.Kind.UNCORDON, Earned.Kind.EVICT),
              folder(),
              desk,
              System::currentTimeMillis);
      earn(stage, desk);
      Plan plan = plan(stage);
      assertThat(where(stage)).isEqualTo("n1");
      assertThat(standing.begin(plan)).isEmpty();
      ended(desk, plan, PlanState.CURED);
      assertThat(closed(stage, "n3")).isFalse();
      assertThat(where(stage)).isEqualTo("n3");
    }
  }

  @Test
  void whatDidNotHelpIsTakenBackByItselfAndNothingIsBegunAfterIt() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK);
        var desk = desk()) {
      stage.closed("n2");
      var later = new AtomicLong(System.currentTimeMillis());
      var standing =
          new StandingConsent(EnumSet.allOf(Earned.Kind.class), folder(), desk, later::get);
      earn(stage, desk);
      path = new PathState.Sick(Sickness.HANG, 1, 1);
      Plan plan = plan(stage);
      assertThat(standing.begin(plan)).isEmpty();
      ended(desk, plan, PlanState.UNDONE);
      assertThat(closed(stage, "n3")).isTrue();
      path = new PathState.Healthy(1);
      stage.gone("recv");
      later.addAndGet(2 * Earned.COOL_DOWN_MS);
      Plan next = plan(stage);
      List<String> writes = stage.sim().written();
      assertThat(standing.begin(next).orElseThrow().english())
          .contains("uncordon, 0 in a row", "evict, 0 in a row", "until Holter is started anew");
      assertThat(stage.sim().written()).isEqualTo(writes);
    }
  }
}
