package holter.remedy;

import holter.words.Sentence;

/**
 * What a plan promises of a critical host: how full its network was, and how full it is to be. The
 * steps are not proved by their being done, but by this and by the paths.
 *
 * @param nicBytesPerS what the network carries in one direction
 * @param beforePercent of it that was used when the plan was made, the busier direction
 * @param promisedPercent that is to be used after it, whichever of equal nodes its pods land on
 */
public record Relief(String host, double nicBytesPerS, long beforePercent, long promisedPercent) {
  /** Traffic goes up and down; at least so much of what was promised must have come. */
  private static final double COME = 0.5;

  /**
   * What is counted is what got through, at most all that a network carries: from here on it is
   * full, however much more was wanted before.
   */
  private static final long FULL_PERCENT = 95;

  /** As people are told it beforehand. */
  public Sentence promise() {
    return Sentence.of(PlanWords.PROMISES, host, beforePercent, promisedPercent);
  }

  /** How full the network is with so many bytes. */
  public long percent(double bytesPerS) {
    return Math.round(bytesPerS / nicBytesPerS * 100);
  }

  /**
   * Whether it is kept in full: the host is below the limit, or as promised.
   *
   * @param bytesPerS now, the busier direction; finite
   */
  public boolean kept(double bytesPerS) {
    long now = percent(bytesPerS);
    return now <= KubeAsk.LIMIT * 100 || now <= promisedPercent;
  }

  /**
   * Whether enough of it has come: the host is below the limit, or at least half of the promise is
   * kept and the network is not full.
   *
   * @param bytesPerS now, the busier direction; finite
   */
  public boolean come(double bytesPerS) {
    long now = percent(bytesPerS);
    boolean half = beforePercent - now >= COME * (beforePercent - promisedPercent);
    return now <= KubeAsk.LIMIT * 100 || (half && now < FULL_PERCENT);
  }
}
