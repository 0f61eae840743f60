package holter.detect;

/**
 * The slots of one instance that passed without a beat, by what their silence can mean.
 *
 * @param countable due on a healthy path that is proved beyond their deadline
 * @param partitions how many different partitions the countable ones lie on
 * @param uncounted due on sick or unknown paths, or before counting may begin
 * @param pending due on a healthy path that is not proved that far yet
 */
public record Misses(int countable, int partitions, int uncounted, int pending) {
  public static final Misses NONE = new Misses(0, 0, 0, 0);

  /** All slots that passed and are judged. */
  public int total() {
    return countable + uncounted;
  }
}
