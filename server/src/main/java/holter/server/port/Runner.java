package holter.server.port;

import holter.detect.RestartTruth;
import holter.engine.RestartOrder;

/** Whoever can restart instances. */
public interface Runner {
  /**
   * Carries out an order at most once, however often it is asked with the same key. May block up to
   * its deadline; never throws.
   */
  Answer restart(RestartOrder order);

  /**
   * @param done whether the instance was restarted
   * @param truth what the process was in truth, by the runner's own look
   * @param detail one line for the audit
   */
  record Answer(boolean done, RestartTruth truth, String detail) {}
}
