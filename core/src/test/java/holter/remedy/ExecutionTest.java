package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.Execution.End;
import holter.remedy.Execution.Next;
import holter.remedy.JournalEntry.Deed;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ExecutionTest {
  private static final int TRIALS = 200;
  private static final long NOW = 1_000_000;

  private static Plan plan(int steps) {
    var all = new ArrayList<Step>();
    for (int n = 1; n <= steps; n++) {
      var act = new Act.MoveLeader("HeartBeat", n, List.of(1, 2, 3), List.of(2, 1, 3));
      Sentence words = Sentence.quote("x");
      all.add(new Step(n, act, words, words, 5_000));
    }
    return new Plan(
        "p1",
        "k:9092",
        "HeartBeat",
        Set.of(1),
        all,
        List.of(),
        List.of(),
        List.of(),
        NOW,
        NOW + 900_000);
  }

  private static JournalEntry entry(Deed deed, int step, String detail) {
    return new JournalEntry(NOW, deed, step, detail);
  }

  private static JournalEntry consent(Plan plan) {
    return entry(Deed.CONSENTED, 0, plan.hash() + " by ops");
  }

  @Test
  void nothingBeginsWithoutAConsentToThisVeryHash() {
    Plan plan = plan(2);
    assertThat(Execution.next(plan, List.of(), NOW)).isInstanceOf(Next.Refused.class);
    JournalEntry other = entry(Deed.CONSENTED, 0, plan(3).hash() + " by ops");
    assertThat(Execution.next(plan, List.of(other), NOW)).isInstanceOf(Next.Refused.class);
    assertThat(Execution.next(plan, List.of(consent(plan)), NOW)).isInstanceOf(Next.Do.class);
  }

  @Test
  void whatSomebodyElseHasDoneIsNotTakenBack() {
    Plan plan = plan(2);
    List<JournalEntry> entries =
        List.of(
            consent(plan),
            entry(Deed.INTENDED, 1, ""),
            entry(Deed.INTENDED, 2, ""),
            entry(Deed.FOUND, 1, ""),
            entry(Deed.DONE, 2, ""));
    assertThat(Execution.next(plan, entries, NOW)).isInstanceOf(Next.Watch.class);
    var back = new ArrayList<>(entries);
    back.add(entry(Deed.UNDO_WANTED, 0, ""));
    assertThat(Execution.next(plan, back, NOW))
        .isInstanceOfSatisfying(
            Next.Undo.class,
            undo -> assertThat(undo.inverses()).extracting(Step::number).containsExactly(2));
  }

  @Test
  void anyOtherStepOrderOrReplicaIsAnotherHash() {
    assertThat(plan(2).hash()).isEqualTo(plan(2).hash()).isNotEqualTo(plan(3).hash());
    Plan plan = plan(2);
    var turned =
        new Plan(
            plan.id(),
            plan.cluster(),
            plan.topic(),
            plan.about(),
            plan.steps().reversed(),
            List.of(),
            List.of(),
            List.of(),
            NOW,
            plan.expiresAtWallMs());
    assertThat(turned.hash()).isNotEqualTo(plan.hash());
  }

  @Test
  void anExpiredPlanDoesNotBeginButOneUnderWayIsBroughtToItsEnd() {
    Plan plan = plan(1);
    long late = plan.expiresAtWallMs() + 1;
    assertThat(Execution.next(plan, List.of(consent(plan)), late)).isInstanceOf(Next.Refused.class);
    var begun = List.of(consent(plan), entry(Deed.INTENDED, 1, ""));
    assertThat(Execution.next(plan, begun, late)).isInstanceOf(Next.Do.class);
  }

  @Test
  void aStepThatFailedAloneLetsTheOthersGoOnAndTheSymptomDecides() {
    Plan plan = plan(2);
    var half =
        List.of(
            consent(plan),
            entry(Deed.INTENDED, 1, ""),
            entry(Deed.FAILED, 1, ""),
            entry(Deed.INTENDED, 2, ""),
            entry(Deed.DONE, 2, ""));
    assertThat(Execution.next(plan, half, NOW)).isInstanceOf(Next.Watch.class);
  }

  @Test
  void whereNoStepCouldBeDoneNothingIsWatched() {
    Plan plan = plan(1);
    var failed = List.of(consent(plan), entry(Deed.INTENDED, 1, ""), entry(Deed.FAILED, 1, ""));
    assertThat(Execution.next(plan, failed, NOW))
        .isInstanceOfSatisfying(Next.Ended.class, e -> assertThat(e.end()).isEqualTo(End.FAILED));
  }

  @Test
  void whatCouldNotBeTakenBackIsTriedAgainWhenSomebodyAsksAnew() {
    Plan plan = plan(1);
    var stuck =
        new ArrayList<>(
            List.of(
                consent(plan),
                entry(Deed.INTENDED, 1, ""),
                entry(Deed.DONE, 1, ""),
                entry(Deed.UNDO_WANTED, 0, ""),
                entry(Deed.UNDO_INTENDED, 1, ""),
                entry(Deed.UNDO_FAILED, 1, "not in sync")));
    assertThat(Execution.next(plan, stuck, NOW))
        .isInstanceOfSatisfying(Next.Ended.class, e -> assertThat(e.end()).isEqualTo(End.STUCK));
    stuck.add(entry(Deed.UNDO_WANTED, 0, "again"));
    assertThat(Execution.next(plan, stuck, NOW)).isInstanceOf(Next.Undo.class);
  }

  @Test
  void whereNoRoomWasMadeLeadersStayUntilSomebodyWantsThemBack() {
    Plan leaders = plan(1);
    Sentence words = Sentence.quote("x");
    var steps = new ArrayList<>(leaders.steps());
    steps.add(new Step(2, new KubeAct.Uncordon("m2", "u2"), words, words, 5_000));
    Plan plan = Turned.with(leaders, Map.of("steps", steps));
    var entries = new ArrayList<>(List.of(consent(plan)));
    for (int step : List.of(1, 2)) {
      entries.add(entry(Deed.INTENDED, step, ""));
      entries.add(entry(Deed.DONE, step, ""));
    }
    entries.add(entry(Deed.NO_RELIEF, 0, "no room"));
    assertThat(undone(plan, entries)).containsExactly("cordon node/m2 u2");
    entries.add(entry(Deed.UNDO_INTENDED, 2, ""));
    entries.add(entry(Deed.UNDONE, 2, ""));
    assertThat(Execution.next(plan, entries, NOW))
        .isInstanceOfSatisfying(Next.Ended.class, e -> assertThat(e.end()).isEqualTo(End.UNDONE));
    entries.add(entry(Deed.UNDO_WANTED, 0, "asked for"));
    assertThat(undone(plan, entries)).containsExactly("move-leader HeartBeat-1 2,1,3 1,2,3");
  }

  private static List<String> undone(Plan plan, List<JournalEntry> entries) {
    return ((Next.Undo) Execution.next(plan, entries, NOW))
        .inverses().stream().map(step -> step.act().canonical()).toList();
  }

  @Test
  void whatNothingTakesBackIsToldAtTheEnd() {
    Plan leaders = plan(1);
    var act = new KubeAct.Evict("iot", "recv-1", "u1", "iot/recv", "n2", "n1");
    Sentence words = Sentence.quote("x");
    Plan plan =
        Turned.with(leaders, Map.of("steps", List.of(new Step(1, act, words, words, 5_000))));
    var done =
        List.of(
            consent(plan),
            entry(Deed.INTENDED, 1, ""),
            entry(Deed.DONE, 1, ""),
            entry(Deed.UNDO_WANTED, 0, "no room was made"));
    assertThat(Execution.next(plan, done, NOW))
        .isInstanceOfSatisfying(
            Next.Ended.class,
            e ->
                assertThat(e.why().english())
                    .isEqualTo(
                        "what can be taken back is as it was; gone for good: pod/iot/recv-1"));
  }

  /** A cluster that counts what is done to it, and a shell that dies wherever it may. */
  private static final class Dying {
    private static final class Killed extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    private final Random random;
    private final Map<Integer, List<Integer>> orders = new TreeMap<>();
    private final Map<String, Integer> changes = new HashMap<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private final boolean cures;

    Dying(Plan plan, long seed) {
      random = new Random(seed);
      cures = random.nextBoolean();
      plan.steps().forEach(s -> orders.put(move(s).partition(), move(s).from()));
      journal.add(consent(plan));
    }

    private static Act.MoveLeader move(Step step) {
      return (Act.MoveLeader) step.act();
    }

    private void mayDie() {
      if (random.nextInt(6) == 0) throw new Killed();
    }

    private void write(Deed deed, int step) {
      mayDie();
      journal.add(entry(deed, step, ""));
      mayDie();
    }

    private void carry(List<Step> steps, Deed intended, Deed done) {
      steps.forEach(step -> write(intended, step.number()));
      for (Step step : steps) {
        var move = move(step);
        List<Integer> now = orders.get(move.partition());
        Sight sight =
            move.to().equals(now)
                ? Sight.AFTER
                : move.from().equals(now) ? Sight.BEFORE : Sight.OTHER;
        if (Execution.judge(sight) == Execution.Move.ACT) {
          mayDie();
          orders.put(move.partition(), move.to());
          changes.merge(move.canonical(), 1, Integer::sum);
          mayDie();
        }
        write(done, step.number());
      }
    }

    Next run(Plan plan) {
      while (true) {
        try {
          Next next = Execution.next(plan, journal, NOW);
          switch (next) {
            case Next.Do(var steps) -> carry(steps, Deed.INTENDED, Deed.DONE);
            case Next.Undo(var inverses) -> carry(inverses, Deed.UNDO_INTENDED, Deed.UNDONE);
            case Next.Watch() -> write(cures ? Deed.CURED : Deed.UNDO_WANTED, 0);
            case Next.Final end -> {
              return end;
            }
          }
        } catch (Killed again) {
          changes.merge("deaths", 1, Integer::sum);
        }
      }
    }
  }

  @Test
  void killedAnywhereNoStepIsDoneTwiceAndNoneIsLost() {
    int deaths = 0;
    for (long seed = 0; seed < TRIALS; seed++) {
      Plan plan = plan(1 + (int) (seed % 5));
      var dying = new Dying(plan, seed);
      Next end = dying.run(plan);
      End wanted = dying.cures ? End.CURED : End.UNDONE;
      assertThat(end)
          .as("seed %d", seed)
          .isInstanceOfSatisfying(Next.Ended.class, e -> assertThat(e.end()).isEqualTo(wanted));
      for (Step step : plan.steps()) {
        var move = Dying.move(step);
        assertThat(dying.changes.getOrDefault(move.canonical(), 0)).as("seed %d", seed).isOne();
        assertThat(dying.orders.get(move.partition()))
            .isEqualTo(dying.cures ? move.to() : move.from());
      }
      deaths += dying.changes.getOrDefault("deaths", 0);
    }
    assertThat(deaths).isGreaterThan(TRIALS);
  }
}
