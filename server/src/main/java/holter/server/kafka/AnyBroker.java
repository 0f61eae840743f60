package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.server.kafka.BrokerLink.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;

/**
 * Asks brokers one after the other until one answers as wished: whom is asked first is the one that
 * answered last, and a broker that hangs costs one deadline, once. Not thread-safe.
 */
final class AnyBroker implements AutoCloseable {
  private static final int CALL_MS = 1_500;

  private final KafkaSettings settings;
  private final List<BrokerLink> links = new ArrayList<>();

  /**
   * @param brokers those that are well first
   */
  AnyBroker(KafkaSettings settings, List<BrokerNode> brokers) {
    this.settings = settings;
    brokers.forEach(broker -> links.add(link(broker)));
  }

  private BrokerLink link(BrokerNode broker) {
    return new BrokerLink(settings, broker, "remedy", CALL_MS);
  }

  /** Nobody answered. */
  static final class Nobody extends Exception {
    private static final long serialVersionUID = 1L;

    Nobody(String why) {
      super(why);
    }
  }

  /** Whether brokers of this cluster speak a call, by the first that tells. */
  boolean speaks(ApiKeys call) throws Nobody {
    for (BrokerLink link : List.copyOf(links)) {
      if (link.ask(new ApiVersionsRequest.Builder(), CALL_MS) != null) {
        first(link);
        return link.speaks(Line.ASK, call);
      }
    }
    throw new Nobody("no broker answers");
  }

  /**
   * @param wished whether the answer will do; else the next broker is asked
   * @throws Nobody with what the last one said instead
   */
  <R extends AbstractResponse> R ask(
      Class<R> kind, AbstractRequest.Builder<?> request, Predicate<R> wished) throws Nobody {
    String last = "no broker answers";
    for (BrokerLink link : List.copyOf(links)) {
      AbstractResponse answer = link.ask(request, CALL_MS);
      if (kind.isInstance(answer)) {
        R told = kind.cast(answer);
        if (wished.test(told)) {
          first(link);
          return told;
        }
        last = "broker " + link.broker().id() + " answers " + told.errorCounts().keySet();
      }
    }
    throw new Nobody(last);
  }

  private void first(BrokerLink link) {
    links.remove(link);
    links.addFirst(link);
  }

  @Override
  public void close() {
    links.forEach(BrokerLink::close);
  }
}
