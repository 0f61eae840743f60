package holter.remedy;

import holter.remedy.JournalEntry.Deed;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done next with a plan, by its journal alone: whoever comes after a crash goes on
 * where the journal ends. Pure; the shell looks, acts and writes.
 *
 * <pre>
 * consented -> each step: INTENDED, look, act, DONE -> the symptom is watched -> CURED
 *                         or FOUND, when it was done already
 *                         or UNPROVED: watched again when somebody consents anew
 * paths well, and no room -> NO_RELIEF -> the same with the steps in Kubernetes alone
 * not cured, or asked for -> UNDO_WANTED -> steps backwards: UNDO_INTENDED, look, act, UNDONE
 * FAILED: the steps after it are not begun, unless it stands alone
 * </pre>
 */
public final class Execution {
  private Execution() {}

  /** What comes next. */
  public sealed interface Next {
    /**
     * Look at each target, then as {@link #judge} says. Several steps only where each stands alone;
     * some may have been begun before a crash.
     */
    record Do(List<Step> steps) implements Next {
      public Do {
        steps = List.copyOf(steps);
      }
    }

    /** The same with inverses: steps whose acts are already turned round. */
    record Undo(List<Step> inverses) implements Next {
      public Undo {
        inverses = List.copyOf(inverses);
      }
    }

    /** All is done: watch the symptom. */
    record Watch() implements Next {}

    /** Nothing to be done, now or ever. */
    sealed interface Final extends Next {
      /** In one sentence. */
      Sentence why();
    }

    /** Nothing more. */
    record Ended(End end, Sentence why) implements Final {}

    /** It must not begin, or not go on. */
    record Refused(Sentence why) implements Final {}

    /** Somebody pulled the kill switch between two steps: it goes on when it is let go. */
    record Stopped(Sentence why) implements Final {}
  }

  /** How a plan ends. */
  public enum End {
    CURED,
    /** All was done and the paths are well; what else was promised could not be measured. */
    UNPROVED,
    /** Nothing was done, or a step failed that the next ones need. */
    FAILED,
    /** Everything is as it was. */
    UNDONE,
    /** Something could not be taken back. */
    STUCK
  }

  /** What a look means for an act. */
  public enum Move {
    ACT,
    /** It is done already: write so. */
    NOTE_DONE,
    /** Leave it alone: it failed. */
    FAIL
  }

  /**
   * @param entries the plan's journal, oldest first
   */
  public static Next next(Plan plan, List<JournalEntry> entries, long nowWallMs) {
    if (has(entries, Deed.UNDO_WANTED)) {
      return undo(plan.steps(), entries);
    }
    if (has(entries, Deed.NO_RELIEF)) { // leaders stay: it is they that made the paths well
      return undo(
          plan.steps().stream().filter(step -> step.act() instanceof KubeAct).toList(), entries);
    }
    Optional<JournalEntry> consent =
        entries.stream().filter(e -> e.deed() == Deed.CONSENTED).reduce((one, two) -> two);
    if (plan.steps().isEmpty()) {
      return new Next.Refused(Sentence.of(PlanWords.NO_STEP));
    }
    if (consent.isEmpty() || !consent.get().detail().startsWith(plan.hash())) {
      return new Next.Refused(Sentence.of(PlanWords.NO_CONSENT, plan.hash()));
    }
    if (has(entries, Deed.CURED)) {
      return new Next.Ended(End.CURED, Sentence.of(PlanWords.CURED));
    }
    if (since(entries, EnumSet.of(Deed.CONSENTED), Deed.UNPROVED)) {
      return new Next.Ended(End.UNPROVED, Sentence.of(PlanWords.NOT_MEASURED));
    }
    var steps = new ArrayList<Step>();
    for (Step step : plan.steps()) {
      boolean failed = has(entries, Deed.FAILED, step);
      if (failed && !step.act().standsAlone()) {
        return new Next.Ended(End.FAILED, Sentence.of(PlanWords.FAILED, step.number()));
      }
      if (!failed && !done(entries, step) && joins(steps, step)) {
        steps.add(step);
      }
    }
    if (!steps.isEmpty()) {
      boolean late = nowWallMs > plan.expiresAtWallMs() && !has(entries, Deed.INTENDED);
      return late
          ? new Next.Refused(Sentence.of(PlanWords.EXPIRED, plan.id()))
          : new Next.Do(steps);
    }
    return has(entries, Deed.DONE) || has(entries, Deed.FOUND)
        ? new Next.Watch()
        : new Next.Ended(End.FAILED, Sentence.of(PlanWords.NOTHING_DONE));
  }

  /** The first step that is left, and those after it as long as none needs the one before. */
  private static boolean joins(List<Step> steps, Step step) {
    return steps.isEmpty()
        || (step.act().standsAlone() && steps.stream().allMatch(s -> s.act().standsAlone()));
  }

  /** What failed before somebody asked anew is tried again. */
  private static Next undo(List<Step> steps, List<JournalEntry> entries) {
    if (since(entries, EnumSet.of(Deed.UNDO_WANTED, Deed.NO_RELIEF), Deed.UNDO_FAILED)) {
      return new Next.Ended(End.STUCK, Sentence.of(PlanWords.UNDO_FAILED));
    }
    var inverses = new ArrayList<Step>();
    for (Step step : steps.reversed()) {
      Optional<Act> inverse = step.act().inverse();
      boolean touched = has(entries, Deed.INTENDED, step) && !has(entries, Deed.FOUND, step);
      if (touched && inverse.isPresent() && !has(entries, Deed.UNDONE, step)) {
        var turned =
            new Step(step.number(), inverse.get(), step.why(), step.effect(), step.deadlineMs());
        if (joins(inverses, turned)) {
          inverses.add(turned);
        }
      }
    }
    return inverses.isEmpty()
        ? new Next.Ended(End.UNDONE, undone(steps, entries))
        : new Next.Undo(inverses);
  }

  private static Sentence undone(List<Step> steps, List<JournalEntry> entries) {
    return undone(
        steps.stream()
            .filter(step -> step.act().inverse().isEmpty() && has(entries, Deed.DONE, step))
            .map(step -> step.act().target())
            .toList());
  }

  /**
   * How a plan that was taken back is told of.
   *
   * @param forGood targets of its steps that were done and that nothing takes back
   */
  public static Sentence undone(List<String> forGood) {
    return forGood.isEmpty()
        ? Sentence.of(PlanWords.ALL_UNDONE)
        : Sentence.of(PlanWords.UNDONE_BUT, forGood);
  }

  /** What to do after a look, at a step's target or at its inverse's. */
  public static Move judge(Sight sight) {
    return switch (sight) {
      case BEFORE -> Move.ACT;
      case AFTER -> Move.NOTE_DONE;
      case OTHER, UNKNOWN -> Move.FAIL;
    };
  }

  private static boolean done(List<JournalEntry> entries, Step step) {
    return has(entries, Deed.DONE, step) || has(entries, Deed.FOUND, step);
  }

  /** Whether it happened after somebody or something last began. */
  private static boolean since(List<JournalEntry> entries, Set<Deed> begun, Deed deed) {
    return entries.reversed().stream()
        .takeWhile(entry -> !begun.contains(entry.deed()))
        .anyMatch(entry -> entry.deed() == deed);
  }

  private static boolean has(List<JournalEntry> entries, Deed deed) {
    return entries.stream().anyMatch(entry -> entry.deed() == deed);
  }

  private static boolean has(List<JournalEntry> entries, Deed deed, Step step) {
    return entries.stream().anyMatch(e -> e.deed() == deed && e.step() == step.number());
  }
}
