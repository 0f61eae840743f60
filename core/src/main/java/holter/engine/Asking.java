package holter.engine;

import holter.channel.Channel;
import holter.detect.ProbeOutcome;
import holter.detect.Verdict;
import holter.fleet.InstanceId;

/**
 * Asks instances directly: from the first missed slot on, one question at a time each, rationed
 * over the fleet so that a dark channel does not become a storm of questions. Whom we restarted is
 * asked as well until it is heard: it may die again before.
 */
final class Asking {
  /** A question without any outcome for this long is lost. */
  private static final long LOST_MS = 3_000;

  private static final long SUSPECT_EVERY_MS = 400;
  private static final long HELD_EVERY_MS = 1_000;
  private static final long HELD_LONG_EVERY_MS = 2_000;
  private static final long HELD_LONG_MS = 15_000;

  /** Questions per second: the larger of this and a fifth of the fleet. */
  private static final int PER_SECOND = 100;

  /** Seconds of it that may be asked at once: when many die, the last must not wait long. */
  private static final int BURST_S = 4;

  /** Of these seconds the ones that are kept for the silent when the awaited ask for more. */
  private static final int KEPT_S = 2;

  /** Of a hundred questions those that the awaited have for themselves. */
  private static final int AWAITED_PERCENT = 20;

  /** Held, and its silence begins to count: what it answers now decides. */
  private static final int DECIDING_MISSES = 5;

  /** Deaf so often in a row, a life that had answered is not coming up: it is silent. */
  private static final int DEAF_TWICE = 2;

  /** Of them for getting to know who beats well. */
  private static final int MEETINGS_PER_SECOND = 10;

  /** A life that did not answer when it was well is asked again after this. */
  private static final long MEET_EVERY_MS = 30_000;

  /** Rows that are looked at in one turn for somebody to get to know. */
  private static final int MEET_LOOKS = 2_000;

  private final Fleet fleet;
  private final Channel channel;
  private final Outbox outbox;
  private int metThisSecond;
  private long second = Long.MIN_VALUE;
  private double questions = BURST_S * PER_SECOND;
  private double share;
  private long filledMs = -1;
  private int startRow;
  private int awaitedRow;
  private int meetRow;

  Asking(Fleet fleet, Channel channel, Outbox outbox) {
    this.fleet = fleet;
    this.channel = channel;
    this.outbox = outbox;
  }

  /** Sends what is due; whoever waited longest by row order comes first. */
  void tick(long nowMs) {
    if (nowMs / 1_000 != second) {
      second = nowMs / 1_000;
      metThisSecond = 0;
    }
    fill(nowMs);
    awaited(nowMs);
    ask(nowMs, true);
    ask(nowMs, false);
    meet(nowMs);
  }

