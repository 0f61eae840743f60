package holter.lab.stage;

import holter.lab.broker.BrokerSpec;
import holter.lab.broker.KafkaSpec;
import holter.lab.broker.LabKafka;
import holter.lab.broker.TopicSpec;
import holter.lab.cases.Case;
import holter.lab.cases.Client;
import holter.lab.cases.Given;
import holter.lab.exporter.NodeExporter;
import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.LinkMode;
import holter.lab.net.Nic;
import holter.lab.net.Route;
import holter.lab.process.Children;
import holter.lab.process.Deadline;
import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import holter.lab.process.Opened;
import holter.lab.process.RunDirectory;
import holter.lab.scenario.Host;
import holter.lab.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/** Everything that a live case describes, running. Closing it ends all of it, last made first. */
public final class CaseWorld implements AutoCloseable {
  /** The lab's own eye stands on a host that no case breaks. */
  static final String VANTAGE = "lab-eye";

  private static final String CONTROL_HOST = "iota-control";
  private static final int BROKER_PORT = 6667;
  private static final Duration CALM_LIMIT = Duration.ofSeconds(90);

  private final Case given;
  private final Case.Kafka cluster;
  private final Consumer<String> progress;
  private final Map<Integer, SmallDisk> disks = new HashMap<>();
  private final Map<Integer, List<Path>> dirs = new HashMap<>();
  private final Opened opened;

  private CaseWorld(Case given, Case.Kafka cluster, Consumer<String> progress) {
    this.given = given;
    this.cluster = cluster;
    this.progress = progress;
    this.opened = new Opened("case-ends", progress);
  }

  /**
   * What runs.
   *
   * @param disks small disks by broker
   * @param dirs data directories by broker, where they are not the lab's usual one
   * @param logs a folder per broker, and one of the KRaft controller's, as an administrator would
   *     mount them
   */
  record Parts(
      LabNet net,
      Children children,
      LabKafka kafka,
      Admin admin,
      Clients clients,
      Map<Integer, SmallDisk> disks,
      Map<Integer, List<Path>> dirs,
      Path logs,
      Path directory) {}

  /** A world and what runs in it. */
  record Made(CaseWorld world, Parts parts) {}

  /** Why this machine cannot play the case; empty when it can. */
  public static String skipped(Case given) {
    var kafka = given.kafka();
    boolean small = kafka != null && kafka.brokers().stream().anyMatch(b -> b.diskMb() > 0);
    return small && !SmallDisk.allowed() ? "a small disk needs root, to mount tmpfs" : "";
  }

  /** Builds the world, up to producers whose records are acknowledged. */
  static Made start(Case given, Consumer<String> progress) {
    var cluster = given.kafka();
    if (cluster == null) {
      throw new LabException(given.name() + " is a bundle; there is nothing to start");
    }
    var world = new CaseWorld(given, cluster, progress);
    try {
      return new Made(world, world.build());
    } catch (RuntimeException failed) {
      world.close();
      throw failed;
    }
  }

  private Parts build() {
    var directory = opened.add(RunDirectory.open(HolterHome.path())).path();
    cluster.brokers().forEach(broker -> storage(broker, directory));
    var children = opened.add(new Children());
    var net = opened.add(LabNet.open(directory.resolve("hosts"), hosts(), VANTAGE));
    progress.accept("starting Kafka " + cluster.version());
    var kafka =
        opened.add(LabKafka.start(spec(), net, children, directory.resolve("kafka"), progress));
    cluster.brokers().forEach(broker -> darken(broker, net));
    var admin = opened.add(admin(kafka.labBootstrap()));
    if (cluster.sasl()) {
      Logins.create(given, admin);
    }
    kafka.createTopics(topics());
    opened.add(NodeExporter.start(net, children, host -> diskOf(host, directory)));
    var told =
        new Clients.Told(kafka.bootstrap(), cluster.version().startsWith("0."), cluster.sasl());
    var clients = Clients.start(given, told, net, children, directory);
    var logs = logs(kafka, directory);
    awaitCalm(clients);
    return new Parts(
        net, children, kafka, admin, clients, Map.copyOf(disks), Map.copyOf(dirs), logs, directory);
  }

  private static Admin admin(String bootstrap) {
    return Admin.create(
        Map.of(
            "bootstrap.servers", bootstrap,
            "client.id", "lab-eye",
            "request.timeout.ms", "3000",
            "default.api.timeout.ms", "6000",
            "reconnect.backoff.max.ms", "300"));
  }

