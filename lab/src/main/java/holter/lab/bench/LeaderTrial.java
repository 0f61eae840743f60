package holter.lab.bench;

import org.jspecify.annotations.Nullable;

/**
 * One trial of leadership: the leader is struck at a moment relative to a worker's death.
 *
 * @param real with real processes, or in virtual time
 * @param seed by which it was drawn
 * @param deed what was done to the leader
 * @param moment when
 * @param stoppedForMs how long it was stopped; 0 when killed
 * @param leadsAfterMs from the strike until another replica led; null when none did, for the struck
 *     one came back before its lease ended
 * @param actsAfterMs from the strike until the first order of a replica that led after it; null
 *     when nobody was dead any more
 * @param waited whether the death had been there long enough to be acted on with the takeover
 * @param restartAfterMs from the death to its restart; null for never
 * @param doubles restarts of a life that had been restarted
 * @param lost deaths that nobody restarted
 * @param falseRestarts of healthy workers
 */
public record LeaderTrial(
    boolean real,
    long seed,
    Deed deed,
    Moment moment,
    long stoppedForMs,
    @Nullable Long leadsAfterMs,
    @Nullable Long actsAfterMs,
    boolean waited,
    @Nullable Long restartAfterMs,
    int doubles,
    int lost,
    int falseRestarts) {
  /** The lease, and two seconds: so long after the strike another one acts, where there is need. */
  public static final long ACTS_MS = 8_000;

  /** Who died no later than this after the strike is found before the next one leads. */
  public static final long WAITS_MS = 2_000;

  /** Who died later is restarted so soon after the death. */
  static final long RESTARTS_MS = 8_000;

  /** Whether the death was there for the next leader to act on, and there was a next one. */
  boolean waitedForNext() {
    return waited && leadsAfterMs != null;
  }

  /** What it breaks, in words; empty when it is as it must be. */
  String broken() {
    var said = new StringBuilder();
    if (leadsAfterMs != null && leadsAfterMs > ACTS_MS) {
      said.append("another led after ").append(leadsAfterMs).append(" ms; ");
    }
    if (waitedForNext() && actsAfterMs != null && actsAfterMs > ACTS_MS) {
      said.append("acted after ").append(actsAfterMs).append(" ms; ");
    }
    if (!waited && restartAfterMs != null && restartAfterMs > RESTARTS_MS) {
      said.append("restarted ").append(restartAfterMs).append(" ms after the death; ");
    }
    if (doubles + lost + falseRestarts > 0) {
      said.append("%d doubles, %d lost, %d false; ".formatted(doubles, lost, falseRestarts));
    }
    return said.toString();
  }

  /** What is done to the leader. */
  public enum Deed {
    /** SIGKILL; it is started again later. */
    KILL,
    /** SIGSTOP, and SIGCONT later. */
    STOP
  }

  /** When, relative to a worker's death. */
  public enum Moment {
    /** Up to four seconds before the worker dies. */
    BEFORE("before the death"),
    /** It holds the worker for dead, and has ordered nothing yet. */
    VERDICT("between verdict and order"),
    /** The order is on disk, and not sent. */
    KEPT("order kept, not sent"),
    /** It has looked whether it leads, and not sent the order yet. */
    LOOKED("looked, not sent"),
    /** The runner has the order; the answer does not come back. */
    SENT("order sent, not audited"),
    /** The worker dies while the next one takes over. */
    TAKEOVER("during the takeover");

    private final String words;

    Moment(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }
}
