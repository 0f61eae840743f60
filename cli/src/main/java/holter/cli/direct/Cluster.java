package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.channel.TwinName;
import holter.cli.Refusal;
import holter.diagnose.Observation;
import holter.server.ClusterAsk;
import holter.server.EvidenceAccess;
import holter.server.EvidenceRound;
import holter.server.LogPlaces;
import holter.server.Places;
import holter.server.host.HostWatch;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.MapReader;
import holter.server.log.LogSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that a verb looks at: reached, and the topic found in it. Opening it reads metadata
 * only; a broker that hangs costs nothing as long as another answers.
 */
final class Cluster implements AutoCloseable {
  /** How long somebody is waited for who tells the map. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** How often it is looked whether anybody is left to wait for. */
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** Then everybody is asked once more, each for so long. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

  /** Or for so long, when everybody has said no already. */
  private static final Duration REFUSED_PATIENCE = Duration.ofMillis(300);

  private static final Duration REFRESH = Duration.ofSeconds(1);

  private final KafkaSettings kafka;
  private final String topic;
  private final MapReader maps;
  private final @Nullable HostWatch hosts;
  private final Clock clock;

  private Cluster(
      KafkaSettings kafka, String topic, MapReader maps, @Nullable HostWatch hosts, Clock clock) {
    this.kafka = kafka;
    this.topic = topic;
    this.maps = maps;
    this.hosts = hosts;
    this.clock = clock;
  }

  /**
   * Reaches the cluster.
   *
   * @throws Refusal in one line: unreachable, no rights, no such topic
   */
  static Cluster open(DirectOptions options) throws InterruptedException {
    KafkaSettings kafka = options.kafka();
    String topic = options.topic();
    String exporter = options.exporter();
    Clock clock = new Clock();
    MapReader maps = new MapReader(kafka, Set.of(topic, TwinName.of(topic)), REFRESH, clock);
    HostWatch hosts = exporter == null ? null : new HostWatch(exporter, clock);
    Cluster cluster = new Cluster(kafka, topic, maps, hosts, clock);
    try {
      cluster.reach();
      return cluster;
    } catch (Refusal refusal) {
      cluster.close();
      throw refusal;
    }
  }

  private void reach() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    maps.onMap(topic, _ -> told.countDown());
    maps.start();
    long endMs = clock.getAsLong() + PATIENCE.toMillis();
    boolean came = false;
    while (!came && !maps.refusedByAll() && clock.getAsLong() < endMs) {
      came = told.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (!came) askOnceMore();
    if (map().partitions().isEmpty()) throw Topics.missing(kafka, topic);
    HostWatch watch = hosts;
    if (watch != null) {
      watch.watch(map().brokers().stream().map(b -> b.host()).collect(Collectors.toSet()));
    }
  }

  private void askOnceMore() {
    Duration patience = maps.refusedByAll() ? REFUSED_PATIENCE : LAST_PATIENCE;
    List<Observation> said = maps.observe(topic, patience);
    if (maps.map(topic).isEmpty()) throw Unreached.refusal(kafka, said);
  }

  /** The topic's latest map. */
  ClusterMap map() {
    return maps.map(topic)
        .orElseThrow(() -> new IllegalStateException("an open cluster has a map"));
  }

  /** The map of Holter's own topic beside it, if it was ever read. */
  Optional<ClusterMap> twin() {
    return maps.map(TwinName.of(topic));
  }

  /** Everything that can be asked, asked once; writes canary records where these are asked for. */
  List<Observation> evidence(DirectOptions options, Duration deadline, ClusterAsk ask) {
    LogSource logs = options.logSource();
    LogPlaces logPlaces = options.logPlaces();
    try (Places places = options.places().open(kafka, clock)) {
      EvidenceAccess access =
          new EvidenceAccess(
              kafka, topic, options.zookeeper(), logs, logPlaces, hosts, places, deadline);
      long sinceMs = clock.getAsLong() - options.since().toMillis();
      return new EvidenceRound(access, maps, clock, ask).gather(sinceMs);
    }
  }

  KafkaSettings kafka() {
    return kafka;
  }

  String topic() {
    return topic;
  }

  MapReader maps() {
    return maps;
  }

  long nowMs() {
    return clock.getAsLong();
  }

  @Override
  public void close() {
    maps.close();
    HostWatch watch = hosts;
    if (watch != null) watch.close();
  }
}