  private void storage(Case.Broker broker, Path directory) {
    Path home = directory.resolve("kafka").resolve("broker-" + broker.id());
    if (broker.diskMb() > 0) {
      var disk = opened.add(SmallDisk.mount(broker.diskMb()));
      disks.put(broker.id(), disk);
      home = disk.path();
    }
    if (broker.diskMb() > 0 || broker.dirs() > 1) {
      Path base = home;
      dirs.put(
          broker.id(),
          IntStream.rangeClosed(1, broker.dirs()).mapToObj(n -> base.resolve("d" + n)).toList());
    }
  }

  private Path diskOf(String host, Path directory) {
    return cluster.brokers().stream()
        .filter(broker -> broker.host().equals(host) && disks.containsKey(broker.id()))
        .map(broker -> disks.get(broker.id()))
        .filter(disk -> disk != null)
        .map(SmallDisk::path)
        .findFirst()
        .orElse(directory);
  }

  /** Nothing answers at an advertised address that is not the broker's own. */
  private static void darken(Case.Broker broker, LabNet net) {
    var elsewhere = broker.advertised();
    if (elsewhere != null) {
      net.expose(elsewhere, BROKER_PORT, Route.SHARED);
      net.links(elsewhere, new LinkMode.Dark());
    }
  }

  private List<HostSpec> hosts() {
    var specs = new ArrayList<HostSpec>();
    for (var name : given.hostNames()) {
      if (name.equals(CONTROL_HOST)) {
        continue; // a case may cut it off, and it is there in any case
      }
      var host = given.hosts().getOrDefault(name, Host.DEFAULT);
      specs.add(new HostSpec(name, new Nic(host.rate().bytesPerS(), host.depth())));
    }
    specs.add(HostSpec.unlimited(CONTROL_HOST));
    specs.add(HostSpec.unlimited(VANTAGE));
    return specs;
  }

  private KafkaSpec spec() {
    var doors = KafkaSpec.Doors.ONE;
    if (cluster.internal()) {
      doors = cluster.sasl() ? KafkaSpec.Doors.SCRAM : KafkaSpec.Doors.INTERNAL;
    }
    return new KafkaSpec(
        cluster.version(),
        cluster.brokers().stream()
            .map(
                broker ->
                    new BrokerSpec(
                        broker.id(),
                        broker.host(),
                        broker.settings(),
                        dirs.getOrDefault(broker.id(), List.of()),
                        broker.advertised() == null ? "" : broker.advertised()))
            .toList(),
        CONTROL_HOST,
        cluster.controlPath() == Scenario.ControlPath.OWN ? Route.OWN : Route.SHARED,
        cluster.settings(),
        doors,
        given.diagnose().sources().contains(Given.JMX));
  }

  private List<TopicSpec> topics() {
    return given.topics().entrySet().stream()
        .filter(topic -> !topic.getValue().partitions().isEmpty())
        .map(
            topic ->
                new TopicSpec(
                    topic.getKey(),
                    List.copyOf(topic.getValue().partitions().values()),
                    topic.getValue().configs()))
        .toList();
  }

  private Path logs(LabKafka kafka, Path directory) {
    try {
      var logs = Files.createDirectories(directory.resolve("logs"));
      for (var broker : cluster.brokers()) {
        Files.createSymbolicLink(
            logs.resolve(String.valueOf(broker.id())), kafka.logDir(broker.id()).toAbsolutePath());
      }
      for (var controller : kafka.controllerLogDirs().entrySet()) {
        Files.createSymbolicLink(
            logs.resolve("controller-" + controller.getKey()),
            controller.getValue().toAbsolutePath());
      }
      return logs;
    } catch (IOException failed) {
      throw new UncheckedIOException("the brokers' logs cannot be gathered", failed);
    }
  }

  /** The calm start: every producer has had a record acknowledged, every consumer runs. */
  private void awaitCalm(Clients clients) {
    boolean calm =
        Deadline.in(CALM_LIMIT)
            .await(() -> given.clients().stream().allMatch(client -> calm(client, clients)));
    if (!calm) {
      var states = new ArrayList<String>();
      given.clients().forEach(c -> states.add(c.name() + " " + clients.counts(c.name())));
      throw new LabException("clients do not get on before anything is broken; " + states);
    }
  }

  private static boolean calm(Client client, Clients clients) {
    var counts = clients.counts(client.name());
    if (!clients.child(client.name()).alive() && client.exitAfter() == null) {
      throw new LabException(
          "client %s ended: %s"
              .formatted(client.name(), clients.child(client.name()).outputTail(3)));
    }
    boolean produces = client.kind() == Client.Kind.PRODUCER;
    return !counts.isEmpty()
        && clients.logs(client.name())
        && (!produces || !counts.contains("acked=0"));
  }

  @Override
  public void close() {
    opened.close();
  }
}
