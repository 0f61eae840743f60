package holter.server.jmx;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Metric;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.rmi.NotBoundException;
import java.rmi.registry.LocateRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.management.MBeanServerConnection;
import javax.management.remote.rmi.RMIConnector;
import javax.management.remote.rmi.RMIServer;

/**
 * Reads brokers' figures by JMX: all brokers at once, each on one connection that is closed again,
 * two looks a second apart. Reads attributes only. Thread-safe.
 */
public final class JmxRound {
  private static final long BETWEEN_LOOKS_MS = 1_000;

  private static final double SECOND_NS = 1e9;

  private final String template;
  private final LongSupplier clockMs;

  /**
   * @param template {@code HOST:PORT} with {@code {host}} where the broker's host goes
   * @param clockMs engine time
   * @throws IllegalArgumentException with a line for people when that is no such template
   */
  public JmxRound(String template, LongSupplier clockMs) {
    if (!template.matches("[^:/\\s]*\\{host}[^:/\\s]*:\\d{1,5}")) {
      throw new IllegalArgumentException("\"" + template + "\" is not like {host}:9999");
    }
    this.template = template;
    this.clockMs = clockMs;
  }

  /** The figures of each broker, or why not; blocks for the deadline at most. */
  public List<Observation> observe(Collection<BrokerNode> brokers, Duration deadline) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var asking = new LinkedHashMap<BrokerNode, Future<List<Observation>>>();
    // Not closed: closing would wait for a broker that does not answer. Its threads end by
    // themselves, when their sockets do.
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    for (BrokerNode broker : brokers) {
      asking.put(broker, threads.submit(() -> ask(broker, deadline)));
    }
    threads.shutdown();
    var all = new ArrayList<Observation>();
    asking.forEach((broker, one) -> all.addAll(await(broker, one, endNs, deadline)));
    return all;
  }

  @SuppressWarnings("BanJNDI") // no name is looked up; whom to believe is the user's to say
  private List<Observation> ask(BrokerNode broker, Duration deadline)
      throws IOException, InterruptedException {
    String address = template.replace("{host}", broker.host());
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    knock(host, port, deadline);
    DeadlineSockets.used();
    try (RMIConnector connector = new RMIConnector(server(host, port), Map.of())) {
      connector.connect();
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      BrokerBeans before = BrokerBeans.read(beans);
      if (!before.ofBroker()) {
        throw new Unanswered(UnaskedWords.NO_MBEANS);
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
      return observed(broker, before, BrokerBeans.read(beans));
    } catch (SecurityException wanted) {
      throw new Unanswered(UnaskedWords.JMX_DENIED);
    } catch (IOException failed) {
      throw said(failed, address, deadline);
    }
  }

  /** RMI tells a refusal, a hang and something else alike; a plain connect does not. */
  private static void knock(String host, int port, Duration deadline) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) deadline.toMillis());
    } catch (UnknownHostException nobody) {
      throw new Unanswered(UnaskedWords.UNRESOLVED, host);
    } catch (SocketTimeoutException late) {
      throw new Unanswered(UnaskedWords.JMX_LATE, deadline.toMillis());
    } catch (IOException refused) {
      throw new Unanswered(UnaskedWords.JMX_REFUSED);
    }
  }

  private static RMIServer server(String host, int port) throws IOException {
    try {
      if (LocateRegistry.getRegistry(host, port).lookup("jmxrmi") instanceof RMIServer server) {
        return server;
      }
    } catch (NotBoundException another) {
      throw new Unanswered(UnaskedWords.JMX_NOT, host + ":" + port);
    }
    throw new Unanswered(UnaskedWords.JMX_NOT, host + ":" + port);
  }

  private static IOException said(IOException failed, String address, Duration deadline) {
    for (Throwable each = failed; each != null; each = each.getCause()) {
      if (each instanceof Unanswered ours) {
        return ours;
      } else if (each instanceof SocketTimeoutException) {
        return new Unanswered(UnaskedWords.JMX_LATE, deadline.toMillis());
      } else if (each instanceof java.rmi.ConnectIOException
          || each instanceof java.rmi.UnmarshalException) {
        return new Unanswered(UnaskedWords.JMX_NOT, address);
      }
    }
    return failed;
  }

  private List<Observation> observed(BrokerNode broker, BrokerBeans before, BrokerBeans now) {
    String id = Integer.toString(broker.id());
    long atMs = clockMs.getAsLong();
    var seen = new ArrayList<Observation>();
    figures(before, now)
        .forEach((metric, value) -> seen.add(told(id, atMs, new Fact.Measured(metric, id, value))));
    now.throttledMs()
        .forEach(
            (client, ms) ->
                seen.add(told(id, atMs, new Fact.Measured(Metric.THROTTLE_MS, client, ms))));
    return seen;
  }

  /** What two looks tell together; nothing is NaN. */
  static Map<Metric, Double> figures(BrokerBeans before, BrokerBeans now) {
    double ns = now.atNs() - before.atNs();
    double seconds = ns / SECOND_NS;
    var all = new EnumMap<Metric, Double>(Metric.class);
    all.put(Metric.HANDLERS_IDLE_SHARE, gain(before.handlersIdleNs(), now.handlersIdleNs()) / ns);
    all.put(Metric.NETWORK_IDLE_SHARE, now.networkIdle());
    all.put(Metric.REQUEST_QUEUE, now.queue());
    if (gain(before.produces(), now.produces()) > 0) { // else they tell of long ago
      all.put(Metric.PRODUCE_LOCAL_MS, now.produceLocalMs());
      all.put(Metric.PRODUCE_SEND_MS, now.produceSendMs());
    }
    all.put(Metric.CONVERSIONS_PER_S, gain(before.conversions(), now.conversions()) / seconds);
    all.put(Metric.FILES_OPEN_SHARE, now.filesOpenShare());
    all.put(Metric.HEAP_USED_SHARE, now.heapUsedShare());
    all.put(Metric.CONNECTIONS, now.connections());
    all.put(Metric.ACTIVE_CONTROLLERS, now.activeControllers());
    all.put(Metric.LATE_TRANSACTIONS, now.lateTransactions());
    all.put(Metric.BYTES_IN_PER_S, gain(before.bytesIn(), now.bytesIn()) / seconds);
    all.values().removeIf(value -> !Double.isFinite(value));
    for (Metric share : List.of(Metric.HANDLERS_IDLE_SHARE, Metric.NETWORK_IDLE_SHARE)) {
      all.computeIfPresent(share, (_, value) -> Math.clamp(value, 0.0, 1.0));
    }
    return all;
  }

  /** NaN when it went back, as it does when the broker restarts. */
  private static double gain(double before, double now) {
    return now >= before ? now - before : Double.NaN;
  }

  private List<Observation> await(
      BrokerNode broker, Future<List<Observation>> one, long endNs, Duration deadline) {
    try {
      return Unanswered.within(
          one, endNs, new Unanswered(UnaskedWords.JMX_LATE, deadline.toMillis()));
    } catch (Unanswered none) {
      Fact unasked = new Fact.Unasked(Sentence.of(UnaskedWords.JMX_OF, broker.id()), none.why());
      return List.of(told(Integer.toString(broker.id()), clockMs.getAsLong(), unasked));
    }
  }

  private static Observation told(String witness, long atMs, Fact fact) {
    return new Observation(Source.JMX, witness, atMs, fact);
  }
}
