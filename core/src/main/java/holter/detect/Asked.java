package holter.detect;

import org.jspecify.annotations.Nullable;

/**
 * What asking one instance has brought in its present silence. Timeouts count against it only when
 * its host answered something else in the same window. Not thread-safe; the engine's loop owns it.
 */
public final class Asked {
  private static final int UNASKABLE_AFTER = 5;

  private @Nullable ProbeOutcome latest;
  private long latestAskedMs = -1;
  private int refused;
  private int hung;
  private long stuckSeq = -1;
  private long stuckWork = -1;
  private int deafHostUp;
  private int deafHostDown;
  private int unconnected;
  private int sent;
  private int cameBack;
  private int notAsked;
  private long progressMs = -1;
  private long beatAgeMs;
  private long metLife = -1;

  /** A question was sent. */
  public void asked() {
    sent++;
  }

  /**
   * An outcome came back.
   *
   * @param askedAtMs when the question was sent
   * @param intervalMs the instance's interval, for what counts as progress
   */
  public void took(ProbeOutcome outcome, long askedAtMs, long intervalMs) {
    if (outcome instanceof ProbeOutcome.NotAsked) {
      notAsked++;
      return;
    }
    if (askedAtMs < latestAskedMs) {
      return;
    }
    latest = outcome;
    latestAskedMs = askedAtMs;
    cameBack++;
    notAsked = 0;
    switch (outcome) {
      case ProbeOutcome.Answered answer -> answered(answer, askedAtMs, intervalMs);
      case ProbeOutcome.Refused none -> {
        refused++;
        hung = 0;
        deafHostUp = 0; // its host answered for it: no longer deaf in a row
        deafHostDown = 0;
        unconnected = 0;
      }
      case ProbeOutcome.TimedOut(boolean connected, boolean hostAnswered) -> {
        refused = 0;
        unconnected = connected || hostAnswered ? 0 : unconnected + 1;
        deafHostUp = hostAnswered ? deafHostUp + 1 : 0;
        deafHostDown = hostAnswered ? 0 : deafHostDown + 1;
      }
      case ProbeOutcome.NotAsked none -> {}
    }
  }

  private void answered(ProbeOutcome.Answered answer, long askedAtMs, long intervalMs) {
    metLife = answer.incarnationCounter();
    refused = 0;
    deafHostUp = 0;
    deafHostDown = 0;
    unconnected = 0;
    boolean stuck = answer.beatAgeMs() > stuckAfterMs(intervalMs);
    boolean moved = hung > 0 && (answer.seq() != stuckSeq || answer.workProgress() != stuckWork);
    hung = stuck ? (moved ? 1 : hung + 1) : 0;
    stuckSeq = answer.seq();
    stuckWork = answer.workProgress();
    beatAgeMs = answer.beatAgeMs();
    if (!stuck && answer.beatAgeMs() >= 0) {
      progressMs = askedAtMs;
    }
  }

  /**
   * A beat loop that has not turned for so long missed two turns, and a quarter of an interval
   * beyond; never less than two seconds, for a thread may wait that long for a processor.
   */
  static long stuckAfterMs(long intervalMs) {
    return Math.max(2_000, 9 * Math.max(1, intervalMs) / 4);
  }

  /** It was heard: a new silence is asked anew. */
  public void clear() {
    latest = null;
    refused = 0;
    hung = 0;
    deafHostUp = 0;
    deafHostDown = 0;
    unconnected = 0;
    sent = 0;
    cameBack = 0;
    notAsked = 0;
  }

  /** Whether nothing was asked since it was heard. */
  public boolean blank() {
    return sent == 0 && cameBack == 0 && notAsked == 0;
  }

  /** The life that answered last, −1 for none. */
  public long metLife() {
    return metLife;
  }

  /** This life has answered, by what was kept of it. */
  public void recalls(long life) {
    metLife = life;
  }

  /** Whether this life has answered before: a port that refuses now was open then. */
  public boolean met(long life) {
    return metLife == life;
  }

  /** Whether a later life than this has answered: it was restarted, and is not heard yet. */
  public boolean metNewer(long life) {
    return metLife > life;
  }

  /** Its last answer speaks for a death that one answer alone does not prove. */
  public boolean halfProved() {
    return refused > 0 || hung > 0;
  }

  /** Refusals in a row. */
  public int refused() {
    return refused;
  }

  /** Answers in a row from one beat loop that does not turn: same beat, same work, and older. */
  public int hung() {
    return hung;
  }

  /** How long its beat loop had not turned, by the last answer, in ms. */
  public long beatAgeMs() {
    return beatAgeMs;
  }

  /** Timeouts in a row while its host answered something else. */
  public int deafHostUp() {
    return deafHostUp;
  }

  /** Timeouts in a row while nothing on its host answered. */
  public int deafHostDown() {
    return deafHostDown;
  }

  /** Connects in a row that nothing on its host answered. */
  public int unconnected() {
    return unconnected;
  }

  /** Questions sent in this silence. */
  public int sent() {
    return sent;
  }

  /** Outcomes that came back in this silence. */
  public int cameBack() {
    return cameBack;
  }

  /**
   * Whether it cannot be asked at all: no address, or one that is not allowed. A budget that is
   * spent looks alike for a moment, so it takes several tries without any outcome.
   */
  public boolean unaskable() {
    return cameBack == 0 && notAsked >= UNASKABLE_AFTER;
  }

  /** When the question was sent that was last answered with progress; −1 for never. */
  public long progressMs() {
    return progressMs;
  }

  /** When the question was sent whose outcome agrees with a death by {@code proof}; −1 for none. */
  public long agreedMs(DeathProof proof) {
    boolean agrees =
        switch (proof) {
          case EXIT_EVENT, IDLE -> true;
          case PORT_REFUSED -> refused > 0;
          case HUNG -> hung > 0 || deafHostUp > 0;
          case HOST_GONE -> unconnected > 0;
          case SILENCE -> deafHostUp > 0 || refused > 0;
        };
    return agrees ? latestAskedMs : -1;
  }

  /** The last outcome, if any came in this silence. */
  public @Nullable ProbeOutcome latest() {
    return latest;
  }

  /** When the question of the last outcome was sent. */
  public long latestAskedMs() {
    return latestAskedMs;
  }
}
