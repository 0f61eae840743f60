package holter.lab.broker;

import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.process.Child;
import holter.lab.process.Children;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A real Kafka cluster on emulated hosts: ZooKeeper or one KRaft controller, and a JVM per broker,
 * each with its own data and its own logs. Thread-safe.
 */
public final class LabKafka implements AutoCloseable {
  /** Six brokers take 4 s on two idle processors; a busy machine takes its time. */
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /** ZooKeeper's default session of 6 s, and time for the news to spread. */
  private static final Duration SESSION_PATIENCE = Duration.ofSeconds(15);

  private static final Duration TOPIC_LIMIT = Duration.ofSeconds(30);

  private final KafkaSpec spec;
  private final KafkaVersion version;
  private final ServerFiles files;
  private final ServerProcess control;
  private final Map<Integer, ServerProcess> brokers = new LinkedHashMap<>();
  private final Cluster cluster;

  private LabKafka(
      KafkaSpec spec, LabNet net, Children children, Path directory, KafkaDistribution distribution)
      throws IOException {
    this.spec = spec;
    this.version = distribution.version();
    this.files = new ServerFiles(spec, distribution, net, directory);
    int controlPort =
        version.kraft() ? ServerProperties.CONTROLLER_PORT : ServerProperties.ZOOKEEPER_PORT;
    this.control =
        new ServerProcess(
            files.control(),
            children,
            net.expose(spec.controlHost(), controlPort, spec.controlRoute()));
    for (var broker : spec.brokers()) {
      var service = net.expose(broker.host(), ServerProperties.BROKER_PORT, Route.SHARED);
      brokers.put(broker.id(), new ServerProcess(files.broker(broker), children, service));
      spec.furtherPorts().forEach(port -> net.expose(broker.host(), port, Route.SHARED));
    }
    this.cluster = new Cluster(labBootstrap());
  }

  /**
   * Starts everything and returns when all brokers have registered.
   *
   * @param directory where data and logs go
   * @param progress receives a line about each thing that takes time
   * @throws LabException when something does not start, with where to look
   */
  public static LabKafka start(
      KafkaSpec spec, LabNet net, Children children, Path directory, Consumer<String> progress) {
    var distribution = KafkaDistribution.of(spec.version(), progress);
    ClassArchive.ensure(distribution, children, progress);
    try {
      var kafka = new LabKafka(spec, net, children, directory, distribution);
      try {
        kafka.startAll(progress);
        return kafka;
      } catch (RuntimeException e) {
        kafka.close();
        throw e;
      }
    } catch (IOException e) {
      throw new LabException("cannot write the cluster's files; " + e.getMessage(), e);
    }
  }

  private void startAll(Consumer<String> progress) {
    var deadline = Deadline.in(START_LIMIT);
    control.start();
    if (!version.kraft()) {
      awaitOrExplain(deadline, List.of(control), control::listens); // brokers do not wait for it
    }
    brokers.values().forEach(ServerProcess::start);
    var reported = new int[] {-1};
    awaitOrExplain(
        deadline,
        brokers.values(),
        () -> {
          var registered = cluster.registered();
          if (registered.size() != reported[0]) {
            reported[0] = registered.size();
            progress.accept(
                "Kafka %s: %d of %d brokers"
                    .formatted(spec.version(), reported[0], brokers.size()));
          }
          return registered.containsAll(brokers.keySet());
        });
  }

  private void awaitOrExplain(
      Deadline deadline,
      Collection<ServerProcess> needed,
      java.util.function.BooleanSupplier condition) {
    boolean came =
        deadline.await(
            () -> {
              needed.forEach(process -> process.refuseDead(spec.version()));
              control.refuseDead(spec.version());
              return condition.getAsBoolean();
            });
    if (!came) {
      throw new LabException(
          "Kafka %s did not come up in %d s; registered: %s of %s; logs are in %s"
              .formatted(
                  spec.version(),
                  START_LIMIT.toSeconds(),
                  cluster.registered(),
                  brokers.keySet(),
                  files.directory()));
    }
  }

  public KafkaSpec spec() {
    return spec;
  }

  /** Name and port of every broker; any host of the lab may use it, and this JVM too. */
  public String bootstrap() {
    return spec.brokers().stream().map(LabKafka::address).collect(Collectors.joining(","));
  }

