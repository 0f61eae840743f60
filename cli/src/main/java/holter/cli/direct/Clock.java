package holter.cli.direct;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Engine time: milliseconds near the wall clock's that never go back. */
final class Clock implements LongSupplier {
  private final long wallMs = System.currentTimeMillis();
  private final long startedNs = System.nanoTime();

  @Override
  public long getAsLong() {
    return wallMs + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
  }
}
