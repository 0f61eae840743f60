package holter.lab.net;

import java.time.Duration;

/**
 * One direction of a network card, as {@code tc tbf} would have it.
 *
 * @param bytesPerSecond what leaves the queue; 0 is unlimited
 * @param depth the longest wait in the queue; what would wait longer is refused at its entrance, as
 *     tbf's {@code latency} has it
 */
public record Nic(long bytesPerSecond, Duration depth) {
  /** Passes everything at once, and counts it. */
  public static final Nic UNLIMITED = new Nic(0, Duration.ZERO);

  public Nic {
    if (bytesPerSecond < 0 || depth.isNegative()) {
      throw new IllegalArgumentException("a NIC's rate and depth are not negative");
    }
  }

  public boolean unlimited() {
    return bytesPerSecond == 0;
  }

  /** The most bytes that may wait; two full frames always may. */
  long queueBytesMax() {
    return Math.max(2 * Packet.FRAME_BYTES, (long) (bytesPerSecond * (depth.toMillis() / 1000.0)));
  }

  long nanosFor(int bytes) {
    return (long) (bytes * 1e9 / bytesPerSecond);
  }
}
