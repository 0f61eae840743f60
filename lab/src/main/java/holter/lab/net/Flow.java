package holter.lab.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * The bytes of one direction of one connection.
 *
 * <pre>socket --read--> egress NIC --> link --> ingress NIC --> write--> socket</pre>
 *
 * Three virtual threads: one reads and waits for a place in the egress queue, one carries over the
 * link and waits for a place in the ingress queue, one writes. Order is kept; nothing is lost but
 * by a reset. What waits between them is bounded by the {@link TcpWindow}.
 */
final class Flow {
  private final Socket from;
  private final Socket to;
  private final Way way;
  private final Connection connection;
  private final TcpWindow window = new TcpWindow();
  private final LinkedBlockingQueue<Packet> crossed = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Packet> arrived = new LinkedBlockingQueue<>();

  Flow(Socket from, Socket to, Way way, Connection connection) {
    this.from = from;
    this.to = to;
    this.way = way;
    this.connection = connection;
  }

  void start() {
    connection.run(this::read);
    connection.run(this::carry);
    connection.run(this::write);
  }

  private void read() throws InterruptedException {
    var end = Packet.Kind.FIN;
    try {
      var in = from.getInputStream();
      byte[] buffer = new byte[way.chunkBytes()];
      while (true) {
        way.link().awaitReadable();
        int bytes = in.read(buffer, 0, Math.min(buffer.length, way.chunkBytes()));
        if (bytes < 0) {
          break;
        }
        connection.touched();
        window.depart(bytes);
        egress(Packet.data(Arrays.copyOf(buffer, bytes)));
        if (way.chunkBytes() > buffer.length) {
          buffer = new byte[way.chunkBytes()]; // the NIC became faster
        }
      }
    } catch (SocketException e) {
      end = Packet.Kind.RST;
    } catch (IOException e) {
      throw new IllegalStateException("reading a socket failed otherwise than by its end", e);
    }
    egress(Packet.control(end));
  }

  private void egress(Packet packet) throws InterruptedException {
    pass(
        way.egress(),
        packet,
        left -> {
          left.crossedNanos = System.nanoTime();
          crossed.add(left);
        });
  }

  private void carry() throws InterruptedException {
    Packet packet;
    do {
      packet = crossed.take();
      way.link().carry(packet, way.sender());
      connection.awaitNotCut();
      cap(packet);
      pass(way.ingress(), packet, this::delivered);
    } while (packet.kind == Packet.Kind.DATA);
  }

  private void cap(Packet packet) throws InterruptedException {
    var cap = way.link().cap(way.sender());
    if (!cap.nic().unlimited()) {
      var left = new CountDownLatch(1);
      pass(cap, packet, through -> left.countDown());
      left.await();
    }
  }

  private void delivered(Packet packet) {
    window.arrived(packet.bytes.length, packet.sentNanos);
    arrived.add(packet);
  }

  private void pass(Shaper shaper, Packet packet, Consumer<Packet> out)
      throws InterruptedException {
    while (!shaper.offer(packet, out)) {
      window.refused();
    }
  }

  private void write() throws InterruptedException {
    try {
      OutputStream out = to.getOutputStream();
      while (true) {
        var packet = arrived.take();
        switch (packet.kind) {
          case DATA -> {
            out.write(packet.bytes);
            window.read(packet.bytes.length);
          }
          case HANDSHAKE -> {}
          case FIN -> {
            to.shutdownOutput();
            connection.halfEnded();
            return;
          }
          case RST -> {
            connection.reset();
            return;
          }
        }
      }
    } catch (IOException e) {
      connection.reset(); // the receiver is gone; its RST is not made to wait
    }
  }
}
