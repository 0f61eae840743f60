package holter.lab.bench.killed;

import java.util.Random;

/**
 * When the processes of one trial are killed: so many signs of life after their start, and some
 * milliseconds later. A sign is a line of the journal or a write that the cluster has seen.
 */
final class Strikes {
  private static final int KILLS_MAX = 3;
  private static final int EARLY_ONE_IN = 10;
  private static final int EARLY_MS = 6_000;
  private static final int LATER_MS = 700;

  private final Random chance;
  private int left;

  /**
   * One of them.
   *
   * @param signs of life since its start
   * @param afterMs that it lives on
   */
  record Strike(int signs, int afterMs) {}

  Strikes(long seed) {
    chance = new Random(seed);
    left = 1 + chance.nextInt(KILLS_MAX);
  }

  boolean any() {
    return left > 0;
  }

  /**
   * The next one, at any of the signs that are still to come.
   *
   * @param toCome signs; from 0
   */
  Strike next(int toCome) {
    left--;
    if (toCome == 0 || chance.nextInt(EARLY_ONE_IN) == 0) {
      return new Strike(0, chance.nextInt(EARLY_MS));
    }
    int signs = 1 + chance.nextInt(toCome);
    return new Strike(signs, chance.nextBoolean() ? 0 : chance.nextInt(LATER_MS));
  }
}
