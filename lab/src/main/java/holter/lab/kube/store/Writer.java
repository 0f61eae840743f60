package holter.lab.kube.store;

/**
 * Who writes, and what of it is taken.
 *
 * @param manager as the object's {@code managedFields} names it
 * @param dryRun all is checked and nothing is kept
 */
public record Writer(String manager, Part part, boolean dryRun) {
  /** What of an object a write concerns. */
  public enum Part {
    /** All but the status. */
    OBJECT,
    STATUS,
    /** A controller inside may write both at once. */
    ALL
  }

  /** A controller or the lab itself. */
  public static Writer inside(String manager) {
    return new Writer(manager, Part.ALL, false);
  }
}
