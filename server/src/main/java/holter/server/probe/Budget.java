package holter.server.probe;

/**
 * How many questions a second: the larger of a number and a fifth of the fleet. Not thread-safe.
 */
final class Budget {
  private static final double FLEET_SHARE = 0.2;

  private final double perSecondMin;
  private double left;
  private long filledAtMs;

  Budget(double perSecondMin, long nowMs) {
    this.perSecondMin = perSecondMin;
    this.left = perSecondMin;
    this.filledAtMs = nowMs;
  }

  /** Takes one question out of the budget, if there is one. */
  boolean take(int fleet, long nowMs) {
    double perSecond = Math.max(perSecondMin, FLEET_SHARE * fleet);
    left = Math.min(perSecond, left + perSecond * Math.max(0, nowMs - filledAtMs) / 1000.0);
    filledAtMs = nowMs;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
