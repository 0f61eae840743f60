package holter.server;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.Survey.Witness;
import holter.server.host.HostWatch;
import holter.server.kafka.BrokerReach;
import holter.server.kafka.MapReader;
import holter.server.text.Unanswered;
import holter.server.zookeeper.ZooKeeperReader;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One round of evidence about a channel: metadata of every broker, ZooKeeper, a knock at every
 * broker's door, what brokers answer to Kafka's own calls, all brokers' logs and their hosts'
 * pressure, all at once, each under its own deadline. Beside the orchestrator's wiring this is the
 * only place that knows several adapters. Reads only, unless canary records were asked for.
 * Thread-safe.
 */
public final class EvidenceRound {
  /** Metadata and ZooKeeper answer in milliseconds or not at all. */
  private static final Duration QUICK = Duration.ofMillis(1500);

  /** What a broker that has left still says, its host or its log, it says soon or never. */
  private static final Duration DEPARTED = Duration.ofSeconds(2);

  /** A broker's clock nearer than this to ZooKeeper's is taken as right: registering takes time. */
  private static final long SKEW_FLOOR_MS = 1000;

  private final EvidenceAccess access;
  private final MapReader maps;
  private final LongSupplier clockMs;
  private final Survey survey;
  private final ClusterWitnesses cluster;

  /**
   * @param maps must keep the topic's map, and be started
   * @param clockMs engine time
   */
  public EvidenceRound(EvidenceAccess access, MapReader maps, LongSupplier clockMs) {
    this(access, maps, clockMs, ClusterAsk.READING);
  }

  /** With what is asked of the cluster beside its map; that may write canary records. */
  public EvidenceRound(
      EvidenceAccess access, MapReader maps, LongSupplier clockMs, ClusterAsk ask) {
    this.cluster = new ClusterWitnesses(access, maps, clockMs, ask);
    this.access = access;
    this.maps = maps;
    this.clockMs = clockMs;
    this.survey = new Survey(clockMs);
  }

  /**
   * Asks everyone once. Takes as long as the slowest deadline; longer when nobody has told yet who
   * the brokers are, or when some have left.
   *
   * @param sinceMs engine time from which logs and rates are wanted
   */
  public List<Observation> gather(long sinceMs) {
    CompletableFuture<Map<Integer, Long>> skews = new CompletableFuture<>();
    List<Observation> all = new ArrayList<>();
    Collection<BrokerNode> brokers =
        maps.map(access.topic()).map(ClusterMap::brokers).orElse(List.of());
    List<Witness> asked = new ArrayList<>(List.of(metadata(), zooKeeper(skews)));
    if (brokers.isEmpty()) {
      all.addAll(survey.ask(asked));
      brokers = named(all);
      asked.clear();
    }
    asked.addAll(aroundBrokers(List.copyOf(brokers), sinceMs, skews));
    asked.addAll(
        new PlaceWitnesses(access.places(), access.deadline())
            .around(List.copyOf(brokers), sinceMs));
    asked.addAll(cluster.around(List.copyOf(brokers), sinceMs));
    all.addAll(survey.ask(asked));
    List<BrokerNode> departed = Departed.among(brokers, access.kafka().bootstrap(), all);
    all.addAll(survey.ask(aroundDeparted(departed, sinceMs)));
    return List.copyOf(all);
  }

  /** A dead broker's door and its own log, where somebody said where it was. */
  private List<Witness> aroundDeparted(List<BrokerNode> departed, long sinceMs) {
    List<Witness> all = new ArrayList<>();
    if (departed.isEmpty()) {
      return all;
    }
    List<BrokerNode> placed = departed.stream().filter(b -> b.port() > 0).toList();
    if (!placed.isEmpty()) {
      all.add(reach(placed));
      if (access.hosts() != null) { // else it is told already that nobody said where they are
        all.add(hosts(placed, sinceMs, DEPARTED));
      }
    }
    if (access.logs() != null) {
      all.add(new LogWitnesses(access.within(DEPARTED), clockMs).ofDeparted(departed, sinceMs));
    }
    return all;
  }

