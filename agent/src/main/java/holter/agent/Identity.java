package holter.agent;

/**
 * Who beats.
 *
 * @param instance the worker's name
 * @param incarnation its life
 * @param intervalMs its declared interval
 * @param host its host by its own word, or empty
 * @param answerAt where it answers on demand, or empty
 */
public record Identity(
    String instance, Incarnation incarnation, long intervalMs, String host, String answerAt) {
  /** The agent's version; a test holds it equal to the build's. */
  static final String AGENT_VERSION = "0.1.0";

  long intervalNanos() {
    return intervalMs * 1_000_000;
  }
}
