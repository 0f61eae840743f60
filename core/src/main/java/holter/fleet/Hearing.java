package holter.fleet;

/** What reading one beat meant for the instance it names. */
public enum Hearing {
  /** Never heard before in this life of ours. */
  FIRST,
  /** Newer than all heard of this life: proof of life. */
  FRESH,
  /** The first beat of a newer life. */
  REBORN,
  /** Of the current life, but older than what was heard, or sent before its proved end. */
  LATE,
  /** Of a life that a newer one has replaced. */
  OLD_LIFE,
  /** A counter that cannot be true, or a full table: counted, never believed. */
  REFUSED;

  /** Whether the beat shows that the instance lives. */
  public boolean proofOfLife() {
    return this == FIRST || this == FRESH || this == REBORN;
  }
}
