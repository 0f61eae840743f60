package holter.lab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** An {@link EchoServer} on an emulated host. */
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
    Thread.ofVirtual().start(() -> EchoServer.accept(listener));
  }

  Service service() {
    return service;
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
    return EchoServer.call(socket, requestBytes, answerBytes);
  }

  @Override
  public void close() throws IOException {
    net.withdraw(service);
    listener.close();
  }
}
