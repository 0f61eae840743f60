package holter.lab.scenario;

import java.time.Duration;

/**
 * A host's NIC: one shaper per direction.
 *
 * @param rate of each direction
 * @param depth longest time that a byte waits in the queue, as {@code tc tbf}'s latency
 */
public record Host(Rate rate, Duration depth) {
  /** A gigabit NIC with a short queue, far above what a lab moves. */
  public static final Host DEFAULT = new Host(new Rate(125_000_000), Duration.ofMillis(50));

  public Host {
    rate = rate == null ? new Rate(125_000_000) : rate;
    depth = depth == null ? Duration.ofMillis(50) : depth;
  }
}
