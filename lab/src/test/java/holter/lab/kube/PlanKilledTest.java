package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.bench.killed.KilledPlan;
import holter.lab.kube.control.Pace;
import holter.remedy.Act;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeHand;
import holter.server.port.Hand;
import holter.server.remedy.Journal;
import holter.server.remedy.PlanRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who carries a plan out is killed at any moment, and the next one goes on. */
@Timeout(3600)
final class PlanKilledTest {
  /** More with {@code -Dholter.trials=200}. */
  private static final int TRIALS = Integer.getInteger("holter.trials", 8);

  private static final int KILLS_MAX = 4;
  private static final long STEP_MS = 20_000;

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
      this.hand = new KubeHand(cluster, this, "p1");
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

  private static JournalEntry entry(Deed deed, String detail) {
    return new JournalEntry(System.currentTimeMillis(), deed, 0, detail);
  }

  private static Execution.End finished(Plan plan, Kept journal, RemedyStage stage)
      throws InterruptedException {
    while (true) {
      var hand = new Doomed(stage.cluster(), journal.fate());
      PlanRun.Symptom gone = () -> PlanRun.Symptom.Seen.gone("gone");
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
      }
    }
    assertThat(kills).isGreaterThan(TRIALS / 2);
  }

  private static int tried(RemedyStage stage, int trial) throws InterruptedException {
    var killed = KilledPlan.set(stage, Integer.toString(trial), "sim", STEP_MS);
    Plan plan = killed.plan();
    var journal = new Kept(new ArrayList<>(), new Fate(trial));
    journal.all().add(entry(Deed.CONSENTED, plan.hash() + " by the test"));
    int writes = stage.sim().written().size();
    assertThat(finished(plan, journal, stage))
        .as("trial %d: %s", trial, journal.all())
        .isEqualTo(Execution.End.CURED);
    assertThat(written(stage, writes))
        .as("trial %d: %s", trial, journal.all())
        .isEqualTo(killed.writes());
    assertThat(killed.wrong()).isEmpty();
    if (trial % UNDONE_EVERY == 0) {
      takenBack(stage, killed, journal);
    }
    killed.clear();
    return journal.fate().kills();
  }

  private static List<String> written(RemedyStage stage, int before) {
    List<String> all = stage.sim().written();
    return all.subList(before, all.size());
  }

  private static void takenBack(RemedyStage stage, KilledPlan killed, Kept done)
      throws InterruptedException {
    killed.wayBack();
    int writes = stage.sim().written().size();
    var journal = new Kept(done.all(), new Fate(killed.before().hashCode()));
    journal.all().add(entry(Deed.UNDO_WANTED, "asked for"));
    assertThat(finished(killed.plan(), journal, stage))
        .as("%s", journal.all())
        .isEqualTo(Execution.End.UNDONE);
    assertThat(written(stage, writes)).isEqualTo(killed.writesBack());
    assertThat(killed.wrongBack()).isEmpty();
  }
}
