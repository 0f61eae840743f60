package holter.server.port;

/** Who of several orchestrators leads. Thread-safe. */
public interface Lease {
  /**
   * Tries to lead.
   *
   * @return the epoch of the leadership, greater than that of every one before; 0 when another one
   *     leads, or it cannot be asked
   */
  long lead();

  /** Keeps leading; false when that is over. Takes some two seconds at most. */
  boolean renew();

  /** Whether we certainly lead at this moment; asks nobody. */
  boolean leads();
}
