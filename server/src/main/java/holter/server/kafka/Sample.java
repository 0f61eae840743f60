package holter.server.kafka;

import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import java.util.Optional;
import org.apache.kafka.clients.ClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * One probe record on its way, and what is known of it.
 *
 * <pre>
 * waiting --handed to the line--> sent --acknowledged--> acked --fetched--> Seen
 *    |                              |                      '--deadline--> AckedUnseen, FetchSilent
 *    '--refused--> Refused          '--error, deadline--> Unacked
 * any of them, when leader or epoch change: Voided
 * </pre>
 *
 * A sample of a lane that cannot write goes from waiting or sent to Fetched or FetchSilent. Exactly
 * one outcome; what comes after it changes nothing. Not thread-safe.
 */
final class Sample {
  private final int partition;
  private final int leaderId;
  private final int leaderEpoch;
  private final boolean writes;
  private final long sentAtMs;
  private boolean onTheWire;
  private boolean fetchAnswered;
  private long offset = -1;
  private long ackMs = -1;
  private String lastTrouble = "";
  private @Nullable LaneSample ended;

  /** A sample that begins now. {@code writes}: it is a record to be acknowledged and fetched. */
  Sample(int partition, int leaderId, int leaderEpoch, boolean writes, long nowMs) {
    this.partition = partition;
    this.leaderId = leaderId;
    this.leaderEpoch = leaderEpoch;
    this.writes = writes;
    this.sentAtMs = nowMs;
  }

  int partition() {
    return partition;
  }

  boolean writes() {
    return writes;
  }

  long sentAtMs() {
    return sentAtMs;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  boolean waiting() {
    return ended == null && !onTheWire;
  }

  boolean acked() {
    return ended == null && ackMs >= 0;
  }

  /** Where the leader put the record; −1 before it is acknowledged. */
  long offset() {
    return offset;
  }

  void handedOver() {
    onTheWire = true;
  }

  /** Back to waiting: to be asked again, on this connection or on the next. */
  void askAgain() {
    onTheWire = false;
  }

  void acknowledged(long at, long nowMs) {
    if (ended == null) {
      offset = at;
      ackMs = nowMs - sentAtMs;
    }
  }

  /** The leader answered a fetch that was to bring this record, and did not bring it yet. */
  void notYetVisible() {
    fetchAnswered = true;
  }

  void seen(long nowMs) {
    end(new LaneOutcome.Seen(ackMs, nowMs - sentAtMs), nowMs);
  }

  void fetched(long nowMs) {
    end(new LaneOutcome.Fetched(nowMs - sentAtMs), nowMs);
  }

  /** The line could not be opened, and the leader's host said so at once. */
  void refused(String error, long nowMs) {
    if (waiting()) {
      end(new LaneOutcome.Refused(error), nowMs);
    }
  }

  /** The write failed in a way that leaves open whether the record was kept. */
  void failed(String error, long nowMs) {
    if (ackMs < 0) {
      end(writes ? new LaneOutcome.Unacked(error) : new LaneOutcome.FetchSilent(error), nowMs);
    } else {
      lastTrouble = error;
    }
  }

  /**
   * Its request got no answer. When we gave the connection up because of an older request, a sample
   * gets another chance on the next one: that end was our own, not the leader's.
   */
  void unanswered(ClientResponse response, long nowMs) {
    if (response.wasTimedOut()) {
      askAgain();
    } else {
      failed(Calls.error(response), nowMs);
    }
  }

  void voided(String why, long nowMs) {
    end(new LaneOutcome.Voided(why), nowMs);
  }

  /** The deadline has come. {@code trouble}: what is known of the line, in a word. */
  void expire(String trouble, long nowMs) {
    if (!writes) {
      end(new LaneOutcome.FetchSilent(trouble), nowMs);
    } else if (ackMs < 0) {
      end(new LaneOutcome.Unacked(trouble), nowMs);
    } else if (fetchAnswered) {
      end(new LaneOutcome.AckedUnseen(ackMs), nowMs);
    } else {
      // Acknowledged, then silence: nothing is known of the high watermark.
      end(new LaneOutcome.FetchSilent(lastTrouble.isEmpty() ? trouble : lastTrouble), nowMs);
    }
  }

  /** The sample with its outcome, once it has one. */
  Optional<LaneSample> ended() {
    return Optional.ofNullable(ended);
  }

  private void end(LaneOutcome outcome, long nowMs) {
    if (ended == null) {
      ended = new LaneSample(partition, leaderId, leaderEpoch, sentAtMs, nowMs, outcome);
    }
  }
}
