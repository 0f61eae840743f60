package holter.server.kafka;

import holter.channel.BrokerNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.utils.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * Our connections to one broker, and to no other: what a stock client would ask of any broker it
 * likes, this asks of exactly this one, so that no other broker's sickness can delay it.
 *
 * <p>A broker answers the requests of one connection in order, so a long poll holds back what comes
 * after it. Hence up to three lines: one to write, one to read, one to ask.
 *
 * <p>Not thread-safe but for {@link #wakeup}; one thread owns it.
 */
final class BrokerLink implements AutoCloseable {
  private static final int MAX_IN_FLIGHT = 16;

  /** What a connection is for. */
  enum Line {
    WRITE(1),
    READ(2),
    ASK(3);

    /** The client's name for the connection; all lead to the same broker. */
    private final int number;

    Line(int number) {
      this.number = number;
    }
  }

  /** Why a line is not open. */
  enum Trouble {
    NONE,
    /** Refused, or closed while being set up: somebody said no, and at once. */
    REFUSED,
    /** No connection, or no greeting on it, by the deadline. */
    SILENT,
    /** The host's name does not resolve. */
    UNRESOLVED,
    /** The broker rejects our login. */
    REJECTED,
    /** One side does not take the other's certificate. */
    UNTRUSTED;

    /** Whether to try again in the same way is of no use. */
    boolean lasting() {
      return this == REJECTED || this == UNTRUSTED;
    }
  }

  private final Metrics metrics = new Metrics(SteadyTime.INSTANCE);
  private final ApiVersions versions = new ApiVersions();
  private final NetworkClient client;
  private final Map<Line, Attempt> attempts = new EnumMap<>(Line.class);
  private final BrokerNode broker;
  private final int requestTimeoutMs;
  private final KafkaMetric sent;
  private final KafkaMetric received;
  private boolean unresolved;

  BrokerLink(KafkaSettings settings, BrokerNode broker, String purpose, int requestTimeoutMs) {
    this.broker = broker;
    this.requestTimeoutMs = requestTimeoutMs;
    this.client =
        ClientUtils.createNetworkClient(
            new QuietConfig(settings.client(broker.address(), requestTimeoutMs)),
            "holter-" + purpose,
            metrics,
            "holter",
            new LogContext("[holter-" + purpose + " broker " + broker.id() + "] "),
            versions,
            SteadyTime.INSTANCE,
            MAX_IN_FLIGHT,
            requestTimeoutMs,
            new ManualMetadataUpdater(),
            this::resolve);
    this.sent = total(metrics, "outgoing-byte-total");
    this.received = total(metrics, "incoming-byte-total");
  }

  BrokerNode broker() {
    return broker;
  }

  /** Whether a request can be sent on this line now; begins to connect when it is not open. */
  boolean ready(Line line) {
    long now = SteadyTime.INSTANCE.milliseconds();
    Node node = node(line);
    Attempt attempt = attempts.computeIfAbsent(line, l -> new Attempt());
    if (client.isReady(node, now)) {
      attempt.settle();
      return true;
    }
    if (client.connectionFailed(node)) {
      boolean atOnce = now - attempt.begunAtMs < requestTimeoutMs * 3L / 4;
      attempt.failed(
          switch (client.authenticationException(node)) {
            case null -> atOnce ? Trouble.REFUSED : Trouble.SILENT;
            case SslAuthenticationException certificate -> Trouble.UNTRUSTED;
            case AuthenticationException login -> Trouble.REJECTED;
          });
    }
    boolean open = client.ready(node, now);
    if (open) {
      attempt.settle();
    } else if (!client.connectionFailed(node)) {
      attempt.begin(now);
    } else if (unresolved) {
      attempt.trouble = Trouble.UNRESOLVED;
    }
    return open;
  }

  /** Why the last attempt to open this line failed; {@link Trouble#NONE} once it is open. */
  Trouble trouble(Line line) {
    Attempt attempt = attempts.get(line);
    return attempt == null ? Trouble.NONE : attempt.trouble;
  }

  /** How many attempts to open this line failed so far, by any {@link Trouble}. */
  int failures(Line line) {
    Attempt attempt = attempts.get(line);
    return attempt == null ? 0 : attempt.failures;
  }

  /**
   * Sends on a line that is {@link #ready}; the answer, or its absence, comes from {@link #poll}.
   */
  void send(Line line, AbstractRequest.Builder<?> request, Consumer<ClientResponse> whenDone) {
    long now = SteadyTime.INSTANCE.milliseconds();
    client.send(
        client.newClientRequest(
            node(line).idString(), request, now, true, requestTimeoutMs, whenDone::accept),
        now);
  }

  boolean idle(Line line) {
    return !client.hasInFlightRequests(node(line).idString());
  }

  /** Moves bytes for at most so long, and hands out what came. */
  void poll(long timeoutMs) {
    client.poll(timeoutMs, SteadyTime.INSTANCE.milliseconds());
  }

  /**
   * Asks and waits.
   *
   * @return the answer, or null when there was none by the deadline; {@link #trouble} may say why
   */
  @Nullable AbstractResponse ask(AbstractRequest.Builder<?> request, long deadlineMs) {
    ClientResponse answer = askFully(request, deadlineMs);
    return answer != null && answer.hasResponse() ? answer.responseBody() : null;
  }

  /** As {@link #ask}, with what the client says of an answer that is none. */
  @Nullable ClientResponse askFully(AbstractRequest.Builder<?> request, long deadlineMs) {
    long endMs = SteadyTime.INSTANCE.milliseconds() + deadlineMs;
    if (!awaitReady(Line.ASK, deadlineMs)) {
      return null;
    }
    var answer = new ClientResponse[1];
    send(Line.ASK, request, response -> answer[0] = response);
    while (answer[0] == null) {
      long leftMs = endMs - SteadyTime.INSTANCE.milliseconds();
      if (leftMs <= 0) {
        client.disconnect(node(Line.ASK).idString()); // else the next question waits behind this
        return null;
      }
      poll(Math.min(leftMs, 100));
    }
    return answer[0];
  }

  /** Waits until a line is open; false when it is not by the deadline, or was refused. */
  boolean awaitReady(Line line, long deadlineMs) {
    long endMs = SteadyTime.INSTANCE.milliseconds() + deadlineMs;
    while (!ready(line)) {
      long leftMs = endMs - SteadyTime.INSTANCE.milliseconds();
      if (leftMs <= 0 || trouble(line).lasting()) {
        return false;
      }
      poll(Math.min(leftMs, 20));
    }
    return true;
  }

  /** The highest version of a call that both sides speak; −1 when not known yet. */
  int version(Line line, ApiKeys call) {
    NodeApiVersions known = versions.get(node(line).idString());
    return known == null ? -1 : known.latestUsableVersion(call);
  }

  /** Whether both sides speak a call; false while that is not known. */
  boolean speaks(Line line, ApiKeys call) {
    NodeApiVersions known = versions.get(node(line).idString());
    if (known == null || known.apiVersion(call) == null) return false;
    try {
      return known.latestUsableVersion(call) >= 0;
    } catch (UnsupportedVersionException apart) {
      return false;
    }
  }

  long bytesOut() {
    return value(sent);
  }

  long bytesIn() {
    return value(received);
  }

  void wakeup() {
    client.wakeup();
  }

  @Override
  public void close() {
    client.close();
    metrics.close();
  }

  private static KafkaMetric total(Metrics metrics, String name) {
    return metrics.metrics().values().stream()
        .filter(m -> m.metricName().name().equals(name))
        .filter(m -> !m.metricName().tags().containsKey("node-id")) // those are per connection
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this Kafka client has no metric " + name));
  }

  private static long value(KafkaMetric metric) {
    return ((Number) metric.metricValue()).longValue();
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    unresolved = true;
    InetAddress[] addresses = new DefaultHostResolver().resolve(host);
    unresolved = false;
    return addresses;
  }

  private Node node(Line line) {
    return new Node(line.number, broker.host(), broker.port());
  }

  /** One line's way to being open. */
  private static final class Attempt {
    private Trouble trouble = Trouble.NONE;
    private int failures;
    private long begunAtMs;
    private boolean underWay;

    void begin(long nowMs) {
      if (!underWay) {
        begunAtMs = nowMs;
        underWay = true;
      }
    }

    void failed(Trouble why) {
      if (underWay) {
        trouble = why;
        failures++;
        underWay = false;
      }
    }

    void settle() {
      trouble = Trouble.NONE;
      underWay = false;
    }
  }
}
