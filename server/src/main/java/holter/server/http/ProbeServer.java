package holter.server.http;

/**
 * A listener for a kubelet and for Prometheus, which come from elsewhere: {@code /healthz}, {@code
 * /readyz} and {@code /metrics}, and nothing that tells of the fleet's incidents or changes
 * anything.
 */
public final class ProbeServer implements AutoCloseable {
  private final Listening listening;

  private ProbeServer(Listening listening) {
    this.listening = listening;
  }

  /**
   * Listens.
   *
   * @param address {@code host:port}
   * @throws PortTaken when it cannot
   */
  public static ProbeServer start(String address, Desk desk, Metrics metrics) {
    SelfRoutes routes = new SelfRoutes(desk, metrics::scrape);
    return new ProbeServer(Listening.on("listen.probes", address, routes::add));
  }

  /** {@code http://host:port}. */
  public String url() {
    return "http://" + listening.address();
  }

  @Override
  public void close() {
    listening.close();
  }
}
