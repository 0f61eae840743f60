package holter.lab.pod;

import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.net.Service;
import holter.lab.process.LabException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A pod that sends bytes from one emulated host to another, over real connections through both
 * NICs. It runs inside the lab's JVM, to save memory. Thread-safe.
 */
public final class Hog implements AutoCloseable {
  private static final int CHUNK_BYTES = 4096;
  private static final int SOCKET_BUFFER_BYTES = 64 << 10;
  private static final int CONNECT_MILLIS = 5000;

  private final HogSpec spec;
  private final LabNet net;
  private final ServerSocket sink;
  private final Service service;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong receivedBytes = new AtomicLong();
  private final long startedNanos = System.nanoTime();
  private volatile boolean closed;

  private Hog(HogSpec spec, LabNet net, ServerSocket sink) {
    this.spec = spec;
    this.net = net;
    this.sink = sink;
    this.service = net.expose(spec.to(), sink.getLocalPort(), Route.SHARED, Set.of(spec.from()));
  }

  /** Starts the pod; it sends until it is closed or its time is over. */
  public static Hog start(HogSpec spec, LabNet net) {
    if (spec.from().equals(spec.to())) {
      throw new LabException("pod %s sends to its own host; no NIC is used".formatted(spec.name()));
    }
    try {
      var sink = new ServerSocket();
      sink.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
      sink.bind(new InetSocketAddress(net.address(spec.to(), spec.to()), 0), spec.flows());
      var hog = new Hog(spec, net, sink);
      hog.service.opened();
      Thread.ofVirtual().name(spec.name() + "-sink").start(hog::accept);
      for (int i = 0; i < spec.flows(); i++) {
        Thread.ofVirtual().name(spec.name() + "-" + i).start(hog::send);
      }
      return hog;
    } catch (IOException e) {
      throw new LabException("cannot start pod %s; %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  public HogSpec spec() {
    return spec;
  }

  /** Bytes given to the sending host's sockets. */
  public long sentBytes() {
    return sentBytes.get();
  }

  /** Bytes that came out on the other host. */
  public long receivedBytes() {
    return receivedBytes.get();
  }

  /** True until it was closed or its time was over. */
  public boolean running() {
    return !closed && System.nanoTime() - startedNanos < spec.lasts().toNanos();
  }

  private void accept() {
    while (!closed) {
      try {
        var socket = sink.accept();
        sockets.add(socket);
        Thread.ofVirtual().name(spec.name() + "-receive").start(() -> receive(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void receive(Socket socket) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (socket) {
      var in = socket.getInputStream();
      int bytes = in.read(buffer);
      while (bytes >= 0) {
        receivedBytes.addAndGet(bytes);
        bytes = in.read(buffer);
      }
    } catch (IOException e) {
      // closed, or the network was broken on purpose
    } finally {
      sockets.remove(socket);
    }
  }

  private void send() {
    byte[] chunk = new byte[CHUNK_BYTES];
    var socket = new Socket();
    sockets.add(socket);
    try (socket) {
      socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
      socket.connect(
          new InetSocketAddress(net.address(spec.from(), spec.to()), service.port()),
          CONNECT_MILLIS);
      var out = socket.getOutputStream();
      long due = System.nanoTime();
      while (running()) {
        out.write(chunk);
        sentBytes.addAndGet(CHUNK_BYTES);
        if (spec.bytesPerSecond() > 0) {
          due += (long) (CHUNK_BYTES * 1e9 * spec.flows() / spec.bytesPerSecond());
          LockSupport.parkNanos(due - System.nanoTime());
        }
      }
    } catch (IOException e) {
      // closed, or the network was broken on purpose
    } finally {
      sockets.remove(socket);
    }
  }

  /** Stops at once; what waits in NIC queues is dropped with its connections. */
  @Override
  public void close() {
    closed = true;
    net.withdraw(service);
    for (var socket : sockets) {
      closeQuietly(socket);
    }
    closeQuietly(sink);
  }

  private static void closeQuietly(java.io.Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }
}
