package holter.engine;

import holter.channel.Channel;
import holter.detect.Verdict;
import holter.detect.VerdictWords;
import holter.fleet.Beat;
import holter.fleet.Hearing;
import holter.fleet.SendResult;
import holter.fleet.SenderKind;
import holter.words.Sentence;
import java.util.List;

/** What a beat does: to the table, to the path it came by, to the member it is of. */
final class Listening {
  /** The roster's last-heard time is refreshed this often at most. */
  private static final long REMEMBER_MS = 300_000;

  /** Slots looked at when a beat jumps over some. */
  private static final int SKIPPED_MAX = 16;

  private final Fleet fleet;
  private final Channel channel;
  private final Outbox outbox;
  private final long workMayStandMs;

  /**
   * @param workMayStandMs how long the work of one that beats may stand, 0 for ever
   */
  Listening(Fleet fleet, Channel channel, Outbox outbox, long workMayStandMs) {
    this.fleet = fleet;
    this.channel = channel;
    this.outbox = outbox;
    this.workMayStandMs = workMayStandMs;
  }

  void heard(Beat beat, long nowMs) {
    outbox.beat();
    var table = fleet.table();
    int row = table.row(beat.from());
    long heardMs = row < 0 ? -1 : table.heardMs(row);
    if (row >= 0) {
      long lives = table.livesAhead(row, beat.from());
      if (lives > 0) {
        fleet.at(row); // awake: what rests is known of the life before
      } else if (lives == 0) {
        noteSlots(row, beat, nowMs);
      }
    }
    long sentMs = sentMs(row, beat, nowMs);
    var hearing = table.hear(row, beat, nowMs, sentMs);
    if (!hearing.proofOfLife()) {
      if (hearing == Hearing.REFUSED) {
        outbox.garbled();
      } else {
        outbox.late();
      }
      return;
    }
    boolean news = row < 0 || table.toldNews();
    row = row < 0 ? table.row(beat.from()) : row;
    results(row, beat.results(), nowMs);
    if (sentMs < nowMs && hearing == Hearing.FRESH && !beat.planned()) {
      outbox.late(); // it lived when it sent it; who was silent since then is silent still
      return;
    }
    boolean calm = hearing == Hearing.FRESH && !news && !beat.planned() && !idle(row);
    if (!calm || !fleet.rests(row)) {
      member(row, nowMs, beat.planned(), hearing);
    }
    if (news || round(row, nowMs) != round(row, heardMs)) {
      outbox.add(new Action.Remember(table.known(row)));
    }
  }

  /**
   * When a beat was sent. On a path that is not well it may have been under way for long: then it
   * was sent when its slot was due, by those heard before it. A sick path must not let the dead
   * speak.
   */
  private long sentMs(int row, Beat beat, long nowMs) {
    if (row < 0 || !follows(row, beat) || channel.healthy(beat.place().partition())) {
      return nowMs;
    }
    var table = fleet.table();
    long ahead = beat.seq() - table.seq(row);
    long dueMs = table.heardMs(row) + ahead * table.intervalMs(row);
    return nowMs - dueMs > table.intervalMs(row) + table.slackMs(row) ? dueMs : nowMs;
  }

  private void results(int row, List<SendResult> results, long nowMs) {
    var table = fleet.table();
    for (int i = table.nextNew(row, results, 0); i >= 0; i = table.nextNew(row, results, i + 1)) {
      var result = results.get(i);
      channel.told(result.partition(), row, result.ackMs(), nowMs);
    }
  }

  /** Rows are remembered again in turn, not all at once. */
  private static long round(int row, long ms) {
    return (ms + row * 7_919L) / REMEMBER_MS;
  }

  private boolean idle(int row) {
    return workMayStandMs > 0 && fleet.table().workStoodMs(row) >= workMayStandMs;
  }

  private void member(int row, long nowMs, boolean planned, Hearing hearing) {
    var member = fleet.at(row);
    if (member == null) {
      var never = Sentence.of(VerdictWords.NEVER_HEARD);
      member = fleet.add(row, new Verdict.Joining(nowMs), "R1", never);
    }
    if (hearing != Hearing.FRESH) {
      member.restarts.born(nowMs);
    }
    if (!member.held()) {
      member.asked.clear();
    }
    member.heard(hearing == Hearing.REBORN, planned);
  }

  /**
   * What a beat of the present life says of the slots before it, on the paths that these slots
   * took.
   */
  private void noteSlots(int row, Beat beat, long nowMs) {
    var table = fleet.table();
    long ahead = beat.seq() - table.seq(row);
    long interval = table.intervalMs(row);
    if (!follows(row, beat)) {
      return;
    }
    for (int n = 1; n < ahead; n++) {
      int partition = table.slotPartition(row, n);
      if (partition >= 0) {
        channel.slot(partition, false, nowMs);
      }
    }
    int came = beat.place().partition();
    channel.slot(came, true, nowMs);
    channel.witnessed(came, row, Math.min(nowMs, table.heardMs(row) + ahead * interval));
  }

  /** Whether it is one of an agent's next beats, whose slots are known. */
  private boolean follows(int row, Beat beat) {
    var table = fleet.table();
    long ahead = beat.seq() - table.seq(row);
    return beat.from().kind() == SenderKind.AGENT
        && table.livesAhead(row, beat.from()) == 0
        && table.heardMs(row) >= 0
        && ahead > 0
        && ahead <= SKIPPED_MAX
        && table.intervalMs(row) > 0;
  }
}
