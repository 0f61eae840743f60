package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the collectors that ask Kafka itself have in common.
 *
 * @param settings how to reach the cluster
 * @param topic whose channel it is
 * @param group a consumer group that is asked first; empty for none
 * @param clockMs engine time
 */
public record Inquiry(KafkaSettings settings, String topic, String group, LongSupplier clockMs) {
  /** A panel of these brokers, each asked on a connection of its own. */
  Panel panel(List<BrokerNode> brokers, Duration deadline, Consumer<Observation> heard) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var unknown = new Interview.Unknown();
    return new Panel(
        brokers.stream()
            .map(
                broker ->
                    new Interview(
                        settings, broker, fact -> heard.accept(seen(broker, fact)), unknown, endNs))
            .toList(),
        endNs);
  }

  private Observation seen(BrokerNode broker, Fact fact) {
    String witness = broker.id() >= 0 ? Integer.toString(broker.id()) : broker.address();
    return new Observation(Source.ADMIN, witness, clockMs.getAsLong(), fact);
  }

  /** What several brokers' words make together. */
  Observation seen(Fact fact) {
    return new Observation(Source.ADMIN, "kafka", clockMs.getAsLong(), fact);
  }
}
