package holter.lab.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fault with its place in time.
 *
 * @param at since the calm start
 * @param until since the calm start; null when it lasts to the end of the run
 * @param fault what is done
 */
public record Injection(Duration at, @Nullable Duration until, Fault fault) {
  public Injection {
    if (until != null && until.compareTo(at) <= 0) {
      throw new IllegalArgumentException("a fault ends after it began");
    }
  }

  /** Reads one line of the timeline: when, how long, and exactly one kind of fault. */
  @JsonCreator
  static Injection read(
      @JsonProperty("at") @Nullable Duration at,
      @JsonProperty("for") @Nullable Duration lasts,
      @JsonProperty("until") @Nullable Duration until,
      @JsonProperty("nicSaturate") Fault.@Nullable NicSaturate nicSaturate,
      @JsonProperty("nicRate") Fault.@Nullable NicRate nicRate,
      @JsonProperty("link") Fault.@Nullable Link link,
      @JsonProperty("broker") Fault.@Nullable Broker broker,
      @JsonProperty("instance") Fault.@Nullable Instance instance,
      @JsonProperty("pod") Scenario.@Nullable Pod pod,
      @JsonProperty("dtu") Fault.@Nullable DtuDials dtu,
      @JsonProperty("orchestrator") Fault.@Nullable Orchestrator orchestrator,
      @JsonProperty("deploy") Fault.@Nullable Deploy deploy,
      @JsonProperty("clock") Fault.@Nullable Clock clock,
      @JsonProperty("roll") Fault.@Nullable Roll roll) {
    if (at == null) {
      throw new IllegalArgumentException("'at' is missing: when does it begin?");
    }
    if (lasts != null && until != null) {
      throw new IllegalArgumentException("write 'for' or 'until', not both");
    }
    var podRuns = pod == null ? null : new Fault.PodRuns(pod);
    var given =
        Stream.<@Nullable Fault>of(
                nicSaturate,
                nicRate,
                link,
                broker,
                instance,
                podRuns,
                dtu,
                orchestrator,
                deploy,
                clock,
                roll)
            .filter(Objects::nonNull)
            .toList();
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "exactly one of nicSaturate, nicRate, link, broker, instance, pod, dtu, orchestrator,"
              + " deploy, clock, roll must be given");
    }
    if ((deploy != null || roll != null) && (lasts != null || until != null)) {
      throw new IllegalArgumentException(
          "a deploy or roll ends when the last one is back; leave out 'for' and 'until'");
    }
    return new Injection(
        at, lasts == null ? until : at.plus(lasts), Objects.requireNonNull(given.getFirst()));
  }

  /** How long it lasts; for ever when it has no end. */
  Duration lasts() {
    return until == null ? ChronoUnit.FOREVER.getDuration() : until.minus(at);
  }

  /** The same fault, later. */
  public Injection shifted(Duration by) {
    return new Injection(at.plus(by), until == null ? null : until.plus(by), fault);
  }
}
