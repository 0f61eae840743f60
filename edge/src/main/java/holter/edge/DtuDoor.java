package holter.edge;

import holter.agent.Registrar;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where DTUs dial in. A DTU sends one line {@code REG <dtuId> <sessionEpoch>}, is registered and
 * answered {@code OK}; then its bytes are its data, until one side closes, which takes the
 * registration back. A refusal is one line {@code ERR <why>}. The newest connection of a DTU wins
 * and the older one is closed. One virtual thread per connection, at most {@value
 * #CONNECTIONS_MAX}.
 */
final class DtuDoor implements AutoCloseable {
  static final int CONNECTIONS_MAX = 1000;
  private static final int REGISTER_WITHIN_MS = 10_000;
  private static final int LINE_BYTES_MAX = 256;

  private record Session(long epoch, Socket socket) {}

  private record Request(String dtu, long epoch) {}

  private final ServerSocket listening;
  private final Registrar registrar;
  private final Work work;
  private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(CONNECTIONS_MAX);
  private volatile String address = "";

  private DtuDoor(ServerSocket listening, Registrar registrar, Work work) {
    this.listening = listening;
    this.registrar = registrar;
    this.work = work;
  }

  /**
   * Listens; {@link #open} lets DTUs in.
   *
   * @throws IOException when the address cannot be listened on
   */
  static DtuDoor bind(String address, int port, Registrar registrar, Work work) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), 256);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    var door = new DtuDoor(socket, registrar, work);
    registrar.onLost((dtu, epoch, owner) -> Thread.startVirtualThread(() -> door.drop(dtu, epoch)));
    return door;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Lets DTUs in; registrations tell this address. */
  void open(String advertised) {
    address = advertised;
    Thread.ofVirtual().name("dtu-door").start(this::accept);
  }

  /** How many DTUs are connected and registered. */
  int connected() {
    return sessions.size();
  }

  @Override
  public void close() {
    closeQuietly(listening);
    sessions.forEach(this::leave);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        if (room.tryAcquire()) {
          Thread.ofVirtual().name("dtu").start(() -> serve(socket));
        } else {
          closeQuietly(socket);
        }
      } catch (IOException e) {
        // closed by us, or out of file descriptors: no hurry then
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(REGISTER_WITHIN_MS);
      Request request = parse(line(socket.getInputStream()));
      if (request == null) {
        say(socket, "ERR write REG <dtuId> <sessionEpoch>");
        return;
      }
      var session = new Session(request.epoch, socket);
      if (!enter(request.dtu, session)) {
        say(socket, "ERR a newer connection of this DTU is here");
        return;
      }
      try {
        if (registrar.up(request.dtu, request.epoch, address)) {
          say(socket, "OK");
          socket.setSoTimeout(0);
          data(socket);
        } else {
          say(socket, "ERR no room");
        }
      } finally {
        leave(request.dtu, session);
      }
    } catch (IOException e) {
      closeQuietly(socket);
    } finally {
      room.release();
    }
  }

  private void data(Socket socket) throws IOException {
    byte[] buffer = new byte[1024];
    InputStream in = socket.getInputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      work.did(n);
    }
  }

  /** Takes the DTU's place unless a newer connection has it; an older one is closed. */
  private synchronized boolean enter(String dtu, Session session) {
    Session there = sessions.get(dtu);
    if (there != null && there.epoch >= session.epoch) {
      return false;
    }
    sessions.put(dtu, session);
    if (there != null) {
      closeQuietly(there.socket);
    }
    return true;
  }

  private void leave(String dtu, Session session) {
    if (sessions.remove(dtu, session)) {
      registrar.down(dtu, session.epoch);
    }
    closeQuietly(session.socket);
  }

  private void drop(String dtu, long epoch) {
    Session session = sessions.get(dtu);
    if (session != null && session.epoch == epoch) {
      closeQuietly(session.socket);
    }
  }

  private static @Nullable Request parse(String line) {
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (!line.startsWith("REG ") || last <= first) {
      return null;
    }
    String dtu = line.substring(first + 1, last);
    boolean named =
        !dtu.isBlank() && dtu.length() <= 200 && dtu.chars().allMatch(c -> c > 32 && c != 127);
    try {
      long epoch = Long.parseLong(line.substring(last + 1));
      return named && epoch > 0 ? new Request(dtu, epoch) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** One line without its end; what is longer than any request is cut. */
  private static String line(InputStream in) throws IOException {
    var bytes = new byte[LINE_BYTES_MAX];
    int length = 0;
    int next = in.read();
    while (next >= 0 && next != '\n' && length < bytes.length) {
      bytes[length++] = (byte) next;
      next = in.read();
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // the other side has closed it
    }
  }
}
