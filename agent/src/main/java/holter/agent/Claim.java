package holter.agent;

/**
 * One DTU's registration under way or held, with the moments at which something is due. A plain
 * holder of state: the book decides. Not thread-safe.
 */
final class Claim {
  static final long NEVER = Long.MAX_VALUE;

  /** The newest message. */
  Registration said;

  final boolean ofThisLife;
  boolean acked;

  /** Whether the directory itself is to answer, whatever Kafka says. */
  boolean toBeAnswered;

  /** When it also goes by HTTP. */
  long hedgeAt = NEVER;

  long announceAt = NEVER;

  /** The earliest timer set for it. */
  long timerAt = NEVER;

  /** Whether another claim or none has taken its place. */
  boolean gone;

  Claim(Registration said, boolean ofThisLife) {
    this.said = said;
    this.ofThisLife = ofThisLife;
  }

  /** Whether it is to be announced again. */
  boolean isHeld() {
    return said.up() && ofThisLife;
  }

  /**
   * Whether a connection of this epoch says nothing new. What an earlier life said of the same
   * connection does not speak for this life: it would be delivered and forgotten.
   */
  boolean outranks(long sessionEpoch) {
    return ofThisLife ? said.sessionEpoch() >= sessionEpoch : said.sessionEpoch() > sessionEpoch;
  }

  /** Whether a message that came back is about what this claim says now or said before. */
  boolean isAbout(Registration other) {
    return said.sessionEpoch() == other.sessionEpoch()
        && said.up() == other.up()
        && said.incarnation().equals(other.incarnation());
  }

  long nextAt() {
    return Math.min(announceAt, hedgeAt);
  }
}
