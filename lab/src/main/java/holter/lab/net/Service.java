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
  private long changedNanos = System.nanoTime();

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

  private synchronized void listening(boolean now) {
    listening = now;
    changedNanos = System.nanoTime();
    settle();
  }

  /** What a look at the machine's listeners found that began at {@code lookedNanos}. */
  synchronized void observed(boolean listens, long lookedNanos) {
    boolean stale = lookedNanos - changedNanos < 0; // it was told better meanwhile
    if (listens != listening && !stale) {
      listening(listens);
    }
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
