package holter.server;

import java.util.function.LongSupplier;

/**
 * Engine time: milliseconds that never go back, anchored at the wall clock when it was made, so
 * that they can be shown as dates and stored. A step of the wall clock does not move it.
 * Thread-safe.
 */
public final class EngineClock implements LongSupplier {
  private final long anchorWallMs = System.currentTimeMillis();
  private final long anchorNs = System.nanoTime();

  @Override
  public long getAsLong() {
    return anchorWallMs + (System.nanoTime() - anchorNs) / 1_000_000;
  }

  /** How far the wall clock is ahead of engine time now. */
  long wallAheadMs() {
    return System.currentTimeMillis() - getAsLong();
  }
}
