package holter.server;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.diagnose.Observation;
import holter.engine.Input;
import holter.server.config.Evidence;
import holter.server.config.HolterConfig;
import holter.server.host.HostWatch;
import holter.server.http.Metrics;
import holter.server.kafka.BeatMapping;
import holter.server.kafka.BeatReader;
import holter.server.kafka.ForeignGroup;
import holter.server.kafka.IdFrom;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.LaneSettings;
import holter.server.kafka.Lanes;
import holter.server.kafka.MapReader;
import holter.server.kafka.TopicReader;
import holter.server.log.LogSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that listens to the cluster: maps, beats, registrations, lanes, hosts, evidence. */
final class Ears implements AutoCloseable {
  private static final Duration MAP_EVERY = Duration.ofSeconds(2);

  /** Registrations are announced every 30 s, so two rounds of them tell all that holds. */
  private static final TopicReader.LookBack REGISTRY_LOOK_BACK =
      new TopicReader.LookBack(2_000, 120_000);

  private final HolterConfig config;
  private final EngineClock clock;
  private final MapReader maps;
  private final BeatMapping mapping;
  private final BeatReader beats;
  private final TopicReader registry;
  private final Lanes lanes;
  private final TwinKeeper twin;
  private final @Nullable HostWatch hosts;
  private final Places places;
  private final EvidenceRound round;

  Ears(
      HolterConfig config,
      KafkaSettings kafka,
      EngineClock clock,
      Consumer<Input> inbox,
      Registrations registrations) {
    this.config = config;
    this.clock = clock;
    String topic = config.heartbeat().topic();
    String twinTopic = config.probe().twinTopic();
    this.maps =
        new MapReader(kafka, Set.of(topic, twinTopic, config.registry().topic()), MAP_EVERY, clock);
    this.mapping =
        new BeatMapping(groups(config.heartbeat()), System::currentTimeMillis, registrations);
    this.beats = new BeatReader(maps, topic, mapping, inbox, System::currentTimeMillis);
    this.registry =
        new TopicReader(
            maps,
            config.registry().topic(),
            REGISTRY_LOOK_BACK,
            registrations,
            System::currentTimeMillis);
    HolterConfig.Probe probe = config.probe();
    this.lanes =
        new Lanes(
            maps,
            new LaneSettings(topic, twinTopic, probe.every(), probe.deadline(), probe.write()),
            inbox);
    this.twin = new TwinKeeper(config, kafka, maps, clock);
    Evidence.Hosts exporter = config.evidence().hosts();
    this.hosts = exporter == null ? null : new HostWatch(exporter.nodeExporter(), clock);
    this.places = Opening.places(config, kafka, clock);
    this.round =
        new EvidenceRound(
            new EvidenceAccess(
                kafka,
                topic,
                config.kafka().zookeeper(),
                logs(config.evidence().logs()),
                clientLogs(config.evidence().clientLogs()),
                hosts,
                places,
                config.evidence().deadline()),
            maps,
            clock,
            new ClusterAsk("", probe.write() ? twinTopic : ""));
    maps.onMap(topic, map -> mapped(map, inbox));
  }

  private void mapped(ClusterMap map, Consumer<Input> inbox) {
    inbox.accept(new Input.Mapped(map));
    if (hosts != null) {
      hosts.watch(map.brokers().stream().map(BrokerNode::host).collect(Collectors.toSet()));
    }
  }

  /** Has the lane of a partition take a sample soon. */
  void sample(int partition) {
    lanes.sample(partition);
  }

  private static List<ForeignGroup> groups(HolterConfig.Heartbeat heartbeat) {
    List<ForeignGroup> groups = new ArrayList<>();
    for (HolterConfig.Group group : heartbeat.groups()) {
      groups.add(new ForeignGroup(group.name(), IdFrom.parse(group.from()), group.interval()));
    }
    return groups;
  }

  private static LogPlaces clientLogs(String place) {
    return place.isEmpty() ? LogPlaces.NONE : new LogPlaces(Path.of(place), null);
  }

  private static @Nullable LogSource logs(Evidence.@Nullable Logs logs) {
    if (logs == null) {
      return null;
    }
    return logs.ssh()
        ? new LogSource.Ssh(logs.user(), logs.path())
        : new LogSource.Directory(Path.of(logs.dir()));
  }

  void start() {
    beats.start();
    registry.start();
    lanes.start();
    maps.start();
    twin.start();
  }

  /** The latest map of the heartbeat topic. */
  Optional<ClusterMap> map() {
    return maps.map(config.heartbeat().topic());
  }

  /** A beat that came by HTTP. */
  Input beat(byte[] body) {
    return mapping.mapHttp(body);
  }

  /** Asks every witness once. */
  List<Observation> gather(long sinceMs) {
    maps.refreshSoon();
    return round.gather(sinceMs);
  }

  /** Why some lanes only fetch, by partition. */
  Map<Integer, String> laneNotes() {
    return lanes.notes();
  }

  /** Adds what the lanes carry to the metrics. */
  void measure(Metrics metrics) {
    metrics.gauge("holter.lane.bytes.out", () -> lanes.traffic().bytesOut());
    metrics.gauge("holter.lane.bytes.in", () -> lanes.traffic().bytesIn());
    metrics.gauge("holter.lane.rounds", () -> lanes.traffic().rounds());
    metrics.gauge(
        "holter.map.age.seconds",
        () -> map().map(m -> (clock.getAsLong() - m.asOfMs()) / 1000.0).orElse(Double.NaN));
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>(List.of(twin, lanes, beats, registry, maps, places));
    if (hosts != null) {
      all.add(hosts);
    }
    Closing.together(all, Duration.ofMillis(1_500));
  }
}
