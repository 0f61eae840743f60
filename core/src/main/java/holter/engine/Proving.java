package holter.engine;

import holter.channel.Channel;
import holter.detect.SlotCount;
import holter.detect.Verdict;
import java.util.BitSet;

/**
 * Asks lanes for a sample when a verdict waits for nothing else: a slot on a healthy path is over,
 * and counts as soon as the path is proved beyond it. A lane's own round may be a second away.
 */
final class Proving {
  /** As often as lanes sample while they heal; a sample takes some ten milliseconds. */
  static final long EVERY_MS = 200;

  /** One beat is lost now and then; a calm fleet costs no sample more. */
  private static final int SLOTS_MIN = 2;

  private final SlotCount slots;
  private final Channel channel;
  private final Outbox outbox;
  private final int missesMax;
  private final BitSet wanted = new BitSet();
  private final long[] askedMs = new long[Channel.PARTITIONS_MAX];

  /**
   * @param missesMax countable misses before an inference: beyond them nothing waits for a proof
   */
  Proving(SlotCount slots, Channel channel, Outbox outbox, int missesMax) {
    this.slots = slots;
    this.channel = channel;
    this.outbox = outbox;
    this.missesMax = missesMax;
    java.util.Arrays.fill(askedMs, -EVERY_MS);
  }

  /** The member's slots were just counted. */
  void counted(Member member) {
    var misses = member.misses;
    boolean waits =
        misses.pending() > 0
            && misses.pending() + misses.countable() >= SLOTS_MIN
            && misses.countable() <= missesMax
            && undecided(member);
    if (waits) {
      wanted.or(slots.unproved());
    }
  }

  private static boolean undecided(Member member) {
    return switch (member.verdict) {
      case Verdict.Alive v -> true;
      case Verdict.Suspect v -> true;
      case Verdict.Held v -> member.heldByChannel();
      case Verdict.Joining v -> true;
      case Verdict.Dead v -> false;
      case Verdict.Restarting v -> false;
      case Verdict.Backoff v -> false;
      case Verdict.Quarantined v -> false;
      case Verdict.Planned v -> false;
    };
  }

  /** Everybody was counted. */
  void tick(long nowMs) {
    for (int p = wanted.nextSetBit(0); p >= 0; p = wanted.nextSetBit(p + 1)) {
      if (nowMs - askedMs[p] >= EVERY_MS && channel.lanesProve(p)) {
        askedMs[p] = nowMs;
        outbox.add(new Action.Sample(p));
      }
    }
    wanted.clear();
  }
}
