package holter.engine;

import holter.detect.ProbeOutcome;
import holter.detect.Verdict;
import holter.fleet.InstanceId;

/**
 * Asks instances directly: from the first missed slot on, one question at a time each, rationed
 * over the fleet so that a dark channel does not become a storm of questions.
 */
final class Asking {
  /** A question without any outcome for this long is lost. */
  private static final long LOST_MS = 3_000;

  private static final long SUSPECT_EVERY_MS = 400;
  private static final long HELD_EVERY_MS = 1_000;
  private static final long HELD_LONG_EVERY_MS = 3_000;
  private static final long HELD_LONG_MS = 15_000;

  /** Questions per second: the larger of this and a fifth of the fleet. */
  private static final int PER_SECOND = 50;

  private final Fleet fleet;
  private final Outbox outbox;
  private long second = Long.MIN_VALUE;
  private int sentThisSecond;
  private int startRow;

  Asking(Fleet fleet, Outbox outbox) {
    this.fleet = fleet;
    this.outbox = outbox;
  }

  /** Sends what is due; whoever waited longest by row order comes first. */
  void tick(long nowMs) {
    if (nowMs / 1_000 != second) {
      second = nowMs / 1_000;
      sentThisSecond = 0;
    }
    int rows = fleet.rowsEnd();
    int budget = Math.max(PER_SECOND, fleet.size() / 5);
    for (int i = 0; i < rows; i++) {
      int row = (startRow + i) % rows;
      var member = fleet.at(row);
      if (member != null && due(row, member, nowMs)) {
        if (sentThisSecond >= budget) {
          startRow = row;
          return;
        }
        ask(row, member, nowMs);
      }
    }
  }

  private boolean due(int row, Member member, long nowMs) {
    if (member.askingMs >= 0 && nowMs - member.askingMs < LOST_MS) {
      return false;
    }
    boolean wanted =
        switch (member.verdict) {
          case Verdict.Alive v -> member.misses.total() >= 1;
          case Verdict.Suspect v -> true;
          case Verdict.Held v -> true;
          case Verdict.Dead v -> true;
          case Verdict.Joining v -> false;
          case Verdict.Restarting v -> false;
          case Verdict.Backoff v -> false;
          case Verdict.Quarantined v -> false;
          case Verdict.Planned v -> false;
        };
    return wanted
        && !fleet.table().answerAt(row).isEmpty()
        && nowMs - member.askedMs >= every(row, member, nowMs);
  }

  private long every(int row, Member member, long nowMs) {
    if (member.held()) {
      boolean longHeld = nowMs - member.verdict.sinceMs() > HELD_LONG_MS;
      return longHeld ? HELD_LONG_EVERY_MS : HELD_EVERY_MS;
    }
    boolean suspect = member.misses.countable() > 0 || !(member.verdict instanceof Verdict.Alive);
    return suspect || member.asked.refused() > 0
        ? SUSPECT_EVERY_MS
        : Math.max(1_000, fleet.table().intervalMs(row));
  }

  private void ask(int row, Member member, long nowMs) {
    sentThisSecond++;
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
    }
  }
}
