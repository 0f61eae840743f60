package holter.remedy;

/**
 * One line of a plan's journal, which is only ever added to.
 *
 * @param step its number; 0 for the plan as a whole
 * @param detail who consented, what failed; may be empty
 */
public record JournalEntry(long wallMs, Deed deed, int step, String detail) {
  /** What happened. */
  public enum Deed {
    /** Somebody agreed to the plan's hash, which is the detail's first word. */
    CONSENTED,
    /** The step is about to be done: written before anything is. */
    INTENDED,
    /** It is done, and was seen to be. */
    DONE,
    /** It was done before we came to it: somebody else's, so it is never taken back. */
    FOUND,
    /** It could not be done. */
    FAILED,
    /** The paths are well; what else was promised could not be measured, the detail says why. */
    UNPROVED,
    /**
     * The paths are well, and what was done in Kubernetes did not bring what it promised: that
     * alone is taken back.
     */
    NO_RELIEF,
    /** The symptom is gone. */
    CURED,
    /** The symptom stayed, or somebody wants everything back. */
    UNDO_WANTED,
    /** The inverse is about to be done. */
    UNDO_INTENDED,
    UNDONE,
    /** The inverse could not be done: a person must look. */
    UNDO_FAILED
  }
}
