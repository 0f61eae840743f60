package holter.server.store;

/** Hears of changes of leadership, on a thread of the store's. */
public interface Leadership {
  /** We lead no more, at least not certainly. */
  default void lost(long epoch) {}

  /**
   * We lead, by an epoch that is on disk.
   *
   * @param taken whether others led since we last did: what they left is to be read
   */
  default void leads(long epoch, boolean taken) {}
}
