package holter.lab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Listens where one host sees one service of another, and forwards through the network. */
final class Forwarder implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final int SOCKET_BUFFER_BYTES = 128 << 10;
  private static final Duration ACCEPTOR_LIMIT = Duration.ofSeconds(5);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  /**
   * The ends of a forwarder.
   *
   * @param listen where the dialling host sees the service
   * @param local what the dialling host looks like to the service
   * @param service where the service really listens
   */
  record Ends(InetSocketAddress listen, InetSocketAddress local, InetSocketAddress service) {}

  private enum Door {
    CLOSED,
    OPEN,
    DARK
  }

  private final Ends ends;
  private final Way toServer;
  private final Way toClient;
  private final Link link;
  private Door door = Door.CLOSED;
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;
  private @Nullable DarkQueue dark;

  Forwarder(Ends ends, Way toServer, Way toClient) {
    this.ends = ends;
    this.toServer = toServer;
    this.toClient = toClient;
    this.link = toServer.link();
  }

  /** Brings the door to what the service's state and the link's mode ask for. */
  synchronized void settle(boolean serviceListens) throws IOException {
    var wanted =
        link.mode() instanceof LinkMode.Dark
            ? Door.DARK
            : !serviceListens || link.mode() instanceof LinkMode.Refused ? Door.CLOSED : Door.OPEN;
    if (wanted == door) {
      return;
    }
    close();
    switch (wanted) {
      case CLOSED -> {}
      case OPEN -> open();
      case DARK -> dark = DarkQueue.at(ends.listen());
    }
    door = wanted;
  }

  private void open() throws IOException {
    var opened = new ServerSocket();
    opened.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
    opened.bind(ends.listen(), BACKLOG);
    listener = opened;
    acceptor = Thread.ofVirtual().name("accept-" + ends.listen()).start(() -> accept(opened));
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        var client = open.accept();
        Thread.ofVirtual().name("dial-" + ends.listen()).start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    switch (link.mode()) {
      case LinkMode.Reset _, LinkMode.Refused _ -> Connection.abort(client);
      case LinkMode.CloseOnAccept _ -> Connection.close(client);
      case LinkMode.Pass _,
          LinkMode.Delay _,
          LinkMode.Rate _,
          LinkMode.StopReading _,
          LinkMode.DropFrom _,
          LinkMode.IdleCut _,
          LinkMode.Dark _ ->
          connect(client);
    }
  }

  private void connect(Socket client) {
    var server = new Socket();
    try {
      client.setTcpNoDelay(true);
      handshake(toServer);
      handshake(toClient);
      server.setTcpNoDelay(true);
      server.setSendBufferSize(SOCKET_BUFFER_BYTES);
      server.bind(ends.local());
      server.connect(ends.service(), Math.toIntExact(CONNECT_LIMIT.toMillis()));
    } catch (IOException e) {
      Connection.abort(client);
      Connection.close(server);
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    new Connection(client, server, link).start(toServer, toClient);
  }

  /** A SYN, or its answer, through the queues: under load a connection is slow to be of use. */
  private static void handshake(Way way) throws InterruptedException {
    var window = new TcpWindow();
    var packet = Packet.control(Packet.Kind.HANDSHAKE);
    cross(way.egress(), packet, window);
    packet.crossedNanos = System.nanoTime();
    way.link().awaitReadable();
    way.link().carry(packet, way.sender());
    cross(way.ingress(), packet, window);
  }

  private static void cross(Shaper shaper, Packet packet, TcpWindow window)
      throws InterruptedException {
    var left = new CountDownLatch(1);
    while (!shaper.offer(packet, through -> left.countDown())) {
      window.refused();
    }
    left.await();
  }

  /** The kernel's listener is gone only when nobody waits in accept any more. */
  private static void awaitEnd(Thread acceptor) {
    try {
      acceptor.join(ACCEPTOR_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
    }
    if (acceptor != null) {
      awaitEnd(acceptor);
      acceptor = null;
    }
    if (dark != null) {
      dark.close();
      dark = null;
    }
    door = Door.CLOSED;
  }
}
