package holter.detect;

/** So many at once, so many per time. Not thread-safe. */
final class TokenBucket {
  private final int burst;
  private final long msPerToken;
  private double tokens;
  private long filledMs = Long.MIN_VALUE;

  TokenBucket(int burst, long msPerToken) {
    this.burst = burst;
    this.msPerToken = msPerToken;
    this.tokens = burst;
  }

  boolean available(long nowMs) {
    fill(nowMs);
    return tokens >= 1;
  }

  void take(long nowMs) {
    fill(nowMs);
    tokens -= 1;
  }

  private void fill(long nowMs) {
    if (filledMs != Long.MIN_VALUE) {
      tokens = Math.min(burst, tokens + (double) (nowMs - filledMs) / msPerToken);
    }
    filledMs = nowMs;
  }
}
