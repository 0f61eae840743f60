package holter.detect;

/**
 * What we hold an instance to be. Not knowing is a verdict; it is never mapped to alive or dead.
 */
public sealed interface Verdict {
  /** Expected, not yet heard; {@code sinceMs} starts its startup deadline. */
  record Joining(long sinceMs) implements Verdict {}

  record Alive(long sinceMs) implements Verdict {}

  /** Slots were missed; being asked. */
  record Suspect(long sinceMs) implements Verdict {}

  /** Not heard, and not to be restarted, for this reason. */
  record Held(long sinceMs, HoldReason reason) implements Verdict {}

  record Dead(long sinceMs, DeathProof proof) implements Verdict {}

  /** A restart was ordered under this key; waiting for its new incarnation. */
  record Restarting(long sinceMs, String orderKey) implements Verdict {}

  /** Restarted lately; the next restart waits until {@code untilMs}. */
  record Backoff(long sinceMs, long untilMs) implements Verdict {}

  /** Crashes again and again: no more restarts until it is released. */
  record Quarantined(long sinceMs) implements Verdict {}

  /** Stopped on purpose, until {@code untilMs}. */
  record Planned(long sinceMs, long untilMs) implements Verdict {}

  /** Engine time since when the verdict holds. */
  long sinceMs();
}
