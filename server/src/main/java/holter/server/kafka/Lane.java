package holter.server.kafka;

import holter.channel.LaneOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One partition's lane: its samples under way, and whether it may write. Not thread-safe. */
final class Lane {
  /** Good samples that end a sickness; the judge of paths asks for as many. */
  private static final int HEALING_SAMPLES = 10;

  private final int partition;
  private final List<Sample> underWay = new ArrayList<>();
  private int leaderEpoch;
  private long end = -1;
  private long position = -1;
  private String denied = "";
  private int toHeal;
  private boolean good = true;

  Lane(int partition, int leaderEpoch) {
    this.partition = partition;
    this.leaderEpoch = leaderEpoch;
  }

  int partition() {
    return partition;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  /** The high watermark as of the last fetch; −1 when not known. Used by lanes that only fetch. */
  long end() {
    return end;
  }

  void end(long offset) {
    end = offset;
  }

  /**
   * Where to fetch so that {@code offset} comes. It is never beyond the high watermark that the
   * leader last told: it would answer such a fetch at once and with nothing, again and again.
   */
  long positionFor(long offset) {
    return position < 0 ? offset : Math.min(position, offset);
  }

  /** What a fetch taught: the next record to be read, or the high watermark where it ended. */
  void position(long offset) {
    position = offset;
  }

  /** Why this lane may not write although there is a twin; empty when it may. */
  String denied() {
    return denied;
  }

  void deny(String why) {
    denied = why;
  }

  void add(Sample sample) {
    underWay.add(sample);
  }

  List<Sample> underWay() {
    return underWay;
  }

  /**
   * Whether it was bad and is good again, for fewer than so many samples: whoever waits for the
   * path to be well need not wait long for the rest of the proof.
   */
  boolean healing() {
    return good && toHeal > 0;
  }

  private void came(LaneOutcome outcome) {
    switch (outcome) {
      case LaneOutcome.Seen seen -> well();
      case LaneOutcome.Fetched fetched -> well();
      case LaneOutcome.AckedUnseen unseen -> ill();
      case LaneOutcome.Unacked unacked -> ill();
      case LaneOutcome.FetchSilent silent -> ill();
      case LaneOutcome.Refused refused -> ill();
      case LaneOutcome.Voided voided -> {}
    }
  }

  private void well() {
    good = true;
    toHeal = Math.max(0, toHeal - 1);
  }

  private void ill() {
    good = false;
    toHeal = HEALING_SAMPLES;
  }

  boolean any(Predicate<Sample> wanted) {
    return underWay.stream().anyMatch(wanted);
  }

  /** The leader's epoch as the map has it now: samples from before another epoch say nothing. */
  void epoch(int epoch, long nowMs) {
    if (epoch != leaderEpoch) {
      underWay.forEach(s -> s.voided("the leader's epoch changed", nowMs));
      leaderEpoch = epoch;
      position = -1;
      end = -1;
    }
  }

  /** Hands out the samples that have an outcome, oldest first. */
  void reap(Consumer<Sample> out) {
    for (Iterator<Sample> all = underWay.iterator(); all.hasNext(); ) {
      Sample sample = all.next();
      if (sample.ended().isPresent()) {
        came(sample.ended().get().outcome());
        all.remove();
        out.accept(sample);
      }
    }
  }
}
