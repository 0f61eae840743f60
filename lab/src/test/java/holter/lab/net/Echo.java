package holter.lab.net;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A service for tests: a request is a number n and as many bytes as it likes to send; the answer is
 * n bytes.
 */
final class Echo implements AutoCloseable {
  private final ServerSocket listener;
  private final LabNet net;
  private final String host;
  private final Service service;

  Echo(LabNet net, String host, Route route) throws IOException {
    this.net = net;
    this.host = host;
    this.listener = new ServerSocket(0, 50, net.address(host, host));
    this.service = net.expose(host, listener.getLocalPort(), route);
    service.opened();
    Thread.ofVirtual().start(this::accept);
  }

  Service service() {
    return service;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        int answer = in.readInt();
        in.skipNBytes(in.readInt());
        out.write(new byte[answer]);
        out.flush();
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  InetSocketAddress seenFrom(String dialler) {
    return new InetSocketAddress(net.address(dialler, host), listener.getLocalPort());
  }

  Socket dial(String dialler, Duration limit) throws IOException {
    var socket = new Socket();
    socket.connect(seenFrom(dialler), Math.toIntExact(limit.toMillis()));
    socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    return socket;
  }

  /** One request and its answer on a standing connection. */
  static Duration call(Socket socket, int requestBytes, int answerBytes) throws IOException {
    long start = System.nanoTime();
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(answerBytes);
    out.writeInt(requestBytes);
    out.write(new byte[requestBytes]);
    out.flush();
    new DataInputStream(socket.getInputStream()).skipNBytes(answerBytes);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() throws IOException {
    net.withdraw(service);
    listener.close();
  }
}
