package holter.fleet;

/** How an instance sends its beats, which decides what its silence can mean. */
public enum SenderKind {
  /** Holter's agent: rotates over all partitions, tells its own send results. */
  AGENT,
  /** A foreign sender whose records carry its key: always the same partition. */
  FOREIGN_KEYED,
  /** A foreign sender without a key: its client picks the partition. */
  FOREIGN_KEYLESS
}
