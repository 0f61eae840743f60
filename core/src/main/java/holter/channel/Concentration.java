package holter.channel;

/**
 * Whether silent senders sit on one partition more often than chance would put them there: Fisher's
 * exact test, one-sided, on the hypergeometric distribution (R. A. Fisher, Statistical Methods for
 * Research Workers, 5th edition 1934, §21.02). It needs no large numbers, which is why it is used:
 * a fleet may have ten senders.
 */
public final class Concentration {
  /** Below this probability, over all partitions together, it is the partition and not chance. */
  static final double IMPROBABLE = 0.01;

  private Concentration() {}

  /**
   * Whether the silence of keyed senders points at a partition.
   *
   * @param senders all keyed senders whose partition is known
   * @param there those of them that send to this one
   * @param silent all that are silent
   * @param silentThere those of them that send to this one
   * @param partitions how many are tested: each test may err by chance
   */
  public static boolean accuses(
      int senders, int there, int silent, int silentThere, int partitions) {
    return silentThere >= 2
        && chance(senders, there, silent, silentThere) * partitions <= IMPROBABLE;
  }

  /** The probability of at least {@code silentThere} among {@code silent} drawn at random. */
  static double chance(int senders, int there, int silent, int silentThere) {
    double sum = 0;
    for (int k = silentThere; k <= Math.min(there, silent); k++) {
      sum += Math.exp(ln(there, k) + ln(senders - there, silent - k) - ln(senders, silent));
    }
    return Math.min(1, sum);
  }

  /** The natural logarithm of n over k, −∞ when there is no such choice. */
  private static double ln(int n, int k) {
    if (k < 0 || k > n) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      sum += Math.log((double) (n + 1 - i) / i);
    }
    return sum;
  }
}
