package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.Act;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Sight;
import holter.remedy.Step;
import holter.server.port.Hand;
import holter.server.remedy.PlanRun.Symptom.Outcome;
import holter.server.remedy.PlanRun.Symptom.Seen;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlanRunTest {
  /** Nodes that take pods, and what was done to them. */
  private static final class Nodes implements Hand {
    private final Set<String> open = new HashSet<>();
    private final List<String> writes = new ArrayList<>();

    @Override
    public Map<Act, Looked> look(List<Act> acts) {
      var seen = new HashMap<Act, Looked>();
      acts.forEach(act -> seen.put(act, new Looked(sight((KubeAct) act), "")));
      return seen;
    }

    private Sight sight(KubeAct act) {
      boolean wantsOpen = act instanceof KubeAct.Uncordon;
      return open.contains(act.target()) == wantsOpen ? Sight.AFTER : Sight.BEFORE;
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      for (Act act : acts) {
        writes.add(act.canonical());
        if (act instanceof KubeAct.Uncordon) {
          open.add(act.target());
        } else {
          open.remove(act.target());
        }
      }
      return look(acts);
    }
  }

  private static final class Remembered implements Journal {
    private final List<JournalEntry> entries = new ArrayList<>();

    @Override
    public List<JournalEntry> entries() {
      return List.copyOf(entries);
    }

    @Override
    public void add(JournalEntry entry) {
      entries.add(entry);
    }
  }

  private static Plan plan() {
    Sentence words = Sentence.quote("x");
    List<Step> steps =
        List.of(
            new Step(1, new KubeAct.Uncordon("a", "uid-a"), words, words, 1_000),
            new Step(2, new KubeAct.Uncordon("b", "uid-b"), words, words, 1_000));
    long now = System.currentTimeMillis();
    return new Plan(
        "p1",
        "k:9092",
        "HeartBeat",
        Set.of(),
        steps,
        List.of(),
        List.of(),
        List.of(),
        now,
        now + 60_000);
  }

  @Test
  void whatCouldNotBeMeasuredIsNoCureAndIsMeasuredAgainByWhoConsentsAgain()
      throws InterruptedException {
    Plan plan = plan();
    var journal = new Remembered();
    journal.add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by ops"));
    var seen = new ArrayDeque<>(List.of(new Seen(Outcome.UNPROVED, "n2 is not told")));
    var run = new PlanRun(plan, journal, new Nodes(), seen::removeFirst, () -> false);
    assertThat(end(run)).isEqualTo(Execution.End.UNPROVED);
    assertThat(journal.entries().getLast().detail()).isEqualTo("n2 is not told");
    assertThat(PlanState.of(plan, journal.entries(), 1)).isEqualTo(PlanState.UNPROVED);
    journal.add(new JournalEntry(2, Deed.CONSENTED, 0, plan.hash() + " by ops"));
    seen.add(Seen.gone("n2 is 60 % full"));
    assertThat(end(run)).isEqualTo(Execution.End.CURED);
    assertThat(journal.entries()).filteredOn(e -> e.deed() == Deed.INTENDED).hasSize(2);
  }

  @Test
  void whereThePathsAreWellAndThePromiseIsBrokenOnlyKubernetesIsTakenBack()
      throws InterruptedException {
    PlanRun.Symptom well = () -> Seen.gone("well");
    assertThat(well.then(() -> Seen.stays("no room")).watch())
        .isEqualTo(new Seen(Outcome.UNRELIEVED, "well; no room"));
    assertThat(well.then(() -> new Seen(Outcome.UNPROVED, "not told")).watch())
        .isEqualTo(new Seen(Outcome.UNPROVED, "well; not told"));
    PlanRun.Symptom sick = () -> Seen.stays("sick");
    assertThat(sick.then(() -> Seen.gone("room")).watch()).isEqualTo(Seen.stays("sick"));
    assertThat(well.then(() -> Seen.gone("")).watch()).isEqualTo(Seen.gone("well"));
  }

  private static Execution.End end(PlanRun run) throws InterruptedException {
    return ((Execution.Next.Ended) run.run()).end();
  }

  @Test
  void whatAPersonHadDoneBeforeIsNotTakenBackWithTheRest() throws InterruptedException {
    Plan plan = plan();
    var nodes = new Nodes();
    nodes.open.add("node/a");
    var journal = new Remembered();
    journal.add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by ops"));
    PlanRun.Symptom stays = () -> Seen.stays("it stays");
    assertThat(end(new PlanRun(plan, journal, nodes, stays, () -> false)))
        .isEqualTo(Execution.End.UNDONE);
    assertThat(nodes.writes).containsExactly("uncordon node/b uid-b", "cordon node/b uid-b");
    assertThat(nodes.open).containsExactly("node/a");
    assertThat(journal.entries()).extracting(JournalEntry::deed).contains(Deed.FOUND, Deed.DONE);
  }
}
