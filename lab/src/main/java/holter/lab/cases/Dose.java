package holter.lab.cases;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import holter.lab.scenario.Fault;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A strike with its place in time.
 *
 * @param at since the calm start
 * @param until since the calm start; null when it is never undone
 * @param strike what is done
 */
public record Dose(Duration at, @Nullable Duration until, Strike strike) {
  public Dose {
    if (until != null && until.compareTo(at) <= 0) {
      throw new IllegalArgumentException("a strike ends after it began");
    }
  }

  /** Reads one line: when, how long, and exactly one kind of strike. */
  @JsonCreator
  static Dose read(
      @JsonProperty("at") @Nullable Duration at,
      @JsonProperty("for") @Nullable Duration lasts,
      @JsonProperty("until") @Nullable Duration until,
      @JsonProperty("nicSaturate") Fault.@Nullable NicSaturate nicSaturate,
      @JsonProperty("nicRate") Fault.@Nullable NicRate nicRate,
      @JsonProperty("link") Fault.@Nullable Link link,
      @JsonProperty("broker") Strike.@Nullable Broker broker,
      @JsonProperty("cpu") Strike.@Nullable Cpu cpu,
      @JsonProperty("disk") Strike.@Nullable Disk disk,
      @JsonProperty("dir") Strike.@Nullable Dir dir,
      @JsonProperty("topicConfig") Strike.@Nullable TopicConfig topicConfig,
      @JsonProperty("client") Strike.@Nullable OfClient client,
      @JsonProperty("quota") Strike.@Nullable Quota quota,
      @JsonProperty("user") Strike.@Nullable User user,
      @JsonProperty("acl") Strike.@Nullable Acl acl,
      @JsonProperty("topicPartitions") Strike.@Nullable Partitions partitions,
      @JsonProperty("files") Strike.@Nullable Files files,
      @JsonProperty("control") Strike.@Nullable Control control,
      @JsonProperty("noise") Strike.@Nullable Noise noise) {
    if (at == null) {
      throw new IllegalArgumentException("'at' is missing: when does it begin?");
    }
    if (lasts != null && until != null) {
      throw new IllegalArgumentException("write 'for' or 'until', not both");
    }
    var network =
        Stream.<@Nullable Fault>of(nicSaturate, nicRate, link)
            .filter(Objects::nonNull)
            .map(fault -> (Strike) new Strike.Network(Objects.requireNonNull(fault)));
    var own =
        Stream.<@Nullable Strike>of(
                broker,
                cpu,
                disk,
                dir,
                topicConfig,
                client,
                quota,
                user,
                acl,
                partitions,
                files,
                control,
                noise)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull);
    var given = Stream.concat(network, own).toList();
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "exactly one of nicSaturate, nicRate, link, broker, cpu, disk, dir, topicConfig, client,"
              + " quota, user, acl, topicPartitions, files, control, noise must be given");
    }
    return new Dose(at, lasts == null ? until : at.plus(lasts), given.getFirst());
  }
}
