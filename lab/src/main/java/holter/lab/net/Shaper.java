package holter.lab.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One direction of one host's NIC: a FIFO of bounded depth, emptied at a rate, and really counted.
 * All flows share it, so many hungry ones make the few small ones wait behind them. Thread-safe; a
 * change of rate or depth takes effect on what already waits.
 */
public final class Shaper implements AutoCloseable {
  /** What an idle NIC lets pass at once: tbf's burst, as a time. */
  private static final long BURST_NANOS = 2_000_000;

  private record Waiting(Packet packet, Consumer<Packet> out) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Thread server;
  private Nic nic;
  private long queuedBytes;
  private long freeAtNanos = System.nanoTime();
  private boolean handingOver;
  private long passedBytes;
  private long refusedPackets;

  Shaper(String name, Nic nic) {
    this.nic = nic;
    this.server = Thread.ofVirtual().name("shaper-" + name).start(this::serve);
  }

  /** Replaces rate and depth while traffic flows. */
  public void set(Nic next) {
    lock.lock();
    try {
      nic = next;
      freeAtNanos = Math.max(freeAtNanos, System.nanoTime() - BURST_NANOS);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Rate and depth as they are now. */
  public Nic nic() {
    lock.lock();
    try {
      return nic;
    } finally {
      lock.unlock();
    }
  }

  /** All bytes that ever left it. */
  public long passedBytes() {
    lock.lock();
    try {
      return passedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** How often a packet found the queue full. */
  public long refusedPackets() {
    lock.lock();
    try {
      return refusedPackets;
    } finally {
      lock.unlock();
    }
  }

  /** How long a packet that came now would wait: the truth about saturation. */
  public Duration backlog() {
    lock.lock();
    try {
      return nic.unlimited()
          ? Duration.ZERO
          : Duration.ofNanos((long) (queuedBytes * 1e9 / nic.bytesPerSecond()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a packet and gives it to {@code out} once it has left, in order and at once if nothing
   * waits; {@code out} must not block. Never blocks itself: false says that the queue is full.
   */
  boolean offer(Packet packet, Consumer<Packet> out) {
    lock.lock();
    try {
      if (!passesAtOnce(packet)) {
        if (!nic.unlimited() && queuedBytes + packet.wireBytes() > nic.queueBytesMax()) {
          refusedPackets++;
          return false;
        }
        queue.add(new Waiting(packet, out));
        queuedBytes += packet.wireBytes();
        changed.signal();
        return true;
      }
      passedBytes += packet.wireBytes();
      out.accept(packet); // under the lock, so that nothing overtakes it
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean passesAtOnce(Packet packet) {
    if (!queue.isEmpty() || handingOver) {
      return false;
    }
    if (nic.unlimited()) {
      return true;
    }
    long now = System.nanoTime();
    long done = Math.max(freeAtNanos, now - BURST_NANOS) + nic.nanosFor(packet.wireBytes());
    if (done > now) {
      return false;
    }
    freeAtNanos = done;
    return true;
  }

  private void serve() {
    lock.lock();
    try {
      while (true) {
        while (queue.isEmpty()) {
          changed.await();
          freeAtNanos = Math.max(freeAtNanos, System.nanoTime() - BURST_NANOS);
        }
        long early = doneNanos() - System.nanoTime();
        while (early > 0) {
          changed.await(early, TimeUnit.NANOSECONDS);
          early = doneNanos() - System.nanoTime(); // the rate may have changed meanwhile
        }
        handOver(depart());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      lock.unlock();
    }
  }

  /** When the first in the queue will have left. */
  private long doneNanos() {
    return nic.unlimited()
        ? freeAtNanos
        : freeAtNanos + nic.nanosFor(queue.element().packet.wireBytes());
  }

  private Waiting depart() {
    freeAtNanos = doneNanos();
    var head = queue.remove();
    queuedBytes -= head.packet.wireBytes();
    passedBytes += head.packet.wireBytes();
    return head;
  }

  private void handOver(Waiting head) {
    handingOver = true;
    lock.unlock();
    try {
      head.out.accept(head.packet);
    } finally {
      lock.lock();
      handingOver = false;
    }
  }

  @Override
  public void close() {
    server.interrupt();
  }
}
