package holter.lab.sim;

/** One simulated host of workers. */
final class SimHost {
  final int number;
  boolean lives = true;
  boolean reachesKafka = true;

  /** When it was last seen to be gone or cut off; long ago for never. */
  private long illMs = -1_000_000;

  SimHost(int number) {
    this.number = number;
  }

  String name() {
    return "host-%02d".formatted(number);
  }

  /** The last moment up to {@code nowMs} at which it was gone or cut off. */
  long illMs(long nowMs) {
    illMs = lives && reachesKafka ? illMs : nowMs;
    return illMs;
  }
}
