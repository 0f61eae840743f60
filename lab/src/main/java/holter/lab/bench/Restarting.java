package holter.lab.bench;

import holter.fleet.Beat;
import holter.lab.sim.Detector;
import holter.lab.sim.SimSettings;
import java.util.Arrays;

/**
 * What every plain detector shares: it watches each worker by its beats alone, has it restarted
 * when it suspects it, and waits for the restarted one as long as any orchestrator would before it
 * suspects it again.
 */
abstract class Restarting implements Detector {
  /** After an order nothing is suspected for this long. */
  static final long STARTUP_MS = 30_000;

  final SimSettings fleet;
  private final Hands hands;
  private final long[] restartedMs;

  Restarting(SimSettings fleet, Hands hands) {
    this.fleet = fleet;
    this.hands = hands;
    restartedMs = new long[fleet.workers()];
    Arrays.fill(restartedMs, Long.MIN_VALUE / 2);
  }

  /** A beat arrived. */
  abstract void beat(int number, long seq, long nowMs, long wallMs);

  /** Whether the worker is held for dead now. */
  abstract boolean suspects(int number, long nowMs, long wallMs);

  /** It was ordered to restart: what was learnt of its former life is void. */
  abstract void reset(int number, long nowMs);

  @Override
  public final void heard(int number, Beat beat, long nowMs, long wallMs) {
    beat(number, beat.seq(), nowMs, wallMs);
  }

  @Override
  public void tick(long nowMs, long wallMs) {
    for (int number = 0; number < fleet.workers(); number++) {
      if (nowMs - restartedMs[number] >= STARTUP_MS && suspects(number, nowMs, wallMs)) {
        restart(number, nowMs);
      }
    }
  }

  final void restart(int number, long nowMs) {
    restartedMs[number] = nowMs;
    hands.restart(number);
    reset(number, nowMs);
  }

  /** Whether it was restarted so lately that its silence means nothing. */
  final boolean starting(int number, long nowMs) {
    return nowMs - restartedMs[number] < STARTUP_MS;
  }
}
