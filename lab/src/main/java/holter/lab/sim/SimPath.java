package holter.lab.sim;

import holter.channel.LaneOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One partition's path as it is now, and the records that are under way on it. */
final class SimPath {
  static final double LOSS = 0.0005;
  static final long LATE_MAX_MS = 15_000;

  /** A lane gives a sample up after this. */
  static final long DEADLINE_MS = 2_000;

  long readerLagMs;
  private PathKind kind = PathKind.FINE;

  /** When it was last seen not to be well; long ago for never. */
  private long illMs = -1_000_000;

  private final SplittableRandom random;
  private List<Under> under = new ArrayList<>();

  private static final class Under {
    final Runnable deliver;
    boolean done;

    Under(Runnable deliver) {
      this.deliver = deliver;
    }

    void deliver() {
      if (!done) {
        done = true;
        deliver.run();
      }
    }
  }

  SimPath(SplittableRandom random) {
    this.random = random;
  }

  /** Log-normal around 20 ms, and 5 ms at least. */
  static long delayMs(SplittableRandom random) {
    return 5 + (long) (15 * Math.exp(random.nextGaussian() * 0.5));
  }

  PathKind kind() {
    return kind;
  }

  void becomes(PathKind sickness) {
    kind = sickness;
  }

  /** Whether beats pass and are read in time. */
  boolean well() {
    return kind == PathKind.FINE && readerLagMs == 0;
  }

  /** The last moment up to {@code nowMs} at which it was not well. */
  long illMs(long nowMs) {
    illMs = well() ? illMs : nowMs;
    return illMs;
  }

  /** Delivers {@code record} late, or earlier when the path heals before. */
  void later(EventQueue queue, long afterMs, Runnable record) {
    var kept = new Under(record);
    under.add(kept);
    if (afterMs >= 0) {
      queue.at(queue.nowMs() + afterMs, kept::deliver);
    }
  }

  /** The path is well again: what is under way comes within two seconds, oldest first. */
  void heal(EventQueue queue) {
    illMs = queue.nowMs();
    kind = PathKind.FINE;
    var left = under.stream().filter(u -> !u.done).toList();
    under = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      queue.at(queue.nowMs() + 20 + 2_000L * i / left.size(), left.get(i)::deliver);
    }
  }

  /** What a lane's sample sent now ends with. */
  LaneOutcome sample() {
    long ack = delayMs(random);
    return switch (kind) {
      case FINE, UNHEARD -> new LaneOutcome.Seen(ack, ack + delayMs(random));
      case LOST, BLOCKS -> new LaneOutcome.Unacked("TIMEOUT");
      case SLOW -> slow();
      case UNSEEN -> new LaneOutcome.AckedUnseen(ack);
      case REFUSED -> new LaneOutcome.Refused("refused");
    };
  }

  private LaneOutcome slow() {
    long late = random.nextLong(LATE_MAX_MS);
    return random.nextBoolean() || late >= DEADLINE_MS
        ? new LaneOutcome.Unacked("TIMEOUT")
        : new LaneOutcome.Seen(late, late + delayMs(random));
  }

  /** When that outcome is known, after the send. */
  static long endsAfterMs(LaneOutcome outcome) {
    return switch (outcome) {
      case LaneOutcome.Seen(long ack, long seen) -> Math.min(seen, DEADLINE_MS);
      case LaneOutcome.Refused refused -> 20;
      case LaneOutcome.AckedUnseen unseen -> DEADLINE_MS;
      case LaneOutcome.Unacked unacked -> DEADLINE_MS;
      case LaneOutcome.Fetched(long fetch) -> fetch;
      case LaneOutcome.FetchSilent silent -> DEADLINE_MS;
      case LaneOutcome.Voided voided -> DEADLINE_MS;
    };
  }

  /** Whether whoever reads it gets answers. */
  boolean reads() {
    return kind == PathKind.FINE || kind == PathKind.UNHEARD || kind == PathKind.UNSEEN;
  }
}
