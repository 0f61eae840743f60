package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import holter.diagnose.UnaskedWords;
import holter.server.kafka.BrokerLink.Line;
import holter.words.Sentence;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;

/**
 * One broker, asked call after call on a connection of its own. Each call has its own deadline;
 * what is not answered, refused or not known to the broker becomes a fact. A broker that leaves a
 * call and a knock after it unanswered is asked nothing more. Only reads. Used by one thread at a
 * time.
 */
final class Interview implements AutoCloseable {
  static final String TIMEOUT = "TIMEOUT";

  /** A call answers in milliseconds; one that waits for somebody else does not in a second. */
  private static final long CALL_MS = 1000;

  /** Whether it was the call or the broker that did not answer shows within this. */
  private static final long KNOCK_MS = 400;

  /** Reading: to be denied it is a client's trouble too. What else is denied is Holter's alone. */
  private static final Set<ApiKeys> READING =
      EnumSet.of(ApiKeys.METADATA, ApiKeys.LIST_OFFSETS, ApiKeys.FETCH, ApiKeys.FIND_COORDINATOR);

  /** What brokers do not know, or do not let us ask: told once in a round. */
  static final class Unknown {
    private final Set<String> told = ConcurrentHashMap.newKeySet();
  }

  private final BrokerNode broker;
  private final BrokerLink link;
  private final Consumer<Fact> told;
  private final Unknown unknown;
  private final long endNs;
  private boolean over;
  private double tookMs = -1;

  /**
   * @param told takes the facts
   * @param endNs when all of it ends, by {@link System#nanoTime}
   */
  Interview(
      KafkaSettings settings, BrokerNode broker, Consumer<Fact> told, Unknown unknown, long endNs) {
    this.broker = broker;
    this.told = told;
    this.unknown = unknown;
    this.endNs = endNs;
    this.link = new BrokerLink(settings, broker, "ask", (int) (2 * CALL_MS));
  }

  BrokerNode broker() {
    return broker;
  }

  /** The broker's id; its address while only that is known. */
  String name() {
    return broker.id() >= 0 ? Integer.toString(broker.id()) : broker.address();
  }

  /** Connects; false when that fails, which is told. */
  boolean open() {
    if (over) return false;
    try {
      if (link.awaitReady(Line.ASK, left(CALL_MS))) return true;
    } catch (RuntimeException garbled) {
      garbled(ApiKeys.API_VERSIONS.name);
      return false;
    }
    over = true;
    switch (link.trouble(Line.ASK)) {
      case REJECTED -> called("SaslAuthenticate", name(), "SASL_AUTHENTICATION_FAILED", -1);
      case UNTRUSTED -> called("TLS", name(), "SSL_HANDSHAKE_FAILED", -1);
      case REFUSED -> unasked(Sentence.of(UnaskedWords.REFUSED));
      case UNRESOLVED -> unasked(Sentence.of(UnaskedWords.UNRESOLVED, broker.host()));
      case NONE, SILENT -> unasked(Sentence.of(UnaskedWords.NO_ANSWER, CALL_MS));
    }
    return false;
  }

  /** Whether there is no use in asking any further. */
  boolean over() {
    return over || Thread.currentThread().isInterrupted() || left(CALL_MS) <= 1;
  }

  /** The highest version of a call that both sides speak; −1 for none. */
  int version(ApiKeys call) {
    return link.speaks(Line.ASK, call) ? link.version(Line.ASK, call) : -1;
  }

  /** Whether the broker knows a call; that it does not is told once. */
  boolean knows(ApiKeys call) {
    boolean known = link.speaks(Line.ASK, call);
    if (!known && !over) unaskable(call, Sentence.of(UnaskedWords.UNKNOWN_CALL));
    return known;
  }

  /**
   * Asks and waits.
   *
   * @param of whom a failure is told of: a topic, a group, or the broker
   * @return empty when there is no answer, which is told
   */
  <R extends AbstractResponse> Optional<R> ask(
      Class<R> kind, ApiKeys call, AbstractRequest.Builder<?> request, String of) {
    if (over() || !knows(call)) return Optional.empty();
    long beganNs = System.nanoTime();
    ClientResponse answer;
    try {
      answer = link.askFully(request, left(CALL_MS));
    } catch (RuntimeException garbled) { // what came cannot be read: it is no answer
      garbled(call.name);
      return Optional.empty();
    }
    tookMs = msSince(beganNs);
    if (answer != null && answer.hasResponse() && kind.isInstance(answer.responseBody())) {
      return Optional.of(kind.cast(answer.responseBody()));
    }
    double ms = tookMs;
    if (answer != null && answer.versionMismatch() != null) {
      called(call.name, of, Errors.UNSUPPORTED_VERSION.name(), ms);
    } else if (alive()) {
      called(call.name, of, answer == null ? TIMEOUT : Calls.error(answer), ms);
    } else {
      over = true;
      called(ApiKeys.API_VERSIONS.name, name(), TIMEOUT, ms);
    }
    return Optional.empty();
  }

  /** Whether the broker answers the smallest of questions. */
  private boolean alive() {
    try {
      return link.ask(new ApiVersionsRequest.Builder(), left(KNOCK_MS)) != null;
    } catch (RuntimeException garbled) {
      return false;
    }
  }

  /** Tells a code that an answer carries; true when it carries none. */
  boolean fine(ApiKeys call, String of, short code) {
    Errors error = Errors.forCode(code);
    if (error == Errors.NONE) return true;
    if (error.name().endsWith("AUTHORIZATION_FAILED") && !READING.contains(call)) {
      unaskable(call, Sentence.of(UnaskedWords.DENIED, error.name()));
    } else {
      called(call.name, of, error.name(), tookMs);
    }
    return false;
  }

  void called(String call, String of, String code, double ms) {
    told.accept(new ClusterFact.Called(call, of, code, ms));
  }

  void tell(Fact fact) {
    told.accept(fact);
  }

  private void unaskable(ApiKeys call, Sentence why) {
    if (unknown.told.add(call.name + why.english())) {
      told.accept(new Fact.Unasked(Sentence.of(UnaskedWords.CALL, call.name), why));
    }
  }

  private void garbled(String call) {
    over = true;
    called(call, name(), Errors.CORRUPT_MESSAGE.name(), -1);
  }

  private void unasked(Sentence why) {
    told.accept(new Fact.Unasked(Sentence.of(UnaskedWords.BROKER, name()), why));
  }

  private long left(long atMostMs) {
    return Math.clamp((endNs - System.nanoTime()) / 1_000_000, 1, atMostMs);
  }

  private static double msSince(long ns) {
    return (System.nanoTime() - ns) / 1e6;
  }

  @Override
  public void close() {
    link.close();
  }
}
