package holter.detect;

import holter.words.Sentence;

/**
 * What a rule decides. A ruling equal in kind to the verdict that holds changes nothing.
 *
 * @param rule its number
 * @param verdict what the instance is to be held for
 * @param why one sentence
 */
public record Ruling(String rule, Verdict verdict, Sentence why) {

  /** Whether {@code current} already says this: same verdict and same reason or proof. */
  public boolean says(Verdict current) {
    return switch (verdict) {
      case Verdict.Held(long since, HoldReason reason) ->
          current instanceof Verdict.Held held && held.reason() == reason;
      case Verdict.Dead(long since, DeathProof proof) ->
          current instanceof Verdict.Dead dead && dead.proof() == proof;
      case Verdict.Joining v -> current instanceof Verdict.Joining;
      case Verdict.Alive v -> current instanceof Verdict.Alive;
      case Verdict.Suspect v -> current instanceof Verdict.Suspect;
      case Verdict.Restarting v -> current instanceof Verdict.Restarting;
      case Verdict.Backoff v -> current instanceof Verdict.Backoff;
      case Verdict.Quarantined v -> current instanceof Verdict.Quarantined;
      case Verdict.Planned v -> current instanceof Verdict.Planned;
    };
  }
}
