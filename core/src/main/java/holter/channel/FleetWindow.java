package holter.channel;

import java.util.BitSet;

/**
 * What the fleet itself shows of one partition over the last ten seconds: send results told by
 * instances, and the slots of rotating senders that arrived or were skipped. It covers the leg from
 * the instances to the leader, which no lane of ours travels.
 */
public final class FleetWindow {
  private static final int SECONDS = 10;

  /** Fewer failures than this may be one instance's own trouble. */
  private static final int FAILED_MIN = 4;

  private final long[] second = new long[SECONDS];
  private final int[] acked = new int[SECONDS];
  private final int[] failed = new int[SECONDS];
  private final int[] arrived = new int[SECONDS];
  private final int[] skipped = new int[SECONDS];
  private final long[] ackMsMax = new long[SECONDS];
  private final BitSet[] failers = new BitSet[SECONDS];
  private final BitSet[] reporters = new BitSet[SECONDS];

  FleetWindow() {
    for (int i = 0; i < SECONDS; i++) {
      second[i] = -1;
      failers[i] = new BitSet();
      reporters[i] = new BitSet();
    }
  }

  /** An instance told what became of a beat it sent here; {@code ackMs} −1 for a failure. */
  void told(int instance, long ackMs, long nowMs) {
    int slot = slot(nowMs);
    reporters[slot].set(instance);
    if (ackMs >= 0) {
      acked[slot]++;
      ackMsMax[slot] = Math.max(ackMsMax[slot], ackMs);
    } else {
      failed[slot]++;
      failers[slot].set(instance);
    }
  }

  /** A rotating sender's slot here was filled, or skipped by a later beat. */
  void slot(boolean came, long nowMs) {
    if (came) {
      arrived[slot(nowMs)]++;
    } else {
      skipped[slot(nowMs)]++;
    }
  }

  private int slot(long nowMs) {
    long now = nowMs / 1_000;
    int slot = (int) (now % SECONDS);
    if (second[slot] != now) {
      second[slot] = now;
      acked[slot] = 0;
      failed[slot] = 0;
      arrived[slot] = 0;
      skipped[slot] = 0;
      ackMsMax[slot] = 0;
      failers[slot].clear();
      reporters[slot].clear();
    }
    return slot;
  }

  /** The sums of the window. */
  public Sums sums(long nowMs) {
    var all = new BitSet();
    var bad = new BitSet();
    int[] sum = new int[4];
    long ackMax = 0;
    for (int i = 0; i < SECONDS; i++) {
      if (second[i] >= 0 && nowMs / 1_000 - second[i] < SECONDS) {
        all.or(reporters[i]);
        bad.or(failers[i]);
        sum[0] += acked[i];
        sum[1] += failed[i];
        sum[2] += arrived[i];
        sum[3] += skipped[i];
        ackMax = Math.max(ackMax, ackMsMax[i]);
      }
    }
    return new Sums(all.cardinality(), bad.cardinality(), sum[0], sum[1], sum[2], sum[3], ackMax);
  }

  /** What ten seconds of the fleet add up to. */
  public record Sums(
      int reporters, int failers, int acked, int failed, int arrived, int skipped, long ackMsMax) {
    /** Whether most of what several instances sent here did not arrive. */
    public boolean failing() {
      boolean byWord = failers >= 2 && failed >= FAILED_MIN && failed > acked;
      boolean bySlots = skipped >= FAILED_MIN && skipped > arrived;
      return byWord || bySlots;
    }
  }
}
