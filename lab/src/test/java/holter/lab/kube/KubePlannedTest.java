package holter.lab.kube;

import static holter.lab.kube.RemedyStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAsk;
import holter.remedy.KubePlanner;
import holter.remedy.KubeWorld;
import holter.remedy.Plan;
import holter.remedy.Proposal;
import holter.server.kube.KubeWorldReader;
import holter.server.remedy.Journal;
import holter.server.remedy.PlanRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Read, planned and carried out: the pods that crowd a host leave it. */
@Timeout(120)
final class KubePlannedTest {
  private static final Map<String, Double> NICS = Map.of("n1", 125e6, "n2", 125e6, "n3", 125e6);

  @TempDir Path dir;

  private record Listed(List<JournalEntry> all) implements Journal {
    @Override
    public List<JournalEntry> entries() {
      return List.copyOf(all);
    }

    @Override
    public void add(JournalEntry entry) {
      all.add(entry);
    }
  }

  @Test
  void aPinThatCrowdsAHostIsTakenOffAndTheHostHasRoomAgain() throws Exception {
    try (var stage = new RemedyStage(dir, Pace.QUICK)) {
      stage.sim().figures().network("default", "recv", 1e6, 60e6);
      stage.serving(Workload.of("recv", 2).on("n1").asking("250m", "64Mi"));
      await().atMost(SOON).until(() -> stage.pods("recv").size() == 2);
      var reader = new KubeWorldReader(stage.cluster(), System::currentTimeMillis);
      KubeWorld world = reader.read(NICS, Duration.ofSeconds(10));
      Proposal proposal = KubePlanner.plan(world, KubeAsk.of(Set.of("n1")));
      assertThat(proposal.steps()).as("%s", proposal.refused()).isNotEmpty();
      Plan plan = Plan.of("sim", "HeartBeat", Set.of(), proposal, System.currentTimeMillis());
      var journal = new Listed(new ArrayList<>());
      journal.add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by the test"));
      PlanRun.Symptom gone = () -> PlanRun.Symptom.Seen.gone("gone");
      var end = new PlanRun(plan, journal, stage.hand(), gone, () -> false).run();
      assertThat(end)
          .as("%s", journal.all())
          .isInstanceOfSatisfying(
              Execution.Next.Ended.class,
              it -> assertThat(it.end()).isEqualTo(Execution.End.CURED));
      assertThat(journal.all())
          .filteredOn(entry -> entry.deed() == Deed.DONE)
          .allMatch(entry -> entry.detail().endsWith("as foretold"));
      var reading = new KubeWorldReader(stage.cluster(), System::currentTimeMillis);
      assertThat(
              reading.read(NICS, Duration.ofSeconds(10)).node("n1").orElseThrow().room().nicShare())
          .isLessThan(KubeAsk.LIMIT);
    }
  }
}
