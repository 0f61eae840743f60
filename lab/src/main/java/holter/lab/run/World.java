package holter.lab.run;

import holter.lab.broker.BrokerSpec;
import holter.lab.broker.KafkaSpec;
import holter.lab.broker.LabKafka;
import holter.lab.broker.TopicSpec;
import holter.lab.exporter.NodeExporter;
import holter.lab.fleet.DtuCaller;
import holter.lab.fleet.Fleet;
import holter.lab.fleet.FleetPlace;
import holter.lab.fleet.LabClock;
import holter.lab.fleet.TruthLog;
import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Nic;
import holter.lab.net.Route;
import holter.lab.postgres.LabPostgres;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.Opened;
import holter.lab.process.RunDirectory;
import holter.lab.scenario.Scenario;
import holter.lab.witness.Counterfactual;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything a scenario describes, running: network, brokers, workers, runner, orchestrator, DTUs.
 * Closing it ends all of it, in the reverse order of its making.
 */
final class World implements AutoCloseable {
  /** The lab's own eye stands on a host that no scenario breaks. */
  static final String VANTAGE = "lab-eye";

  private static final String CONTROL_HOST = "iota-control";

  private final Scenario scenario;
  private final Consumer<String> progress;

  private final Opened opened;

  private World(Scenario scenario, Consumer<String> progress) {
    this.scenario = scenario;
    this.progress = progress;
    this.opened = new Opened("lab-ends", progress);
  }

  /** What runs. */
  record Parts(
      TruthLog truth,
      LabNet net,
      Children children,
      LabKafka kafka,
      Fleet fleet,
      DtuCaller dtus,
      Counterfactual plain,
      Orchestrators orchestrators,
      HolterApi api,
      DirectoryWatch directory,
      Optional<KubePlace> kubernetes,
      Path runDirectory) {}

  /** A world and what runs in it. */
  record Made(World world, Parts parts) {}

  /** Builds the world, up to workers and an orchestrator that answer. */
  static Made start(Scenario scenario, Consumer<String> progress) throws InterruptedException {
    var world = new World(scenario, progress);
    try {
      return new Made(world, world.build());
    } catch (RuntimeException | InterruptedException failed) {
      world.close();
      throw failed;
    }
  }

  private Parts build() throws InterruptedException {
    var truth = new TruthLog(new LabClock());
    var directory = opened.add(RunDirectory.open(HolterHome.path())).path();
    var children = opened.add(new Children());
    var net = opened.add(LabNet.open(directory.resolve("hosts"), hosts(), VANTAGE));
    progress.accept("starting Kafka " + scenario.kafka().version());
    var kafka =
        opened.add(
            LabKafka.start(kafkaSpec(), net, children, directory.resolve("kafka"), progress));
    kafka.createTopics(topics());
    opened.add(NodeExporter.start(net, children, directory));
    Optional<KubePlace> kubernetes =
        scenario.kubernetes().present()
            ? Optional.of(opened.add(KubePlace.start(scenario, net, directory)))
            : Optional.empty();
    var orchestrators =
        opened.add(
            new Orchestrators(scenario, net, directory.resolve("orchestrator"), truth.clock()));
    Optional<LabPostgres> store =
        scenario.orchestrator().replicas() == 1
            ? Optional.empty()
            : Optional.of(opened.add(LabPostgres.start(directory.resolve("postgres"), children)));
    var fleet =
        opened.add(
            new Fleet(
                scenario,
                new FleetPlace(
                    net,
                    children,
                    directory.resolve("fleet"),
                    kafka.bootstrap(),
                    scenario.kafka().version(),
                    scenario.orchestrator().hosts(),
                    orchestrators.agentsUrls(),
                    orchestrators.token()),
                truth,
                scenario.orchestrator().exitEvents(),
                progress));
    var plain = opened.add(counterfactual(kafka, fleet, truth));
    progress.accept("starting " + fleet.workers().size() + " workers");
    var told =
        new Orchestrator.Told(
            kafka.bootstrap(),
            kafka.zookeeper(),
            logs(kafka, directory),
            fleet.runnerUrl(),
            store,
            kubernetes.map(KubePlace::kubeconfig));
    fleet.startAll(() -> orchestrators.start(children, told), progress);
    progress.accept("waiting for the orchestrator's answer");
    orchestrators.awaitAnswers();
    var api = opened.add(orchestrators.api());
    var dtus = opened.add(new DtuCaller(truth));
    var watch = new DirectoryWatch(api, truth.clock());
    return new Parts(
        truth,
        net,
        children,
        kafka,
        fleet,
        dtus,
        plain,
        orchestrators,
        api,
        watch,
        kubernetes,
        directory);
  }

  /** It listens before the first worker beats, so that it has heard all of them early. */
  private Counterfactual counterfactual(LabKafka kafka, Fleet fleet, TruthLog truth) {
    var partitions =
        IntStream.range(0, scenario.beatPartitions())
            .mapToObj(number -> new TopicPartition(Scenario.HEARTBEAT, number))
            .toList();
    Map<String, Long> limits = new HashMap<>();
    for (var worker : scenario.workers()) {
      limits.put(
          worker.name(),
          worker.group().interval().toMillis() * scenario.orchestrator().plainTimeoutIntervals());
    }
    return new Counterfactual(
        kafka.bootstrap(),
        partitions,
        limits,
        truth.clock(),
        worker -> fleet.worker(worker).down());
  }

  private List<HostSpec> hosts() {
    var specs = new ArrayList<HostSpec>();
    for (var name : scenario.hostNames()) {
      var host = scenario.hostOf(name);
      specs.add(new HostSpec(name, new Nic(host.rate().bytesPerS(), host.depth())));
    }
    specs.add(HostSpec.unlimited(CONTROL_HOST));
    specs.add(HostSpec.unlimited(VANTAGE));
    return specs;
  }

  private KafkaSpec kafkaSpec() {
    return new KafkaSpec(
        scenario.kafka().version(),
        scenario.kafka().brokers().stream()
            .map(broker -> new BrokerSpec(broker.id(), broker.host()))
            .toList(),
        CONTROL_HOST,
        switch (scenario.kafka().controlPath()) {
          case OWN -> Route.OWN;
          case SHARED -> Route.SHARED;
        },
        scenario.kafka().settings());
  }

  private List<TopicSpec> topics() {
    return scenario.topics().entrySet().stream()
        .map(topic -> new TopicSpec(topic.getKey(), List.copyOf(topic.getValue().values())))
        .toList();
  }

  /** One directory with each broker's logs under its id, as an administrator would mount them. */
  private Path logs(LabKafka kafka, Path directory) {
    try {
      var logs = Files.createDirectories(directory.resolve("logs"));
      for (var broker : scenario.kafka().brokers()) {
        Files.createSymbolicLink(
            logs.resolve(String.valueOf(broker.id())), kafka.logDir(broker.id()).toAbsolutePath());
      }
      return logs;
    } catch (IOException failed) {
      throw new UncheckedIOException("the brokers' logs cannot be gathered", failed);
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
