package holter.server.kafka;

import java.time.Duration;

/**
 * Senders that know nothing of Holter and beat alike.
 *
 * @param name for people
 * @param from where a beat says who sent it
 * @param interval how often each of them beats
 */
public record ForeignGroup(String name, IdFrom from, Duration interval) {
  public ForeignGroup {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("the interval of group " + name + " must be positive");
    }
  }
}
