package holter.engine;

import holter.detect.Asked;
import holter.detect.DeathProof;
import holter.detect.HoldReason;
import holter.detect.Misses;
import holter.detect.Restarts;
import holter.detect.Ruling;
import holter.detect.Verdict;
import holter.words.Sentence;
import org.jspecify.annotations.Nullable;

/** What is held of one instance beside its beats. Mutable; the engine's loop owns it. */
final class Member {
  /** The rule by which everyone who is heard is alive. */
  static final String REST_RULE = "R1";

  /** What an answer says is worth less than this long. */
  private static final long ASKED_LATELY_MS = 10_000;

  final Asked asked = new Asked();
  final Restarts restarts;
  Verdict verdict;
  Sentence why;
  String rule;
  int beats;
  boolean reborn;
  boolean plannedBeat;
  long plannedUntilMs = -1;
  @Nullable Integer exitCode;

  /** A restart was advised in this silence, to a person: it is not said again. */
  boolean advised;

  /** The death that waits for the gate, a backoff or the runner. */
  @Nullable Ruling death;

  @Nullable RestartOrder order;
  int orderSent;
  long orderSentMs;

  /** When the question under way was sent, −1 for none. */
  long askingMs = -1;

  long askedMs = Long.MIN_VALUE / 2;
  Misses misses = Misses.NONE;

  /** The gate's last objection, so that it is audited once. */
  String objection = "";

  /**
   * @param seed of its waits between restarts
   */
  Member(long seed, Verdict verdict, String rule, Sentence why) {
    this.restarts = new Restarts(seed);
    this.verdict = verdict;
    this.rule = rule;
    this.why = why;
  }

  /** Heard: the silence and all that was learnt in it is over. */
  void heard(boolean newLife, boolean planned) {
    beats++;
    reborn |= newLife;
    plannedBeat = planned;
    if (newLife) {
      askedMs = Long.MIN_VALUE / 2; // nobody has asked this life yet
      exitCode = null;
    }
  }

  /** Nothing is under way, said or asked: only its beats matter. */
  boolean idle(long nowMs) {
    return verdict instanceof Verdict.Alive
        && rule.equals(REST_RULE)
        && nowMs - askedMs >= ASKED_LATELY_MS
        && asked.blank()
        && plannedUntilMs < 0
        && !plannedBeat
        && exitCode == null;
  }

  /** Whether it has a past that a row of figures cannot keep. */
  boolean hasPast(long life) {
    boolean metAnother = asked.metLife() >= 0 && asked.metLife() != life;
    return restarts.any() || advised || death != null || order != null || metAnother;
  }

  boolean held() {
    return verdict instanceof Verdict.Held;
  }

  /** Held because the way to it or to Kafka is in doubt, not for want of budget or leadership. */
  boolean heldByChannel() {
    return verdict instanceof Verdict.Held held
        && switch (held.reason()) {
          case CHANNEL_PARTITION, CHANNEL_ALL, PROBE_PATH, HOST_PATH, COHORT -> true;
          case OBSERVER_GRACE, BUDGET, BREAKER, NOT_LEADER -> false;
        };
  }

  /** Held because the paths that it sends to explain its silence. */
  boolean heldForPaths() {
    return heldFor(HoldReason.CHANNEL_PARTITION) || heldFor(HoldReason.CHANNEL_ALL);
  }

  boolean heldFor(HoldReason reason) {
    return verdict instanceof Verdict.Held held && held.reason() == reason;
  }

  /** Silent and not proved dead. */
  boolean silent() {
    return switch (verdict) {
      case Verdict.Suspect v -> true;
      case Verdict.Held v -> true;
      case Verdict.Dead(long since, DeathProof proof) -> !proof.proved();
      case Verdict.Joining v -> false;
      case Verdict.Alive v -> false;
      case Verdict.Restarting v -> false;
      case Verdict.Backoff v -> false;
      case Verdict.Quarantined v -> false;
      case Verdict.Planned v -> false;
    };
  }
}
