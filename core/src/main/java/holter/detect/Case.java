package holter.detect;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of one instance at one moment, for the state table to judge.
 *
 * @param verdict what it is held to be
 * @param nowMs engine time
 * @param grace whether we doubt ourselves
 * @param heard its beats since the verdict
 * @param misses its missed slots
 * @param asked what asking it brought
 * @param proofs what proves a death without silence
 * @param around what surrounds it
 */
public record Case(
    Verdict verdict,
    long nowMs,
    boolean grace,
    Heard heard,
    Misses misses,
    Asked asked,
    Proofs proofs,
    Around around) {

  /**
   * Its beats.
   *
   * @param beats proofs of life since the verdict
   * @param reborn whether a newer life was heard since the verdict
   * @param silentMs since the last beat, or since it was expected
   * @param unheardMs how much of that silence we listened to without a break
   * @param planned whether its last beat, or an operator, says that it stops on purpose
   * @param life the counter of the life heard last
   * @param ever whether it was heard at all since we started
   * @param workStoodMs how long its work counter stood by its newest beat; −1 when it tells none
   */
  public record Heard(
      int beats,
      boolean reborn,
      long silentMs,
      long unheardMs,
      boolean planned,
      long life,
      boolean ever,
      long workStoodMs) {}

  /**
   * Proofs other than probes.
   *
   * @param exitCode of this life's exit event; null without one
   * @param hostGone whether two witnesses from two vantages find its host gone
   */
  public record Proofs(@Nullable Integer exitCode, boolean hostGone) {}

  /**
   * Its surroundings.
   *
   * @param rotates whether it sends to every partition in turn
   * @param askable whether it told an address to be asked at
   * @param host its host, or empty
   * @param doubt why silence may be its surroundings' fault; null for no reason
   * @param healthyPaths how many paths are healthy
   * @param paths how many paths there are
   * @param missesMax countable misses before an inference
   * @param workMayStandMs how long work may stand while it beats; 0 for as long as it likes
   */
  public record Around(
      boolean rotates,
      boolean askable,
      String host,
      @Nullable HoldReason doubt,
      int healthyPaths,
      int paths,
      int missesMax,
      long workMayStandMs) {}

  /** Misses that an inference needs: one more where no question can be asked. */
  int missesNeeded() {
    return around.missesMax() + (canAsk() ? 0 : 1);
  }

  /** It beats, and its work stands longer than allowed; what an ended life told says nothing. */
  boolean idle() {
    boolean heardOfThisLife = !(verdict instanceof Verdict.Joining);
    return heardOfThisLife
        && around.workMayStandMs() > 0
        && heard.workStoodMs() >= around.workMayStandMs();
  }

  /** This life is held to be over, whatever it still says. */
  boolean isOver() {
    return verdict instanceof Verdict.Dead || verdict instanceof Verdict.Restarting;
  }

  /** Awaited after a restart, its next life had its port open, never beat to us, and is gone. */
  boolean diedUnheard() {
    return verdict instanceof Verdict.Joining
        && asked.metNewer(heard.life())
        && asked.refused() >= 2;
  }

  boolean canAsk() {
    return around.askable() && !asked.unaskable();
  }

  /**
   * Missed slots, all on paths that are not healthy, that are more than the sick paths alone
   * explain.
   */
  int unheardTooLong() {
    int sick = around.paths() - around.healthyPaths();
    int explained = around.rotates() ? Math.min(around.paths(), sick + 1) : 2;
    return Math.max(around.rotates() ? around.missesMax() : 2, explained);
  }

  /** A restart is under way, or refused for good: only a sign of life changes that. */
  boolean settled() {
    return switch (verdict) {
      case Verdict.Restarting v -> true;
      case Verdict.Backoff v -> true;
      case Verdict.Quarantined v -> true;
      case Verdict.Dead(long since, DeathProof proof) -> proof.proved();
      case Verdict.Joining v -> false;
      case Verdict.Alive v -> false;
      case Verdict.Suspect v -> false;
      case Verdict.Held v -> false;
      case Verdict.Planned v -> false;
    };
  }
}
