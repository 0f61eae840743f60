package holter.sim;

/** What a partition's path does to records at a moment. */
enum SimPath {
  /** Delivers within some 20 ms. */
  FINE,
  /** The leader does not answer; what is sent is lost, or comes late when {@link Sim} says so. */
  HANG,
  /** Acknowledged, not visible until healed. */
  ISR,
  /** Refused: the leader's process is gone. */
  REFUSED
}
