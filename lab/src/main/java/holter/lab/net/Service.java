package holter.lab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A port of an emulated host that others can dial. It is open to them while something listens on
 * the host's own address; when the process behind it dies, connects are refused.
 */
public final class Service {
  private final String host;
  private final int port;
  private final InetSocketAddress own;
  private final List<Forwarder> forwarders;
  private boolean listening;

  Service(String host, InetSocketAddress own, List<Forwarder> forwarders) {
    this.host = host;
    this.port = own.getPort();
    this.own = own;
    this.forwarders = List.copyOf(forwarders);
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Where its process listens: the host's own address. */
  public InetSocketAddress own() {
    return own;
  }

  /** Whether others can dial it now. */
  public synchronized boolean open() {
    return listening;
  }

  /** The process behind it is gone: refuse at once, until something listens again. */
  public void closed() {
    listening(false);
  }

  /** Its process listens now; without this the lab notices within 0.1 s. */
  public void opened() {
    listening(true);
  }

  synchronized void listening(boolean now) {
    listening = now;
    settle();
  }

  synchronized void settle() {
    try {
      for (var forwarder : forwarders) {
        forwarder.settle(listening);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "port %d of emulated host %s cannot be forwarded".formatted(port, host), e);
    }
  }

  synchronized void close() {
    try {
      for (var forwarder : forwarders) {
        forwarder.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
