package holter.server.kafka;

import java.time.Duration;

/**
 * How lanes probe.
 *
 * @param topic the heartbeat topic that the lanes stand for
 * @param twin Holter's own topic, with the same leaders
 * @param every the time between two samples of a lane
 * @param deadline when an unfinished sample is judged
 * @param write false: lanes only fetch
 */
public record LaneSettings(
    String topic, String twin, Duration every, Duration deadline, boolean write) {
  public LaneSettings {
    if (every.toMillis() < 50) {
      throw new IllegalArgumentException("lanes sample at most every 50 ms");
    }
    if (deadline.toMillis() < 100 || deadline.toMillis() > 60_000) {
      throw new IllegalArgumentException("a sample's deadline is 100 ms to 60 s");
    }
  }
}
