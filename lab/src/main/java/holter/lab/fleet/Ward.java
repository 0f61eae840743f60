package holter.lab.fleet;

import holter.detect.RestartTruth;

/** A worker that the runner looks after. Implementations are thread-safe. */
public interface Ward {
  String name();

  /** A look at its process now; takes two seconds at most. */
  Look look();

  /** Ends whatever there is of it and starts its next life. */
  void startAgain();

  /**
   * What the process is.
   *
   * @param truth by the process table and the worker's own answer
   * @param incarnation of the life looked at; 0 when the worker keeps no count
   * @param detail in words
   */
  record Look(RestartTruth truth, long incarnation, String detail) {}
}
