package holter.lab.sim;

import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.Beat;

/**
 * Something that judges workers by what it learns, and may have them restarted. Confined to the
 * simulation's thread.
 */
public interface Detector {
  /**
   * A beat of worker {@code number} was read at {@code nowMs}; {@code wallMs} is the wall clock.
   */
  void heard(int number, Beat beat, long nowMs, long wallMs);

  /** Anything else that can be learnt: lanes, read barriers, answers, own pauses. */
  default void learnt(Input input) {}

  /** Time passed; called every {@link SimWorld#TICK_MS} ms while the observer runs. */
  void tick(long nowMs, long wallMs);

  /** The leading replica stands still for so long; another one leads after the lease. */
  default void leaderStalls(long forMs) {}

  /** What a detector can do to the world. */
  interface Hands {
    /** Holds a worker for dead from now on. */
    void holdsForDead(int number);

    /** Comes to hold a worker to be this, as the audit names it: Alive, Held(…), Dead(…). */
    void turns(int number, String verdict);

    /** Has a worker restarted, whatever it is in truth. */
    void restart(int number);

    /** As an order of the runner protocol: fenced, for one life, answered by an input. */
    void order(int number, RestartOrder order);

    /** Whoever ordered or judged broke a promise; in words. */
    void breaks(String what);

    /** Asks a worker directly; answered by an input. */
    void ask(int number);

    /** Has a lane take a sample now. */
    void sample(int partition);

    /** The present moment, in virtual time. */
    long nowMs();

    /** Runs something later, in virtual time. */
    void at(long ms, Runnable what);
  }

  /** Makes a detector for a fleet of a size. */
  interface Maker {
    Detector make(SimSettings fleet, Hands hands);
  }
}
