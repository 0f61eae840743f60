package holter.server;

import holter.server.host.HostWatch;
import holter.server.kafka.KafkaSettings;
import holter.server.log.LogSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where evidence about a topic's channel can be had. A source that is not given is not asked, and
 * is told as not asked.
 *
 * @param kafka how to reach the cluster
 * @param topic whose channel it is
 * @param zookeeper {@code host:port[,host:port…][/chroot]}; empty when there is none
 * @param logs where the brokers' logs are; null when nobody said
 * @param logPlaces where logs of others are
 * @param hosts watches the brokers' hosts; null when nobody said how
 * @param places further ones
 * @param deadline of each source
 */
public record EvidenceAccess(
    KafkaSettings kafka,
    String topic,
    String zookeeper,
    @Nullable LogSource logs,
    LogPlaces logPlaces,
    @Nullable HostWatch hosts,
    Places places,
    Duration deadline) {

  /** The same, each source for so long at most. */
  EvidenceAccess within(Duration most) {
    return deadline.compareTo(most) <= 0
        ? this
        : new EvidenceAccess(kafka, topic, zookeeper, logs, logPlaces, hosts, places, most);
  }
}
