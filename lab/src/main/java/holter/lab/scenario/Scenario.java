package holter.lab.scenario;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One scenario: the world, its fleet, the faults over time, and what Holter is expected to find.
 * Read from YAML by {@link ScenarioReader}; the keys are the components' names and are described in
 * docs/scenarios.md.
 *
 * @param name one word, used in file names
 * @param title one line for people
 * @param runFor from the calm start to the end
 * @param kafka the cluster
 * @param hosts NICs of hosts that differ from {@link Host#DEFAULT}; other hosts need no entry
 * @param topics replica lists per topic and partition, leader first
 * @param fleet who beats
 * @param dtus who is registered from the start
 * @param pods who moves bytes from the start
 * @param kubernetes nodes and Deployments around the brokers, if there are any
 * @param orchestrator Holter's own place and settings
 * @param timeline faults with start and end
 * @param expect what is scored
 */
public record Scenario(
    String name,
    String title,
    Duration runFor,
    Kafka kafka,
    Map<String, Host> hosts,
    Map<String, SortedMap<Integer, List<Integer>>> topics,
    List<Group> fleet,
    List<Dtu> dtus,
    List<Pod> pods,
    Kubernetes kubernetes,
    Orchestrator orchestrator,
    List<Injection> timeline,
    Expect expect) {
  /** The topic of beats. */
  public static final String HEARTBEAT = "HeartBeat";

  /** The topic of registrations. */
  public static final String REGISTRY = "Registry";

  public Scenario {
    title = title == null ? "" : title;
    hosts = hosts == null ? Map.of() : Map.copyOf(hosts);
    topics = topics == null ? Map.of() : Map.copyOf(topics);
    fleet = listOf(fleet);
    dtus = listOf(dtus);
    pods = listOf(pods);
    kubernetes = kubernetes == null ? Kubernetes.none() : kubernetes;
    orchestrator = orchestrator == null ? Orchestrator.defaults() : orchestrator;
    timeline = listOf(timeline);
    expect = expect == null ? Expect.nothing() : expect;
  }

  /** An absent list of the YAML file is an empty one. */
  static <T> List<T> listOf(@Nullable List<T> read) {
    return read == null ? List.of() : List.copyOf(read);
  }

  /** Every host that anything of the scenario stands on, in a stable order. */
  public Set<String> hostNames() {
    var names = new LinkedHashSet<String>();
    kafka.brokers().forEach(broker -> names.add(broker.host()));
    fleet.forEach(group -> names.addAll(group.hosts()));
    names.addAll(orchestrator.hosts());
    names.addAll(hosts.keySet());
    for (var pod : pods) {
      names.add(pod.host());
      names.add(pod.peer());
    }
    for (var injection : timeline) {
      names.addAll(injection.fault().hosts());
    }
    return names;
  }

  /** The NIC of a host. */
  public Host hostOf(String hostName) {
    return hosts.getOrDefault(hostName, Host.DEFAULT);
  }

  /** The host of a broker. */
  public Optional<String> brokerHost(int brokerId) {
    return kafka.brokers().stream()
        .filter(broker -> broker.id() == brokerId)
        .map(Broker::host)
        .findFirst();
  }

  /** How many partitions the beat topic has. */
  public int beatPartitions() {
    var partitions = topics.get(HEARTBEAT);
    return partitions == null ? 0 : partitions.size();
  }

  /** The beat topic's partitions that a broker leads when all leaders are the preferred ones. */
  public List<Integer> ledBy(int brokerId) {
    var led = new ArrayList<Integer>();
    topics
        .getOrDefault(HEARTBEAT, new TreeMap<>())
        .forEach(
            (partition, replicas) -> {
              if (replicas.getFirst() == brokerId) {
                led.add(partition);
              }
            });
    return led;
  }

  /** The same scenario on another version of Kafka. */
  public Scenario onKafka(String version) {
    var other = new Kafka(version, kafka.controlPath(), kafka.brokers(), kafka.settings());
    return with(runFor, other, orchestrator, timeline).expecting(expect.onKafka(version));
  }

  private Scenario expecting(Expect other) {
    return new Scenario(
        name,
        title,
        runFor,
        kafka,
        hosts,
        topics,
        fleet,
        dtus,
        pods,
        kubernetes,
        orchestrator,
        timeline,
        other);
  }

  /**
   * The same scenario with every fault of the channel that ends lasting this long; the run grows or
   * shrinks by as much as the longest of them does.
   */
  public Scenario faultsLasting(Duration each) {
    var longest =
        timeline.stream()
            .filter(one -> one.fault().onChannel() && one.until() != null)
            .map(Injection::lasts)
            .max(Duration::compareTo)
            .orElse(each);
    var changed =
        timeline.stream()
            .map(
                one ->
                    one.fault().onChannel() && one.until() != null
                        ? new Injection(one.at(), one.at().plus(each), one.fault())
                        : one)
            .toList();
    return with(runFor.plus(each).minus(longest), kafka, orchestrator, changed);
  }

  /** The same scenario with a runner that tells exits, or not. */
  public Scenario tellingExits(boolean tells) {
    var other = orchestrator.tellingExits(tells);
    return with(runFor, kafka, other, timeline);
  }

  private Scenario with(Duration lasts, Kafka on, Orchestrator by, List<Injection> faults) {
    return new Scenario(
        name, title, lasts, on, hosts, topics, fleet, dtus, pods, kubernetes, by, faults, expect);
  }

  /** Hosts that a client of Kafka stands on and no broker. */
  public List<String> clientHosts() {
    var all = new LinkedHashSet<String>();
    fleet.forEach(group -> all.addAll(group.hosts()));
    all.add(orchestrator.host());
    brokerHosts().forEach(all::remove);
    return List.copyOf(all);
  }

  /** Hosts that a broker stands on. */
  public List<String> brokerHosts() {
    return kafka.brokers().stream().map(Broker::host).toList();
  }

  /** Whether the timeline moves this process's clock. */
  public boolean movesClockOf(String process) {
    return timeline.stream()
        .anyMatch(each -> each.fault() instanceof Fault.Clock clock && clock.of().equals(process));
  }

  /** Every worker of the fleet, in order. */
  public List<Worker> workers() {
    return fleet.stream().flatMap(group -> group.workers().stream()).toList();
  }

  /**
   * The cluster.
   *
   * @param version a release number, such as 0.10.1.1 or 3.9.2
   * @param controlPath whether the controller's or ZooKeeper's session passes the host's NIC too
   * @param brokers ids and hosts
   * @param settings broker settings that differ from the stock ones
   */
  public record Kafka(
      String version, ControlPath controlPath, List<Broker> brokers, Map<String, String> settings) {
    public Kafka {
      controlPath = controlPath == null ? ControlPath.OWN : controlPath;
      brokers = listOf(brokers);
      settings = settings == null ? Map.of() : Map.copyOf(settings);
    }
  }

  /** Whether the controller's or ZooKeeper's session has a way of its own. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum ControlPath {
    OWN,
    SHARED
  }

  /** A broker and the host it stands on. */
  public record Broker(int id, String host) {}

  /** A DTU and the agent worker that it dials. */
  public record Dtu(String id, String dac) {}

  /**
   * A pod that moves bytes over its host's NIC.
   *
   * @param name of the pod
   * @param host where it stands
   * @param peer the host at the other end
   * @param rate of all its flows together, in each direction that it uses
   * @param flows connections side by side
   * @param direction as its own host sees it
   */
  public record Pod(
      String name, String host, String peer, Rate rate, int flows, Direction direction) {
    public Pod {
      flows = flows == 0 ? 1 : flows;
      direction = direction == null ? Direction.OUT : direction;
    }
  }

  /** A direction of traffic as a host sees it. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum Direction {
    IN,
    OUT,
    BOTH
  }

  /**
   * Holter's place in the world.
   *
   * @param host where it stands, or the first of its replicas
   * @param exitEvents whether the lab's runner tells exits; figures are judged with it off
   * @param plainTimeoutIntervals the plain timeout that runs beside it, in beat intervals
   * @param replicas how many share one PostgreSQL server and watch the fleet; one leads
   * @param leaders its {@code remedies.leaders}
   */
  public record Orchestrator(
      String host, boolean exitEvents, int plainTimeoutIntervals, int replicas, Leaders leaders) {
    public Orchestrator {
      leaders = leaders == null ? Leaders.OFF : leaders;
      host = host == null ? "iota-ops" : host;
      plainTimeoutIntervals = plainTimeoutIntervals == 0 ? 3 : plainTimeoutIntervals;
      replicas = replicas == 0 ? 1 : replicas;
    }

    static Orchestrator defaults() {
      return new Orchestrator("iota-ops", false, 3, 1, Leaders.OFF);
    }

    /** Where each replica stands: {@code iota-ops}, {@code iota-ops2} and so on. */
    public List<String> hosts() {
      return IntStream.rangeClosed(1, replicas).mapToObj(n -> n == 1 ? host : host + n).toList();
    }

    Orchestrator tellingExits(boolean tells) {
      return new Orchestrator(host, tells, plainTimeoutIntervals, replicas, leaders);
    }
  }

  /** Whether Holter moves leaders off a sick broker. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum Leaders {
    OFF,
    SUGGEST,
    AUTO
  }
}