  /** Where the lab itself looks: the listener for replication, if there is one. */
  public String labBootstrap() {
    if (spec.doors() == KafkaSpec.Doors.ONE) {
      return bootstrap();
    }
    return spec.brokers().stream()
        .map(broker -> broker.host() + ":" + ServerProperties.INTERNAL_PORT)
        .collect(Collectors.joining(","));
  }

  /** Name and port of one broker. */
  public String bootstrap(int id) {
    return address(broker(id));
  }

  private static String address(BrokerSpec broker) {
    return broker.host() + ":" + ServerProperties.BROKER_PORT;
  }

  /** Name and port of ZooKeeper; empty on KRaft. */
  public Optional<String> zookeeper() {
    return version.kraft()
        ? Optional.empty()
        : Optional.of(spec.controlHost() + ":" + ServerProperties.ZOOKEEPER_PORT);
  }

  /** The broker's entry in the spec. */
  public BrokerSpec broker(int id) {
    return spec.brokers().stream()
        .filter(broker -> broker.id() == id)
        .findFirst()
        .orElseThrow(
            () -> new LabException("no broker %d; there are %s".formatted(id, brokers.keySet())));
  }

  /**
   * Creates topics and waits until each partition has its first replica as leader and all in sync.
   */
  public void createTopics(List<TopicSpec> topics) {
    if (version.adminCreatesTopics()) {
      cluster.create(topics);
    } else {
      topics.forEach(files::createByCommand);
    }
    if (!Deadline.in(TOPIC_LIMIT).await(() -> cluster.complete(topics))) {
      throw new LabException(
          "topics %s are not complete after %d s; a broker may be down; logs are in %s"
              .formatted(
                  topics.stream().map(TopicSpec::name).toList(),
                  TOPIC_LIMIT.toSeconds(),
                  files.directory()));
    }
  }

  /** The brokers that metadata shows now; empty when nobody answers in 3 s. */
  public Set<Integer> registered() {
    return cluster.registered();
  }

  private ServerProcess process(int id) {
    return java.util.Objects.requireNonNull(brokers.get(broker(id).id()));
  }

  /** The broker's process. */
  public Child child(int id) {
    return process(id).child();
  }

  /** The process of the KRaft controller or of ZooKeeper. */
  public Child control() {
    return control.child();
  }

  public boolean alive(int id) {
    return process(id).alive();
  }

  /** SIGKILL; connects are refused when this returns. */
  public void kill(int id) {
    process(id).kill();
  }

  /**
   * SIGTERM: the broker hands its leaders over and ends. One that has not ended in time is killed.
   *
   * @return whether it ended in order
   */
  public boolean shutDown(int id, Duration limit) {
    var process = process(id);
    process.child().terminate();
    boolean inOrder = process.child().awaitExit(limit);
    process.kill();
    return inOrder;
  }

  /** SIGSTOP: connects succeed, nobody answers. */
  public void stop(int id) {
    process(id).child().stop();
  }

  /** SIGCONT. */
  public void cont(int id) {
    process(id).child().cont();
  }

  /**
   * Kills the broker if it lives, starts it with its data, and waits until it has registered. With
   * ZooKeeper it refuses to start while its old session lasts; it is then started again.
   */
  public void restart(int id, Duration limit) {
    var deadline = Deadline.in(limit);
    var process = process(id);
    process.kill();
    if (!version.kraft()) {
      Deadline.in(SESSION_PATIENCE).await(() -> gone(id)); // spares it most vain starts
    }
    process.start();
    awaitOrExplain(
        deadline,
        version.kraft() ? List.of(process) : List.of(),
        () -> {
          if (!process.alive()) {
            process.start();
          }
          return process.listens() && cluster.registered().contains(id);
        });
  }

  private boolean gone(int id) {
    var registered = cluster.registered();
    return !registered.isEmpty() && !registered.contains(id);
  }

  /** Where the broker writes server.log, controller.log, state-change.log … and kafkaServer.out. */
  public Path logDir(int id) {
    return files.logs(broker(id));
  }

  /** The same of the KRaft controller by its id, a process of its own; none with ZooKeeper. */
  public Map<Integer, Path> controllerLogDirs() {
    return files.controllerLogs();
  }

  /** The directory that holds {@code broker-ID} directories of all brokers. */
  public Path directory() {
    return files.directory();
  }

  /** Kills all its processes. */
  @Override
  public void close() {
    cluster.close();
    brokers.values().stream().filter(ServerProcess::started).forEach(ServerProcess::kill);
    if (control.started()) {
      control.kill();
    }
  }
}
