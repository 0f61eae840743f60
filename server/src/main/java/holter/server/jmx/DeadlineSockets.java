package holter.server.jmx;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.rmi.server.RMISocketFactory;

/**
 * Sockets that never wait for ever. RMI itself connects without a limit, waits a minute for a
 * greeting and for ever for an answer, and takes other sockets for the whole process only.
 */
final class DeadlineSockets extends RMISocketFactory {
  /** Of a connect and of each wait for bytes; the round's own deadline is shorter or alike. */
  static final int WAIT_MS = 5_000;

  private static final boolean OURS = install();

  private static boolean install() {
    try {
      RMISocketFactory.setSocketFactory(new DeadlineSockets());
      return true;
    } catch (IOException another) { // whoever set his own knows why
      return false;
    }
  }

  /** From now on RMI uses these; whether it does. */
  static boolean used() {
    return OURS;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = new Bounded();
    try {
      socket.setSoTimeout(WAIT_MS);
      socket.connect(new InetSocketAddress(host, port), WAIT_MS);
      return socket;
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return RMISocketFactory.getDefaultSocketFactory().createServerSocket(port);
  }

  /** Whatever wait is asked for, it stays bounded. */
  private static final class Bounded extends Socket {
    @Override
    public synchronized void setSoTimeout(int ms) throws SocketException {
      super.setSoTimeout(ms <= 0 ? WAIT_MS : Math.min(ms, WAIT_MS));
    }
  }
}
