package holter.server.remedy;

import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import java.util.List;

/** How far a plan has come, by its journal alone. */
public enum PlanState {
  /** Nobody has consented yet. */
  NEW,
  /** Nothing was begun, and it is too late to. */
  EXPIRED,
  /** It was consented to, and something is left to do; whoever applies it goes on. */
  UNFINISHED,
  CURED,
  /** All is done; what it promised could not be measured: whoever applies it measures again. */
  UNPROVED,
  /** A step failed that others need, or none could be done. */
  FAILED,
  /** It is to be taken back, and something is left to do; whoever takes it back goes on. */
  TAKING_BACK,
  UNDONE,
  /** Something could not be taken back. */
  STUCK;

  /**
   * @param entries the plan's journal, oldest first
   */
  public static PlanState of(Plan plan, List<JournalEntry> entries, long nowWallMs) {
    return switch (Execution.next(plan, entries, nowWallMs)) {
      case Execution.Next.Do _, Execution.Next.Watch _, Execution.Next.Stopped _ -> UNFINISHED;
      case Execution.Next.Undo _ -> TAKING_BACK;
      case Execution.Next.Refused _ -> nowWallMs > plan.expiresAtWallMs() ? EXPIRED : NEW;
      case Execution.Next.Ended(Execution.End end, var _) ->
          switch (end) {
            case CURED -> CURED;
            case UNPROVED -> UNPROVED;
            case FAILED -> FAILED;
            case UNDONE -> UNDONE;
            case STUCK -> STUCK;
          };
    };
  }
}
