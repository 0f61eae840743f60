package holter.server.remedy;

import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.words.Sentence;
import java.util.Optional;

/** A line of a journal as people are told it, in the timeline and in the stream. Pure. */
public final class JournalWords {
  private JournalWords() {}

  /** Empty for what is about to be done: that it was done, or was not, is told. */
  public static Optional<Sentence> of(Plan plan, JournalEntry entry) {
    return switch (entry.deed()) {
      case CONSENTED -> whole(PlanWords.CONSENTED, plan, entry);
      case DONE -> step(PlanWords.STEP_DONE, plan, entry);
      case FOUND -> step(PlanWords.STEP_FOUND, plan, entry);
      case FAILED -> step(PlanWords.STEP_FAILED, plan, entry);
      case UNPROVED -> whole(PlanWords.UNPROVED, plan, entry);
      case CURED -> whole(PlanWords.PROVED_BY, plan, entry);
      case NO_RELIEF -> whole(PlanWords.NO_RELIEF, plan, entry);
      case UNDO_WANTED -> whole(PlanWords.UNDO_BEGUN, plan, entry);
      case UNDONE -> step(PlanWords.STEP_UNDONE, plan, entry);
      case UNDO_FAILED -> step(PlanWords.STEP_STUCK, plan, entry);
      case INTENDED, UNDO_INTENDED -> Optional.empty();
    };
  }

  private static Optional<Sentence> whole(PlanWords words, Plan plan, JournalEntry entry) {
    return Optional.of(Sentence.of(words, plan.id(), entry.detail()));
  }

  private static Optional<Sentence> step(PlanWords words, Plan plan, JournalEntry entry) {
    String target =
        plan.steps().stream()
            .filter(step -> step.number() == entry.step())
            .map(step -> step.act().canonical())
            .findFirst()
            .orElse("");
    return Optional.of(Sentence.of(words, plan.id(), entry.step(), target, entry.detail()));
  }
}
