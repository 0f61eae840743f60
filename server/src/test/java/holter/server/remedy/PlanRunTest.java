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
import holter.words.Sentence;
import java.time.Duration;
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
  void whatCouldNotBeMeasuredIsNotedBeforeTheCure() throws InterruptedException {
    Plan plan = plan();
    var journal = new Remembered();
    journal.add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by ops"));
    PlanRun.Symptom half = () -> new PlanRun.Symptom.Seen(true, "paths well", "n2 is not told");
    new PlanRun(plan, journal, new Nodes(), half, () -> false).run();
    List<JournalEntry> last = journal.entries().subList(5, 7);
    assertThat(last).extracting(JournalEntry::deed).containsExactly(Deed.UNPROVED, Deed.CURED);
    assertThat(last.getFirst().detail()).isEqualTo("n2 is not told");
  }

  @Test
  void whatAPersonHadDoneBeforeIsNotTakenBackWithTheRest() throws InterruptedException {
    Plan plan = plan();
    var nodes = new Nodes();
    nodes.open.add("node/a");
    var journal = new Remembered();
    journal.add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by ops"));
    PlanRun.Symptom stays = () -> new PlanRun.Symptom.Seen(false, "it stays");
    var end = new PlanRun(plan, journal, nodes, stays, () -> false).run();
    assertThat(end)
        .isInstanceOfSatisfying(
            Execution.Next.Ended.class,
            ended -> assertThat(ended.end()).isEqualTo(Execution.End.UNDONE));
    assertThat(nodes.writes).containsExactly("uncordon node/b uid-b", "cordon node/b uid-b");
    assertThat(nodes.open).containsExactly("node/a");
    assertThat(journal.entries()).extracting(JournalEntry::deed).contains(Deed.FOUND, Deed.DONE);
  }
}
