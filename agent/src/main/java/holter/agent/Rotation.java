package holter.agent;

/**
 * Which partition a beat takes: {@code (start + seq · stride) mod partitions}. The stride has no
 * divisor in common with the count, so any {@code partitions} beats in a row take each partition
 * once; start and stride come from the instance's name, so that a fleet spreads in every slot.
 *
 * @param start of seq 0, at least 0
 * @param stride at least 1
 * @param partitions at least 1
 */
record Rotation(int start, int stride, int partitions) {

  static Rotation of(String instance, int partitions) {
    int mixed = mix(instance.hashCode());
    int start = Math.floorMod(mixed, partitions);
    int stride = 1 + Math.floorMod(mix(mixed), Math.max(1, partitions - 1));
    while (gcd(stride, partitions) != 1) {
      stride++;
    }
    return new Rotation(start, stride, partitions);
  }

  int partition(long seq) {
    long steps = Math.floorMod(seq, (long) partitions);
    return Math.floorMod(start + steps * stride, partitions);
  }

  /** MurmurHash3's finalizer: names that differ in the last digit land far apart. */
  private static int mix(int value) {
    int h = value;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
