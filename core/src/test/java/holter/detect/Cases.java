package holter.detect;

import org.jspecify.annotations.Nullable;

/**
 * A case to start from: an agent that beats, on five healthy paths; each test changes one thing.
 */
final class Cases {
  static final long NOW_MS = 100_000;

  Verdict verdict = new Verdict.Alive(1_000);
  boolean grace;
  int beats;
  boolean reborn;
  boolean planned;
  boolean ever = true;
  Misses misses = Misses.NONE;
  final Asked asked = new Asked();
  @Nullable Integer exitCode;
  boolean hostGone;
  boolean rotates = true;
  boolean askable = true;
  @Nullable HoldReason doubt;
  int healthyPaths = 5;
  long workStoodMs = -1;
  long workMayStandMs;
  long silentMs = 4_000;
  long unheardMs = 4_000;
  private long askedMs = NOW_MS - 3_000;

  Cases misses(int countable, int partitions, int uncounted) {
    misses = new Misses(countable, partitions, uncounted, 0);
    return this;
  }

  /** So many slots passed on healthy paths that are not proved that far yet. */
  Cases late(int pending) {
    misses = new Misses(0, 0, 0, pending);
    return this;
  }

  /** A life answered while it beat, and was heard since. */
  Cases met(long life) {
    asked.took(new ProbeOutcome.Answered(life, 40, 100, 7, 100), askedMs, 1_000);
    asked.clear();
    askedMs += 500;
    return this;
  }

  /** Its work stood so long, and may stand so long. */
  Cases work(long stoodMs, long mayStandMs) {
    workStoodMs = stoodMs;
    workMayStandMs = mayStandMs;
    return this;
  }

  Cases verdict(Verdict is) {
    verdict = is;
    return this;
  }

  Cases foreign() {
    rotates = false;
    askable = false;
    return this;
  }

  /** It was asked once more, with this outcome. */
  Cases asked(ProbeOutcome outcome) {
    asked.asked();
    asked.took(outcome, askedMs, 1_000);
    askedMs += 500;
    return this;
  }

  @Nullable Ruling judge() {
    return StateTable.judge(
        new Case(
            verdict,
            NOW_MS,
            grace,
            new Case.Heard(beats, reborn, silentMs, unheardMs, planned, 3, ever, workStoodMs),
            misses,
            asked,
            new Case.Proofs(exitCode, hostGone),
            new Case.Around(rotates, askable, "n2", doubt, healthyPaths, 5, 3, workMayStandMs)));
  }

  /** The verdict that the table rules, or the one that holds when it rules nothing. */
  Verdict ruled() {
    var ruling = judge();
    return ruling == null ? verdict : ruling.verdict();
  }

  static ProbeOutcome answered(long beatAgeMs) {
    return new ProbeOutcome.Answered(3, 40, 100, 7, beatAgeMs);
  }

  static final ProbeOutcome REFUSED = new ProbeOutcome.Refused();
  static final ProbeOutcome DEAF_HOST_UP = new ProbeOutcome.TimedOut(false, true);
  static final ProbeOutcome DEAF_HOST_DOWN = new ProbeOutcome.TimedOut(false, false);
}
