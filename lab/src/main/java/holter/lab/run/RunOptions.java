package holter.lab.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario is run.
 *
 * @param kafkaVersion another version than the scenario's; null for its own
 * @param seed draws victim and phase; empty for the scenario as written
 * @param faultFor how long the channel's faults last; null for the scenario's own
 * @param exitEvents whether the runner tells exits; null as the scenario has it
 * @param record where the record of the first incident is written; null for nowhere
 * @param lang of the record: en or zh
 */
public record RunOptions(
    @Nullable String kafkaVersion,
    OptionalLong seed,
    @Nullable Duration faultFor,
    @Nullable Boolean exitEvents,
    @Nullable Path record,
    String lang) {
  /** The scenario as written. */
  public static RunOptions asWritten() {
    return new RunOptions(null, OptionalLong.empty(), null, null, null, "en");
  }
}
