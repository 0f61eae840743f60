package holter.lab.cases;

import org.jspecify.annotations.Nullable;

/**
 * Something that the lab must see for itself before Holter is asked; exactly one of its parts.
 *
 * @param isr a partition has so many replicas in sync
 * @param leaderless a partition has no leader
 * @param said a client's log has a line that this regular expression finds
 * @param dark a connect from one host to another gets no answer
 */
public record Confirm(
    @Nullable Isr isr, @Nullable Place leaderless, @Nullable Said said, @Nullable Way dark) {
  public Confirm {
    int given =
        (isr == null ? 0 : 1)
            + (leaderless == null ? 0 : 1)
            + (said == null ? 0 : 1)
            + (dark == null ? 0 : 1);
    if (given != 1) {
      throw new IllegalArgumentException(
          "exactly one of isr, leaderless, said, dark must be given");
    }
  }

  /** A partition with so many replicas in sync. */
  public record Isr(String topic, int partition, int size) {}

  /** A partition. */
  public record Place(String topic, int partition) {}

  /** A line in a client's log. */
  public record Said(String client, String text) {}

  /** From one host to another, at the brokers' port. */
  public record Way(String from, String to) {}
}