  private List<Witness> aroundBrokers(
      List<BrokerNode> brokers, long sinceMs, CompletableFuture<Map<Integer, Long>> skews) {
    List<Witness> all =
        new ArrayList<>(List.of(reach(brokers), hosts(brokers, sinceMs, access.deadline())));
    all.addAll(new LogWitnesses(access, clockMs).around(brokers, sinceMs, skews, QUICK));
    return all;
  }

  private Witness metadata() {
    return new Witness(
        Sentence.of(UnaskedWords.METADATA),
        Source.METADATA,
        slack(QUICK.multipliedBy(2)), // of a cluster not known yet, the bootstrap is asked first
        hearing -> hearing.heard(maps.observe(access.topic(), QUICK)));
  }

  private Witness zooKeeper(CompletableFuture<Map<Integer, Long>> skews) {
    String connect = access.zookeeper();
    if (connect.isEmpty()) skews.complete(Map.of());
    return new Witness(
        Sentence.of(UnaskedWords.ZOOKEEPER),
        Source.ZOOKEEPER,
        slack(QUICK),
        hearing -> {
          if (connect.isEmpty()) throw new Unanswered(UnaskedWords.NOT_CONFIGURED);
          Set<Integer> expected =
              maps.map(access.topic()).map(EvidenceRound::replicas).orElse(Set.of());
          List<Observation> seen =
              new ZooKeeperReader(connect, clockMs)
                  .read(access.topic(), expected, QUICK)
                  .observations();
          hearing.heard(seen);
          skews.complete(skewsIn(seen));
        });
  }

  private Witness reach(List<BrokerNode> brokers) {
    return new Witness(
        Sentence.of(UnaskedWords.BROKER_REACH),
        Source.BROKER_REACH,
        slack(QUICK.multipliedBy(2)),
        hearing -> {
          if (brokers.isEmpty()) throw new Unanswered(UnaskedWords.NO_BROKER);
          hearing.heard(new BrokerReach(access.kafka(), QUICK, clockMs).observe(brokers));
        });
  }

  private Witness hosts(List<BrokerNode> brokers, long sinceMs, Duration most) {
    HostWatch watch = access.hosts();
    Duration deadline = access.within(most).deadline();
    return new Witness(
        Sentence.of(UnaskedWords.HOSTS),
        Source.HOST_METRICS,
        slack(deadline),
        hearing -> {
          if (watch == null) {
            if (access.places().hosts() != null) return; // they are measured by ssh
            throw new Unanswered(UnaskedWords.NOT_CONFIGURED);
          }
          Set<String> names = brokers.stream().map(BrokerNode::host).collect(Collectors.toSet());
          if (names.isEmpty()) throw new Unanswered(UnaskedWords.NO_HOST);
          hearing.heard(watch.observe(names, sinceMs, deadline));
        });
  }

  /** A source keeps its own deadline; this one only catches a source that does not. */
  private static Duration slack(Duration own) {
    return own.plusMillis(1000);
  }

  private static Set<Integer> replicas(ClusterMap map) {
    return map.partitions().stream()
        .flatMap(p -> p.replicas().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The brokers that somebody named: metadata first, then ZooKeeper. */
  static Collection<BrokerNode> named(List<Observation> seen) {
    Map<Integer, BrokerNode> brokers = new TreeMap<>();
    for (Observation observation : seen) {
      Fact fact = observation.fact();
      if (fact instanceof Fact.Registered node) {
        brokers.putIfAbsent(
            node.brokerId(), new BrokerNode(node.brokerId(), node.host(), node.port()));
      } else if (fact instanceof Fact.Metadata told) {
        told.map().brokers().forEach(broker -> brokers.put(broker.id(), broker));
      }
    }
    return List.copyOf(brokers.values());
  }

  /** How far each broker's clock is ahead of ZooKeeper's, as its registration shows it. */
  static Map<Integer, Long> skewsIn(List<Observation> seen) {
    Map<Integer, Long> skews = new HashMap<>();
    for (Observation observation : seen) {
      if (observation.fact() instanceof Fact.Registered node && node.selfReportedWallMs() > 0) {
        long ahead = node.selfReportedWallMs() - node.registeredAtWallMs();
        if (Math.abs(ahead) >= SKEW_FLOOR_MS) skews.put(node.brokerId(), ahead);
      }
    }
    return skews;
  }
}
