package holter.lab.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection through the emulated network: two sockets and a {@link Flow} each way. */
final class Connection {
  interface Work {
    void run() throws InterruptedException;
  }

  private final Socket client;
  private final Socket server;
  private final Link link;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger directions = new AtomicInteger(2);
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long touchedNanos = System.nanoTime();
  private volatile boolean cut;

  Connection(Socket client, Socket server, Link link) {
    this.client = client;
    this.server = server;
    this.link = link;
  }

  void start(Way toServer, Way toClient) {
    link.add(this);
    new Flow(client, server, toServer, this).start();
    new Flow(server, client, toClient, this).start();
  }

  void run(Work work) {
    var thread =
        Thread.ofVirtual()
            .name("flow-" + client.getLocalSocketAddress())
            .unstarted(
                () -> {
                  try {
                    work.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // the connection ended
                  } finally {
                    threads.remove(Thread.currentThread());
                  }
                });
    threads.add(thread);
    if (!ended.get()) {
      thread.start();
    }
  }

  void touched() {
    touchedNanos = System.nanoTime();
  }

  void cutIfIdle(Duration after) {
    cut |= System.nanoTime() - touchedNanos > after.toNanos();
  }

  /** Returns at once while the connection carries; once cut, it waits for the connection's end. */
  void awaitNotCut() throws InterruptedException {
    if (cut) {
      new CountDownLatch(1).await(); // ended by the interrupt of end()
    }
  }

  /** One direction has delivered its FIN; after both, the connection is over. */
  void halfEnded() {
    if (directions.decrementAndGet() == 0) {
      end();
    }
  }

  /** Both ends see RST, now. */
  void reset() {
    abort(client);
    abort(server);
    end();
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      link.remove(this);
      close(client);
      close(server);
      threads.forEach(Thread::interrupt);
    }
  }

  /** Closes with RST in place of FIN. */
  static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // closed already: nothing to reset
    }
    close(socket);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nobody can do anything about it, and the descriptor is free all the same
    }
  }
}
