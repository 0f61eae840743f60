package holter.detect;

import holter.words.Sentence;
import java.util.HashMap;
import java.util.Map;

/**
 * Stops inferred restarts when too many deaths are inferred at once: that is a common cause, not
 * many deaths. A restart that met a healthy process opens it too. Proved deaths pass always.
 */
public final class Breaker {
  static final long WINDOW_MS = 30_000;

  /** At least this many, however small the fleet: ratios mean nothing below. */
  static final int AT_LEAST = 3;

  static final double FLEET_SHARE = 0.1;

  /** After a false restart nothing is inferred for this long; a person has time to look. */
  static final long FALSE_RESTART_MS = 60 * 60_000;

  private final Map<String, Long> candidates = new HashMap<>();
  private long openUntilMs = Long.MIN_VALUE;
  private long falseUntilMs = Long.MIN_VALUE;
  private int seen;

  /** The state table infers a death; asked again at every tick while it does. */
  public void candidate(String instance, int fleet, long nowMs) {
    candidates.put(instance, nowMs);
    candidates.values().removeIf(at -> nowMs - at > WINDOW_MS);
    if (candidates.size() >= Math.max(AT_LEAST, FLEET_SHARE * fleet)) {
      openUntilMs = nowMs + WINDOW_MS;
      seen = candidates.size();
    }
  }

  /** A restart met a running, healthy process. */
  public void falseRestart(long nowMs) {
    falseUntilMs = nowMs + FALSE_RESTART_MS;
  }

  /** A person looked at it: it closes at once, and opens again when as many die anew. */
  public void close() {
    candidates.clear();
    openUntilMs = Long.MIN_VALUE;
    falseUntilMs = Long.MIN_VALUE;
  }

  public boolean open(long nowMs) {
    return nowMs < openUntilMs || nowMs < falseUntilMs;
  }

  Sentence why(long nowMs) {
    return nowMs < falseUntilMs
        ? Sentence.of(VerdictWords.BREAKER_FALSE)
        : Sentence.of(VerdictWords.BREAKER_OPEN, seen, WINDOW_MS / 1_000);
  }
}
