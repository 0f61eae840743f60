package holter.server.remedy;

import holter.remedy.Act;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.remedy.Sight;
import holter.remedy.Step;
import holter.server.port.Hand;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries out a plan as its journal says: writes what it is about to do, looks, acts, writes what
 * it found. Killed at any moment, the next run goes on where the journal ends. Used by one thread.
 */
public final class PlanRun {
  private static final int LOOKS = 3;

  /** What the plan is for. */
  public interface Symptom {
    /** Watches until it is gone for good, or has not gone in time; says what it saw. */
    Seen watch() throws InterruptedException;

    /**
     * The paths', which is this one, then what else was promised: leaders that were moved have
     * helped when this one is gone, whatever becomes of the other.
     */
    default Symptom then(Symptom promised) {
      return () -> {
        Seen paths = watch();
        if (paths.outcome() != Outcome.GONE) return paths;
        Seen seen = promised.watch();
        Outcome outcome = seen.outcome() == Outcome.STAYS ? Outcome.UNRELIEVED : seen.outcome();
        String detail =
            Stream.of(paths.detail(), seen.detail())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        return new Seen(outcome, detail);
      };
    }

    /** What became of it. */
    enum Outcome {
      GONE,
      /** Nothing speaks against it, and not everything could be measured: no cure, no failure. */
      UNPROVED,
      /** The paths are well; what was done in Kubernetes did not bring what it promised. */
      UNRELIEVED,
      STAYS
    }

    /**
     * @param detail in one line
     */
    record Seen(Outcome outcome, String detail) {
      /** It is gone. */
      public static Seen gone(String detail) {
        return new Seen(Outcome.GONE, detail);
      }

      /** It is not. */
      public static Seen stays(String detail) {
        return new Seen(Outcome.STAYS, detail);
      }

      private Deed deed() {
        return switch (outcome) {
          case GONE -> Deed.CURED;
          case UNPROVED -> Deed.UNPROVED;
          case UNRELIEVED -> Deed.NO_RELIEF;
          case STAYS -> Deed.UNDO_WANTED;
        };
      }
    }
  }

  private final Plan plan;
  private final Journal journal;
  private final Hand hand;
  private final Symptom symptom;
  private final BooleanSupplier stopped;

  /**
   * @param stopped the kill switch: read before each step
   */
  public PlanRun(Plan plan, Journal journal, Hand hand, Symptom symptom, BooleanSupplier stopped) {
    this.plan = plan;
    this.journal = journal;
    this.hand = hand;
    this.symptom = symptom;
    this.stopped = stopped;
  }

  /** Goes on until nothing is left to do; says how it ended. */
  public Execution.Next.Final run() throws InterruptedException {
    while (true) {
      Execution.Next next = Execution.next(plan, journal.entries(), System.currentTimeMillis());
      switch (next) {
        case Execution.Next.Do(List<Step> steps) -> {
          if (stopped.getAsBoolean()) {
            return new Execution.Next.Stopped(Sentence.of(PlanWords.STOPPED));
          }
          carry(steps, Deed.INTENDED, Deed.DONE, Deed.FAILED);
        }
        case Execution.Next.Undo(List<Step> inverses) ->
            carry(inverses, Deed.UNDO_INTENDED, Deed.UNDONE, Deed.UNDO_FAILED);
        case Execution.Next.Watch() -> {
          Symptom.Seen seen = symptom.watch();
          note(seen.deed(), 0, seen.detail());
        }
        case Execution.Next.Final end -> {
          return end;
        }
      }
    }
  }

  private void carry(List<Step> steps, Deed intended, Deed done, Deed failed) {
    Set<Integer> begun = begun(intended);
    for (Step step : steps) {
      note(intended, step.number(), step.act().canonical());
    }
    Map<Act, Step> byAct = new LinkedHashMap<>();
    steps.forEach(step -> byAct.put(step.act(), step));
    var toDo = new ArrayList<Act>();
    look(List.copyOf(byAct.keySet()))
        .forEach(
            (act, seen) -> {
              Step step = step(byAct, act);
              switch (Execution.judge(seen.sight())) {
                case ACT -> toDo.add(act);
                case NOTE_DONE -> note(ours(done, begun, step), step.number(), seen.why());
                case FAIL -> note(failed, step.number(), seen.why());
              }
            });
    if (toDo.isEmpty()) {
      return;
    }
    long deadlineMs = steps.stream().mapToLong(Step::deadlineMs).max().orElse(0);
    hand.act(toDo, Duration.ofMillis(deadlineMs))
        .forEach(
            (act, seen) -> {
              boolean came = seen.sight() == Sight.AFTER;
              note(came ? done : failed, step(byAct, act).number(), seen.why());
            });
  }

  /** Steps that an earlier run, cut short, may have done. */
  private Set<Integer> begun(Deed intended) {
    return journal.entries().stream()
        .filter(entry -> entry.deed() == intended)
        .map(JournalEntry::step)
        .collect(Collectors.toSet());
  }

  /** What is found done without our ever having begun it is somebody else's. */
  private static Deed ours(Deed done, Set<Integer> begun, Step step) {
    return done == Deed.DONE && !begun.contains(step.number()) ? Deed.FOUND : done;
  }

  private static Step step(Map<Act, Step> byAct, Act act) {
    Step step = byAct.get(act);
    if (step == null) throw new IllegalStateException("nobody asked for " + act.canonical());
    return step;
  }

  /** What is not known is asked again: a broker that hangs is passed by. */
  private Map<Act, Hand.Looked> look(List<Act> acts) {
    Map<Act, Hand.Looked> seen = hand.look(acts);
    for (int n = 1; n < LOOKS && unknown(seen); n++) {
      seen = hand.look(acts);
    }
    return seen;
  }

  private static boolean unknown(Map<Act, Hand.Looked> seen) {
    return seen.values().stream().anyMatch(looked -> looked.sight() == Sight.UNKNOWN);
  }

  private void note(Deed deed, int step, String detail) {
    journal.add(new JournalEntry(System.currentTimeMillis(), deed, step, detail));
  }
}
