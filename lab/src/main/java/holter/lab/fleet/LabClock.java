package holter.lab.fleet;

/**
 * The lab's one clock: milliseconds near the wall clock of its start that never jump. Everything
 * that the lab dates is dated by it. Thread-safe.
 */
public final class LabClock {
  private final long startWallMs = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** Now, as milliseconds since 1970 at the start's wall clock. */
  public long nowMs() {
    return startWallMs + (System.nanoTime() - startNanos) / 1_000_000;
  }
}