  /** Whom we restarted and have not heard yet, in turn: a share, and what the silent leave. */
  private void awaited(long nowMs) {
    double kept = KEPT_S * perSecond();
    int from = fleet.nextAwake(awaitedRow);
    awaitedRow = 0;
    for (int row = from; row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null && awaited(member) && due(row, member, nowMs)) {
        if (questions < 1 || (share < 1 && questions <= kept)) {
          awaitedRow = row;
          return;
        }
        share = Math.max(0, share - 1);
        ask(row, member, nowMs);
      }
    }
  }

  private static boolean awaited(Member member) {
    return member.verdict instanceof Verdict.Joining && member.order != null;
  }

  /** Those who rest are got to know in turn, a few per second. */
  private void meet(long nowMs) {
    int rows = fleet.rowsEnd();
    for (int i = 0; i < Math.min(rows, MEET_LOOKS); i++) {
      if (metThisSecond >= MEETINGS_PER_SECOND || questions < 1) {
        return;
      }
      meetRow = meetRow + 1 < rows ? meetRow + 1 : 0;
      if (fleet.unmetSince(meetRow, nowMs - MEET_EVERY_MS)) {
        var member = fleet.at(meetRow);
        if (member != null) {
          ask(meetRow, member, nowMs);
        }
      }
    }
  }

  /**
   * @param again those that refused or stood still once: a second word makes it a proof
   */
  private void ask(long nowMs, boolean again) {
    int from = startRow;
    if (ask(from, Integer.MAX_VALUE, again, nowMs)) {
      ask(0, from, again, nowMs);
    }
  }

  /** Asks the awake rows of a range; says whether any question is left. */
  private boolean ask(int from, int to, boolean again, long nowMs) {
    for (int row = fleet.nextAwake(from); row >= 0 && row < to; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      boolean turn = member != null && halfProved(row, member) == again;
      if (member != null && turn && (again || !awaited(member)) && due(row, member, nowMs)) {
        if (questions < 1) {
          startRow = again ? startRow : row;
          return false;
        }
        ask(row, member, nowMs);
      }
    }
    return true;
  }

  private void fill(long nowMs) {
    double perSecond = perSecond();
    double fresh = filledMs < 0 ? 0 : perSecond * (nowMs - filledMs) / 1_000;
    questions = Math.min(BURST_S * perSecond, questions + fresh);
    share = Math.min(AWAITED_PERCENT * perSecond / 100, share + AWAITED_PERCENT * fresh / 100);
    filledMs = nowMs;
  }

  private double perSecond() {
    return Math.max(PER_SECOND, fleet.size() / 5);
  }

  private boolean due(int row, Member member, long nowMs) {
    if (member.askingMs >= 0 && nowMs - member.askingMs < LOST_MS) {
      return false;
    }
    boolean wanted =
        switch (member.verdict) {
          case Verdict.Alive v -> late(member) || meets(row, member, nowMs);
          case Verdict.Suspect v -> true;
          case Verdict.Held v -> true;
          case Verdict.Dead v -> true;
          case Verdict.Joining v -> awaited(member);
          case Verdict.Restarting v -> false;
          case Verdict.Backoff v -> false;
          case Verdict.Quarantined v -> false;
          case Verdict.Planned v -> false;
        };
    return wanted
        && fleet.table().answers(row)
        && nowMs - member.askedMs >= every(row, member, nowMs);
  }

  /**
   * One more answer alike, and its death is proved. Who comes up refuses as well, until its next
   * life has had its port open.
   */
  private boolean halfProved(int row, Member member) {
    boolean comesUp =
        member.verdict instanceof Verdict.Joining
            && !member.asked.metNewer(fleet.table().life(row));
    return member.asked.halfProved() && !comesUp && !(member.verdict instanceof Verdict.Dead);
  }

  private static boolean late(Member member) {
    return member.misses.total() + member.misses.pending() >= 1;
  }

  /** Once in its life it is asked while it beats: a port known to be open can be found closed. */
  private boolean meets(int row, Member member, long nowMs) {
    return metThisSecond < MEETINGS_PER_SECOND
        && nowMs - member.askedMs >= MEET_EVERY_MS
        && !member.asked.met(fleet.table().life(row));
  }

  private long every(int row, Member member, long nowMs) {
    int counted = member.misses.countable();
    boolean deciding = counted > 0 ? counted <= DECIDING_MISSES : mute(member) && healing();
    if ((deciding && member.heldByChannel()) || halfProved(row, member)) {
      return SUSPECT_EVERY_MS;
    }
    if (member.verdict instanceof Verdict.Joining) {
      return Math.max(HELD_EVERY_MS, fleet.table().intervalMs(row));
    }
    if (member.held()) {
      boolean longHeld = nowMs - member.verdict.sinceMs() > HELD_LONG_MS;
      return longHeld ? HELD_LONG_EVERY_MS : HELD_EVERY_MS;
    }
    boolean suspect = late(member) || !(member.verdict instanceof Verdict.Alive);
    return suspect ? SUSPECT_EVERY_MS : Math.max(1_000, fleet.table().intervalMs(row));
  }

  private static boolean mute(Member member) {
    return !(member.asked.latest() instanceof ProbeOutcome.Answered);
  }

  /** Its paths come back: when its slots begin to count, its host must have been heard of. */
  private boolean healing() {
    return !channel.suffering();
  }

  private void ask(int row, Member member, long nowMs) {
    questions--;
    metThisSecond += late(member) || !(member.verdict instanceof Verdict.Alive) ? 0 : 1;
    member.askingMs = nowMs;
    member.askedMs = nowMs;
    member.asked.asked();
    var table = fleet.table();
    outbox.add(
        new Action.Probe(
            table.id(row), table.incarnation(row), table.answerAt(row), table.host(row)));
  }

  /** An outcome came back. */
  void answered(InstanceId id, long askedAtMs, ProbeOutcome outcome) {
    int row = fleet.table().row(id);
    var member = fleet.at(row);
    if (member == null) {
      return;
    }
    member.askingMs = -1;
    boolean oldLife =
        outcome instanceof ProbeOutcome.Answered answer
            && answer.incarnationCounter() < fleet.table().incarnation(row).counter();
    if (!oldLife && askedAtMs >= fleet.table().heardMs(row)) {
      member.asked.took(outcome, askedAtMs, fleet.table().intervalMs(row));
      expects(row, member, askedAtMs);
    }
  }

  /** A next life had answered before anybody heard it, and is deaf: its slots are due from now. */
  private void expects(int row, Member member, long askedAtMs) {
    boolean wentDeaf =
        awaited(member)
            && member.asked.metNewer(fleet.table().life(row))
            && member.asked.deafHostUp() + member.asked.deafHostDown() == DEAF_TWICE;
    if (wentDeaf && fleet.table().silentFromMs(row) > askedAtMs) {
      fleet.table().expectFrom(row, askedAtMs);
    }
  }
}
