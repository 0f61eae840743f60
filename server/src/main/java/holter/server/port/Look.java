package holter.server.port;

import holter.detect.RestartTruth;
import holter.engine.RestartOrder;

/** Asks an instance itself, once, over no path of Kafka's. */
@FunctionalInterface
public interface Look {
  /** Looks at the instance of an order. May block a few seconds; never throws. */
  Seen at(RestartOrder order);

  /**
   * What was seen.
   *
   * @param truth {@code HEALTHY}, {@code HUNG}, or {@code UNKNOWN} when it cannot tell
   * @param words one line for the audit
   * @param life the incarnation that answered; 0 when none did, or it tells none
   */
  record Seen(RestartTruth truth, String words, long life) {
    /** What was seen by other means than asking. */
    public Seen(RestartTruth truth, String words) {
      this(truth, words, 0);
    }

    /** Whether another life than the expected one answered, and a later one. */
    public boolean later(RestartOrder order) {
      return order.expected().counter() > 0 && life > order.expected().counter();
    }
  }
}
