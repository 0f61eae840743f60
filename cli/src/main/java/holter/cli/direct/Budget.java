package holter.cli.direct;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What is left of the time of a command. Where much of it went by before anybody was asked, each
 * source gets less, so that the whole keeps what it promised. Thread-safe.
 */
final class Budget {
  /** For reasoning, printing and the end of the JVM. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  /** Whoever is asked gets at least so long, even when nothing is left. */
  private static final Duration LEAST = Duration.ofMillis(1500);

  private final long leftNs;
  private final long fromNs = System.nanoTime();
  private final Duration source;

  private Budget(long leftNs, Duration source) {
    this.leftNs = leftNs;
    this.source = source;
  }

  /** Sources have their deadline, the whole has none. */
  static Budget unbounded(Duration source) {
    return new Budget(Long.MAX_VALUE, source);
  }

  /** A whole that begins now; {@code source} is what one source gets at most. */
  static Budget fromNow(Duration whole, Duration source) {
    return new Budget(whole.minus(AFTERWARDS).toNanos(), source);
  }

  /** A whole that began with this process. */
  static Budget fromStart(Duration whole, Duration source) {
    long upMs = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return fromNow(whole.minusMillis(Math.max(0, upMs)), source);
  }

  /** How long one source may take from now on. */
  Duration source() {
    return left(source, Duration.ZERO);
  }

  /** How long something may take from now on, {@code most} at most, when so much is to be kept. */
  Duration left(Duration most, Duration kept) {
    Duration left = Duration.ofNanos(leftNs - (System.nanoTime() - fromNs)).minus(kept);
    Duration given = left.compareTo(most) < 0 ? left : most;
    return given.compareTo(LEAST) < 0 ? LEAST : given;
  }
}
