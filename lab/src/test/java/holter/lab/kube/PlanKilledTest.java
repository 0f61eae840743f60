package holter.lab.kube;

import static holter.lab.kube.RemedyStage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.remedy.Act;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Proposal;
import holter.remedy.Step;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeHand;
import holter.server.port.Hand;
import holter.server.remedy.Journal;
import holter.server.remedy.PlanRun;
import holter.words.Sentence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who carries a plan out is killed at any moment, and the next one goes on. */
@Timeout(900)
final class PlanKilledTest {
  /** More with {@code -Dholter.trials=200}. */
  private static final int TRIALS = Integer.getInteger("holter.trials", 8);

  private static final int KILLS_MAX = 4;

  /** So many of the trials are also taken back. */
  private static final int UNDONE_EVERY = 3;

  @TempDir Path dir;

  /** The process is gone. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** When a trial's killings happen. */
  private static final class Fate {
    private final Random chance;
    private int left = KILLS_MAX;

    Fate(long seed) {
      chance = new Random(seed);
    }

    int kills() {
      return KILLS_MAX - left;
    }

    /** One of so many, and the last one when nobody is killed any more. */
    int pick(int many) {
      return left > 0 ? chance.nextInt(many) : many - 1;
    }

    Killed kill() {
      left--;
      return new Killed();
    }
  }

  /** A hand whose process is killed around looks and writes. */
  private static final class Doomed implements Hand, KubeHand.Fence {
    private final KubeHand hand;
    private final Fate fate;
    private boolean beforeWrite;

    Doomed(KubeCluster cluster, Fate fate) {
      this.hand = new KubeHand(cluster, this);
      this.fate = fate;
    }

    @Override
    public String barred() {
      if (beforeWrite) throw fate.kill();
      return "";
    }

    @Override
    public Map<Act, Looked> look(List<Act> acts) {
      if (fate.pick(5) == 0) throw fate.kill();
      return hand.look(acts);
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      switch (fate.pick(5)) {
        case 0 -> throw fate.kill();
        case 1 -> beforeWrite = true;
        case 2 -> {
          hand.act(acts, Duration.ZERO); // written, and not waited for
          throw fate.kill();
        }
        case 3 -> {
          hand.act(acts, deadline);
          throw fate.kill();
        }
        default -> {}
      }
      return hand.act(acts, deadline);
    }
  }

  /** A journal that outlives its writers, one of whom may die around a line. */
  private record Kept(List<JournalEntry> all, Fate fate) implements Journal {
    @Override
    public List<JournalEntry> entries() {
      return List.copyOf(all);
    }

    @Override
    public void add(JournalEntry entry) {
      int when = fate.pick(8);
      if (when == 0) throw fate.kill();
      all.add(entry);
      if (when == 1) throw fate.kill();
    }
  }

  private static Step step(int number, Act act) {
    Sentence word = Sentence.quote("tried");
    return new Step(number, act, word, word, 20_000);
  }

  private static JournalEntry entry(Deed deed, String detail) {
    return new JournalEntry(System.currentTimeMillis(), deed, 0, detail);
  }

  /** n1 is crowded and closed, n2 is closed, n3 is to be opened. */
  private static Plan plan(RemedyStage stage, int trial) {
    KubeScene scene = stage.scene();
    scene.uncordon("n1");
    scene.cordon("n2");
    stage.closed("n3");
    String pinned = "recv-" + trial;
    String free = "proxy-" + trial;
    stage.serving(Workload.of(pinned, 2).on("n1"));
    stage.serving(Workload.of(free, 2));
    scene.cordon("n1");
    List<Act> acts =
        List.of(
            stage.uncordon("n3"),
            stage.relax(pinned, "n1", List.of("n3", "n3")),
            stage.evict(free, "n3"));
    var steps = new ArrayList<Step>();
    acts.forEach(act -> steps.add(step(steps.size() + 1, act)));
    var proposal = new Proposal(steps, List.of(), List.of());
    return Plan.of("sim", "HeartBeat", Set.of(), proposal, System.currentTimeMillis());
  }

  private static Execution.End finished(Plan plan, Kept journal, RemedyStage stage)
      throws InterruptedException {
    while (true) {
      var hand = new Doomed(stage.cluster(), journal.fate());
      PlanRun.Symptom gone = () -> new PlanRun.Symptom.Seen(true, "gone");
      try {
        var end = new PlanRun(plan, journal, hand, gone, () -> false).run();
        assertThat(end).isInstanceOf(Execution.Next.Ended.class);
        return ((Execution.Next.Ended) end).end();
      } catch (Killed again) {
        assertThat(journal.fate().kills()).isLessThanOrEqualTo(KILLS_MAX);
      }
    }
  }

  @Test
  void noStepIsDoneTwiceAndNoneIsLostWheneverItIsKilled() throws Exception {
    int kills = 0;
    try (var stage = new RemedyStage(dir, Pace.QUICK)) {
      for (int trial = 0; trial < TRIALS; trial++) {
        kills += tried(stage, trial);
        for (String gone : List.of("recv-" + trial, "proxy-" + trial)) {
          stage.scene().delete(RemedyStage.path(gone), 0);
          await().atMost(SOON).until(() -> stage.pods(gone).isEmpty());
        }
      }
    }
    assertThat(kills).isGreaterThan(TRIALS / 2);
  }

  private static int tried(RemedyStage stage, int trial) throws InterruptedException {
    Plan plan = plan(stage, trial);
    String pinned = "recv-" + trial;
    JsonNode before = stage.deployment(pinned).path("spec");
    var journal = new Kept(new ArrayList<>(), new Fate(trial));
    journal.all().add(entry(Deed.CONSENTED, plan.hash() + " by the test"));
    int writes = stage.sim().written().size();
    assertThat(finished(plan, journal, stage))
        .as("trial %d: %s", trial, journal.all())
        .isEqualTo(Execution.End.CURED);
    var evict = (KubeAct.Evict) plan.steps().getLast().act();
    List<String> all = stage.sim().written();
    assertThat(all.subList(writes, all.size()))
        .as("trial %d: %s", trial, journal.all())
        .containsExactly(
            "PATCH /api/v1/nodes/n3",
            "PATCH " + RemedyStage.path(pinned),
            "POST /api/v1/namespaces/default/pods/" + evict.pod() + "/eviction");
    assertThat(stage.pods(pinned)).hasSize(2);
    assertThat(stage.pods(pinned)).allMatch(p -> p.at("/spec/nodeName").asText().equals("n3"));
    if (trial % UNDONE_EVERY == 0) {
      takenBack(stage, plan, journal, before);
    }
    return journal.fate().kills();
  }

  private static void takenBack(RemedyStage stage, Plan plan, Kept done, JsonNode before)
      throws InterruptedException {
    stage.scene().uncordon("n1");
    int writes = stage.sim().written().size();
    var journal = new Kept(done.all(), new Fate(before.hashCode()));
    journal.all().add(entry(Deed.UNDO_WANTED, "asked for"));
    assertThat(finished(plan, journal, stage))
        .as("%s", journal.all())
        .isEqualTo(Execution.End.UNDONE);
    var relax = (KubeAct.Relax) plan.steps().get(1).act();
    List<String> all = stage.sim().written();
    assertThat(all.subList(writes, all.size()))
        .containsExactly("PATCH " + RemedyStage.path(relax.name()), "PATCH /api/v1/nodes/n3");
    assertThat(stage.deployment(relax.name()).path("spec")).isEqualTo(before);
    assertThat(stage.node("n3").at("/spec/unschedulable").asBoolean()).isTrue();
  }
}
