package holter.server.probe;

/**
 * How many questions a second: the larger of 50 and a fifth of the fleet (DESIGN §9). Not
 * thread-safe.
 */
final class Budget {
  private static final double PER_SECOND_MIN = 50;
  private static final double FLEET_SHARE = 0.2;

  private double left = PER_SECOND_MIN;
  private long filledAtMs;

  Budget(long nowMs) {
    this.filledAtMs = nowMs;
  }

  /** Takes one question out of the budget, if there is one. */
  boolean take(int fleet, long nowMs) {
    double perSecond = Math.max(PER_SECOND_MIN, FLEET_SHARE * fleet);
    left = Math.min(perSecond, left + perSecond * Math.max(0, nowMs - filledAtMs) / 1000.0);
    filledAtMs = nowMs;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
