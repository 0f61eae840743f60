package holter.lab.kube;

import static holter.lab.kube.RemedyStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holter.channel.PathState;
import holter.engine.View;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.remedy.Proposal;
import holter.remedy.Relief;
import holter.remedy.Step;
import holter.server.kube.KubeCluster;
import holter.server.kube.RemedySide;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanState;
import holter.server.remedy.RemedyDesk;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who consents at the server's desk has the plan carried out in Kubernetes, one at a time. */
@Timeout(120)
final class RemedyDeskOnKubeTest {
  @TempDir Path dir;

  private final AtomicLong clock = new AtomicLong();

  private KubeCluster cluster() {
    return KubeCluster.openToLook(dir.resolve("config").toString(), "");
  }

  private static View well() {
    var path = new View.Partition(0, 1, "n1", new PathState.Healthy(1), 1, 1, 1);
    var nothing = new View.Counters(0, 0, 0, 0, 0);
    return new View(1, true, false, List.of(), List.of(path), null, List.of(), nothing);
  }

  private RemedyDesk desk() {
    var around =
        new RemedyDesk.Around(
            RemedyDeskOnKubeTest::well,
            () -> true,
            () -> clock.addAndGet(1_000),
            Duration.ofSeconds(3));
    return new RemedyDesk(folder(), plan -> SimTools.open(dir, plan), around);
  }

  private PlanFolder folder() {
    return new PlanFolder(dir.resolve("plans"));
  }

  private Plan opening(RemedyStage stage, String node, Relief... promised) throws IOException {
    Sentence words = Sentence.quote("tried");
    var steps = List.of(new Step(1, stage.uncordon(node), words, words, 20_000));
    var proposal = new Proposal(steps, List.of(), List.of(), List.of(promised));
    Plan plan = Plan.of("sim", "HeartBeat", Set.of(), proposal, System.currentTimeMillis());
    folder().save(plan);
    return plan;
  }

  private void awaitState(RemedyDesk desk, Plan plan, PlanState state) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              var shown = desk.find(plan.id()).orElseThrow();
              return !shown.running() && shown.state() == state;
            });
  }

  @Test
  void aNodeIsOpenedByConsentAndClosedAgain() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK);
        var desk = desk()) {
      stage.closed("n2");
      Plan plan = opening(stage, "n2");
      desk.apply(plan, plan.hash(), "by the test");
      awaitState(desk, plan, PlanState.CURED);
      assertThat(stage.node("n2").at("/spec/unschedulable").asBoolean()).isFalse();
      desk.undo(plan, plan.hash(), "by the test");
      awaitState(desk, plan, PlanState.UNDONE);
      assertThat(stage.node("n2").at("/spec/unschedulable").asBoolean()).isTrue();
    }
  }

  @Test
  void aPlanThatMadeNoRoomIsTakenBackThoughThePathsAreWell() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK);
        var desk = desk()) {
      stage.closed("n2");
      stage.serving(Workload.of("hog", 1).on("n1"));
      stage.sim().figures().network("default", "hog", 0, 950_000);
      Plan plan = opening(stage, "n2", new Relief("n1", 1_000_000, 95, 50));
      desk.apply(plan, plan.hash(), "by the test");
      awaitState(desk, plan, PlanState.UNDONE);
      assertThat(stage.node("n2").at("/spec/unschedulable").asBoolean()).isTrue();
      assertThat(folder().journal(plan).entries())
          .filteredOn(entry -> entry.deed() == Deed.NO_RELIEF)
          .extracting(JournalEntry::detail)
          .singleElement()
          .asString()
          .contains("well", "no room was made: the network of n1 is 95 % full");
    }
  }

  @Test
  void aPlanWhoseRoomIsNotToldIsUnprovedUntilItIsMeasuredAgain() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK);
        var desk = desk()) {
      stage.closed("n2");
      stage.serving(Workload.of("hog", 1).on("n1"));
      stage.sim().figures().network("default", "hog", 0, 500_000);
      stage.sim().figures().mute("n3", true);
      Plan plan =
          opening(
              stage,
              "n2",
              new Relief("n1", 1_000_000, 95, 50),
              new Relief("n3", 1_000_000, 80, 60));
      desk.apply(plan, plan.hash(), "by the test");
      awaitState(desk, plan, PlanState.UNPROVED);
      var last = folder().journal(plan).entries().getLast();
      assertThat(last.deed()).isEqualTo(Deed.UNPROVED);
      assertThat(last.detail()).contains("n3", "is not told");
      stage.sim().figures().mute("n3", false);
      desk.apply(plan, plan.hash(), "by the test");
      awaitState(desk, plan, PlanState.CURED);
      assertThat(folder().journal(plan).entries().getLast().detail())
          .contains("the network of n1 is 50 % full", "the network of n3 is");
    }
  }

  @Test
  void whileSomebodyElseHoldsTheLeaseNobodyHasConsented() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK);
        var desk = desk()) {
      stage.closed("n2");
      Plan plan = opening(stage, "n2");
      try (var _ = RemedySide.take(cluster(), "other")) {
        assertThatThrownBy(() -> desk.apply(plan, plan.hash(), "by the test"))
            .isInstanceOf(RemedyDesk.Refused.class)
            .hasMessageContaining("another plan is being carried out");
      }
      assertThat(folder().journal(plan).entries()).isEmpty();
      desk.apply(plan, plan.hash(), "by the test");
      awaitState(desk, plan, PlanState.CURED);
    }
  }

  @Test
  void aDeskThatIsClosedLeavesThePlanToTheNextOne() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK)) {
      Plan plan = opening(stage, "n2");
      try (var gone = desk()) {
        var consent = new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by one who is gone");
        folder().journal(plan).add(consent);
        assertThat(gone.find(plan.id()).orElseThrow().state()).isEqualTo(PlanState.UNFINISHED);
      }
      try (var next = desk()) {
        next.apply(plan, plan.hash(), "by the test");
        awaitState(next, plan, PlanState.CURED);
      }
      assertThat(folder().journal(plan).entries())
          .extracting(JournalEntry::deed)
          .contains(Deed.FOUND); // the node was open
    }
  }
}
