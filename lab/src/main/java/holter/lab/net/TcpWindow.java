package holter.lab.net;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much one flow may have under way: TCP's congestion window, so that flows share a full queue
 * as they do in a kernel. It doubles until a packet is refused, then falls to 0.7 and climbs back
 * along CUBIC's curve (RFC 9438). Retransmission itself is not modelled: a refused packet is
 * offered again. Thread-safe.
 */
final class TcpWindow {
  private static final long MSS = Packet.FRAME_BYTES;
  private static final long WINDOW_BYTES_MAX = 4L << 20; // Linux: net.ipv4.tcp_wmem, largest
  private static final long UNREAD_BYTES_MAX = 256L << 10;
  private static final double BETA = 0.7;
  private static final double CUBIC_C = 0.4;
  private static final Duration RTO_MIN = Duration.ofMillis(200);
  private static final Duration RTO_MAX = Duration.ofSeconds(60);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private double windowBytes = 10 * MSS; // RFC 6928
  private boolean slowStart = true;
  private double lossWindow;
  private long lossNanos;
  private long recoverBytes;
  private long inFlightBytes;
  private long unreadBytes;
  private long transitNanos;
  private int refusalsInARow;
  private long arrivals;

  /** Waits until {@code bytes} more may set out, and counts them as under way. */
  void depart(int bytes) throws InterruptedException {
    lock.lock();
    try {
      while ((inFlightBytes > 0 && inFlightBytes + bytes > windowBytes)
          || (unreadBytes > 0 && unreadBytes + bytes > UNREAD_BYTES_MAX)) {
        progress.await();
      }
      inFlightBytes += bytes;
    } finally {
      lock.unlock();
    }
  }

  /** The other host's kernel has them. */
  void arrived(int bytes, long sentNanos) {
    lock.lock();
    try {
      inFlightBytes -= bytes;
      unreadBytes += bytes;
      transitNanos = System.nanoTime() - sentNanos;
      refusalsInARow = 0;
      arrivals++;
      if (recoverBytes > 0) {
        recoverBytes -= bytes;
      } else {
        grow(bytes);
      }
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The other host's process has read them. */
  void read(int bytes) {
    lock.lock();
    try {
      unreadBytes -= bytes;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void grow(int bytes) {
    if (slowStart) {
      windowBytes = Math.min(WINDOW_BYTES_MAX, windowBytes + bytes);
      return;
    }
    double top = lossWindow / MSS;
    double k = Math.cbrt(top * (1 - BETA) / CUBIC_C);
    double seconds = (System.nanoTime() - lossNanos) / 1e9;
    double target = (CUBIC_C * Math.pow(seconds - k, 3) + top) * MSS;
    double step = Math.clamp((target - windowBytes) / windowBytes, 0.01, 1) * bytes;
    windowBytes = Math.min(WINDOW_BYTES_MAX, windowBytes + step);
  }

  /**
   * A queue was full: shrinks, once per window, and waits until enough own packets have arrived
   * (what a hungry flow sees) or the retransmission timer ends (what a small one must wait for).
   */
  void refused() throws InterruptedException {
    lock.lock();
    try {
      if (recoverBytes <= 0) {
        slowStart = false;
        lossWindow = windowBytes;
        lossNanos = System.nanoTime();
        windowBytes = Math.max(2 * MSS, windowBytes * BETA);
        recoverBytes = inFlightBytes;
      }
      long rto = Math.max(RTO_MIN.toNanos(), 2 * transitNanos);
      rto = Math.min(RTO_MAX.toNanos(), rto << Math.min(refusalsInARow, 8));
      refusalsInARow++;
      long seen = arrivals;
      while ((arrivals == seen || inFlightBytes > windowBytes) && rto > 0) {
        rto = progress.awaitNanos(rto);
      }
    } finally {
      lock.unlock();
    }
  }

  long inFlightBytes() {
    lock.lock();
    try {
      return inFlightBytes;
    } finally {
      lock.unlock();
    }
  }
}
