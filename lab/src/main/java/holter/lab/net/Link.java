package holter.lab.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The network between one pair of hosts: its mode, and the connections that stand. Thread-safe. */
final class Link implements AutoCloseable {
  /** A capped link queues little: one packet per flow waits for it, no more. */
  private static final Duration CAPPED_DEPTH = Duration.ofMinutes(10);

  private final String first;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Shaper firstToSecond;
  private final Shaper secondToFirst;
  private LinkMode mode = LinkMode.PASS;

  Link(String first, String second) {
    this.first = first;
    this.firstToSecond = new Shaper(first + "-" + second, Nic.UNLIMITED);
    this.secondToFirst = new Shaper(second + "-" + first, Nic.UNLIMITED);
  }

  LinkMode mode() {
    lock.lock();
    try {
      return mode;
    } finally {
      lock.unlock();
    }
  }

  void set(LinkMode next) {
    var nic =
        next instanceof LinkMode.Rate rate
            ? new Nic(rate.bytesPerSecond(), CAPPED_DEPTH)
            : Nic.UNLIMITED;
    firstToSecond.set(nic);
    secondToFirst.set(nic);
    lock.lock();
    try {
      mode = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (next instanceof LinkMode.Reset || next instanceof LinkMode.Refused) {
      connections.forEach(Connection::reset);
    }
  }

  /** Waits until bytes are taken from the sockets of this link. */
  void awaitReadable() throws InterruptedException {
    lock.lock();
    try {
      while (mode instanceof LinkMode.StopReading) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Holds a packet of {@code sender} for as long as the network loses or delays it. */
  void carry(Packet packet, String sender) throws InterruptedException {
    lock.lock();
    try {
      while (loses(sender)) {
        changed.await();
      }
      while (mode instanceof LinkMode.Delay delay) {
        long early = packet.crossedNanos + delay.oneWay().toNanos() - System.nanoTime();
        if (early <= 0) {
          break;
        }
        changed.await(early, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean loses(String sender) {
    return switch (mode) {
      case LinkMode.Dark _ -> true;
      case LinkMode.DropFrom drop -> drop.from().equals(sender);
      case LinkMode.Pass _,
          LinkMode.Delay _,
          LinkMode.Rate _,
          LinkMode.StopReading _,
          LinkMode.Reset _,
          LinkMode.CloseOnAccept _,
          LinkMode.IdleCut _,
          LinkMode.Refused _ ->
          false;
    };
  }

  /** The cap of the direction in which {@code sender} sends. */
  Shaper cap(String sender) {
    return sender.equals(first) ? firstToSecond : secondToFirst;
  }

  void add(Connection connection) {
    connections.add(connection);
    if (mode() instanceof LinkMode.Reset || mode() instanceof LinkMode.Refused) {
      connection.reset(); // the mode came while it was being made
    }
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  int standing() {
    return connections.size();
  }

  /** Cuts what was silent for too long; called at intervals. */
  void cutIdle() {
    if (mode() instanceof LinkMode.IdleCut cut) {
      connections.forEach(connection -> connection.cutIfIdle(cut.after()));
    }
  }

  @Override
  public void close() {
    connections.forEach(Connection::reset);
    firstToSecond.close();
    secondToFirst.close();
  }
}
