package holter.server.kafka;

import holter.fleet.Beat;

/** Takes what beats tell of the registrations their senders hold. */
@FunctionalInterface
public interface HeldDtus {
  /**
   * Called for each of Holter's own beats that tells it, by several threads; must not wait.
   *
   * @param count how many DTUs it holds
   * @param digest their digest, as docs/wire.md words it
   */
  void told(Beat beat, int count, int digest);
}
