package holter.detect;

import java.util.List;

/**
 * The third table: what must be forgotten on the way back from a sickness. Each rule names a moment
 * before which slots do not count; the latest one holds. Together with the misses that an inference
 * needs, nothing is inferred for k intervals after a path or we ourselves came back, and for one
 * more of whom no question can be asked.
 */
public final class LeavingTable {
  private LeavingTable() {}

  /**
   * What may have just been left.
   *
   * @param pathHealthySinceMs of the slot's partition; the largest when it is not known
   * @param anyHealthySinceMs the latest moment any path became healthy
   * @param graceEndedMs when we were last sure of ourselves again
   * @param heardMs when the instance was last heard; −1 for never
   * @param placeKnown whether the instance's host is known, or it can be asked
   * @param askable whether it can be asked
   */
  public record Left(
      long pathHealthySinceMs,
      long anyHealthySinceMs,
      long graceEndedMs,
      long intervalMs,
      long heardMs,
      boolean placeKnown,
      boolean askable) {}

  /** A client may block its sender this long: {@code max.block.ms} of every Kafka producer. */
  static final long CLIENT_BLOCKS_MS = 60_000;

  /** One rule: slots due before the answer do not count. */
  public interface Rule {
    long countsFromMs(Left left);
  }

  /** In no order: the latest answer holds. */
  static final List<Rule> RULES =
      List.of(
          LeavingTable::l1PathHealed,
          LeavingTable::l2GraceEnded,
          LeavingTable::l3HostUnknown,
          LeavingTable::l4SenderBlocked);

  /**
   * A healed path delivers what was late first: one interval for that. Whoever can be asked needs
   * none: silence alone never accuses it.
   */
  static long l1PathHealed(Left left) {
    return after(left.pathHealthySinceMs(), left.askable() ? 0 : left.intervalMs());
  }

  /** After a pause of our own everything is read late at first. */
  static long l2GraceEnded(Left left) {
    return after(left.graceEndedMs(), left.askable() ? 0 : left.intervalMs());
  }

  /** A sender whose host is unknown may sit on the host that was sick. */
  static long l3HostUnknown(Left left) {
    return left.placeKnown() ? Long.MIN_VALUE : after(left.anyHealthySinceMs(), left.intervalMs());
  }

  /** Who was silent before the path healed may still be blocked by its client, if not asked. */
  static long l4SenderBlocked(Left left) {
    boolean since = left.heardMs() < left.pathHealthySinceMs();
    return left.askable() || !since || left.heardMs() < 0
        ? Long.MIN_VALUE
        : after(left.pathHealthySinceMs(), CLIENT_BLOCKS_MS);
  }

  private static long after(long ms, long intervalMs) {
    return ms == Long.MAX_VALUE ? ms : ms + intervalMs;
  }

  /** Slots due before this do not count. */
  public static long countsFromMs(Left left) {
    long from = Long.MIN_VALUE;
    for (var rule : RULES) {
      from = Math.max(from, rule.countsFromMs(left));
    }
    return from;
  }
}
