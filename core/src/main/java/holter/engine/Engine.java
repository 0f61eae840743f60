package holter.engine;

import java.util.List;

/**
 * The only decision loop's body. Passive: no clock, no thread, no I/O. One thread calls it.
 *
 * <p>All times are engine time: milliseconds that never go back, anchored near the wall clock at
 * start so that they can be shown as dates.
 */
public interface Engine {
  /**
   * Takes what was learnt and says what to do.
   *
   * @param inputs in the order of arrival; empty for a mere tick
   * @param nowMs engine time, never smaller than in the call before
   */
  List<Action> step(List<Input> inputs, long nowMs);

  /**
   * A picture of the state as of the last step, for any thread to read. Making it costs more than a
   * step when the fleet is large; the thread that steps asks for it, as often as it likes to pay.
   */
  View view();
}
