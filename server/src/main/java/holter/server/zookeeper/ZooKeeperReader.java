package holter.server.zookeeper;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Reads brokers' registrations, the controller and a topic's replica lists from ZooKeeper, where
 * clusters up to 3.9 may keep them. On 0.10 it is the only place that has replica lists in their
 * true order, and on any the only one that says when a broker registered. Never writes.
 * Thread-safe.
 */
public final class ZooKeeperReader {
  private final String connect;
  private final LongSupplier clockMs;

  /**
   * @param connect {@code host:port[,host:port…][/chroot]}
   * @param clockMs engine time
   */
  public ZooKeeperReader(String connect, LongSupplier clockMs) {
    this.connect = connect;
    this.clockMs = clockMs;
  }

  /**
   * Reads all there is, in one session of its own.
   *
   * @param topic whose replica lists are wanted
   * @param expected brokers known from elsewhere; one that is not registered is a fact
   */
  public ZooKeeperView read(String topic, Set<Integer> expected, Duration deadline) {
    var fact =
        new Fact.Unasked("ZooKeeper " + connect, "not read yet for " + topic + expected + deadline);
    return new ZooKeeperView(
        List.of(new Observation(Source.ZOOKEEPER, connect, clockMs.getAsLong(), fact)),
        -1,
        Map.of());
  }
}
