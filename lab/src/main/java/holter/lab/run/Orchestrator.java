package holter.lab.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.fleet.JvmCommand;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.postgres.LabPostgres;
import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.lab.process.Deadline;
import holter.lab.process.FakeClock;
import holter.lab.process.LabException;
import holter.lab.scenario.Fault;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.SenderType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One replica of Holter's orchestrator as a child process, started as a user starts it, on its own
 * emulated host. It learns what a stranger can learn: by Kafka, ZooKeeper, logs, exporters, the
 * workers' answers and the runner protocol. Confined to the thread that runs the scenario.
 */
final class Orchestrator {
  private static final String MAIN = "holter.cli.Main";
  private static final int HEAP_MB = 256;
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final LabNet net;
  private final Scenario scenario;
  private final Path home;
  private final String host;
  private final String token;
  private final int apiPort;
  private final int agentsPort;
  private Optional<Child> process = Optional.empty();

  /**
   * @param host where it stands
   * @param token that agents bring, the same for all replicas
   */
  Orchestrator(Scenario scenario, LabNet net, Path home, String host, String token) {
    this.scenario = scenario;
    this.net = net;
    this.home = home;
    this.host = host;
    this.token = token;
    apiPort = freeLoopbackPort();
    agentsPort = net.freePort(host());
    net.expose(host(), agentsPort, Route.SHARED, agentHosts());
  }

  /**
   * What the orchestrator is told of its cluster.
   *
   * @param store that it shares with others, if it does
   * @param kubeconfig of the Kubernetes around it, if there is one
   */
  record Told(
      String bootstrap,
      Optional<String> zookeeper,
      Path logs,
      String runnerUrl,
      Optional<LabPostgres> store,
      Optional<Path> kubeconfig) {}

  private Set<String> agentHosts() {
    var hosts = new java.util.HashSet<String>();
    scenario.workers().forEach(worker -> hosts.add(worker.host()));
    hosts.remove(host());
    return hosts;
  }

  String host() {
    return host;
  }

  String apiUrl() {
    return "http://127.0.0.1:" + apiPort;
  }

  /** Where it keeps its plans. */
  Path plans() {
    return home.resolve("plans");
  }

  /** Where agents register by HTTP, as they see it. */
  URI agentsUrl() {
    return URI.create("http://" + host() + ":" + agentsPort);
  }

  /** The process, once started. */
  Optional<Child> process() {
    return process;
  }

  /** Writes its configuration and starts it. */
  void start(Children children, Told told) {
    try {
      Files.createDirectories(home);
      var config = home.resolve("holter.yaml");
      // JSON is YAML; every value quoted, nothing to go wrong
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(config.toFile(), yaml(told));
      var command =
          new JvmCommand(
                  HEAP_MB,
                  net.hostsFile(host()),
                  Optional.empty(),
                  System.getProperty("java.class.path"),
                  MAIN)
              .with(List.of("server", "-c", config.toString()));
      command.addAll(1, JvmCommand.ownCache());
      var log = home.resolve("orchestrator.log");
      var spec = new ChildSpec("orchestrator on " + host(), host(), command, Map.of(), home, log);
      boolean stepped = scenario.movesClockOf(Fault.Clock.ORCHESTRATOR);
      process = Optional.of(children.start(stepped ? FakeClock.under(spec) : spec));
    } catch (IOException failed) {
      throw new UncheckedIOException("the orchestrator's files cannot be written", failed);
    }
  }

  /** Starts it once more as it was started, on the store that the former one left. */
  void again(Children children) {
    process = process.map(former -> children.start(former.spec()));
  }

  private Map<String, Object> yaml(Told told) {
    var kafka = new LinkedHashMap<String, Object>();
    kafka.put("bootstrapServers", List.of(told.bootstrap().split(",", -1)));
    told.zookeeper().ifPresent(address -> kafka.put("zookeeper", address));
    var groups = new ArrayList<Map<String, String>>();
    for (var group : scenario.fleet()) {
      if (group.kind() != SenderType.AGENT) {
        boolean keyed = group.kind() == SenderType.FOREIGN_KEYED;
        groups.add(
            Map.of(
                "name",
                group.name(),
                "from",
                keyed ? "key" : "json:/device/id",
                "interval",
                group.interval().toMillis() + "ms"));
      }
    }
    var own = net.address(host(), host()).getHostAddress();
    var yaml = new LinkedHashMap<String, Object>();
    yaml.put("cluster", scenario.name());
    yaml.put("kafka", kafka);
    yaml.put("heartbeat", Map.of("topic", Scenario.HEARTBEAT, "groups", groups));
    yaml.put("registry", Map.of("topic", Scenario.REGISTRY));
    yaml.put(
        "runner",
        Map.of(
            "kind", "webhook",
            "url", told.runnerUrl(),
            "exitEvents", scenario.orchestrator().exitEvents()));
    yaml.put(
        "evidence",
        Map.of(
            "logs", Map.of("dir", told.logs().toString()),
            "hosts", Map.of("nodeExporter", "http://{host}:9100/metrics")));
    told.kubeconfig()
        .ifPresent(file -> yaml.put("kubernetes", Map.of("kubeconfig", file.toString())));
    yaml.put(
        "listen",
        Map.of(
            "api", "127.0.0.1:" + apiPort,
            "agents", own + ":" + agentsPort,
            "token", token));
    yaml.put("store", store(told));
    yaml.put(
        "remedies",
        Map.of(
            "leaders",
            scenario.orchestrator().leaders().name().toLowerCase(Locale.ROOT),
            "kubernetes",
            told.kubeconfig().isPresent() ? "suggest" : "off",
            "plans",
            plans().toString()));
    return yaml;
  }

  private Map<String, String> store(Told told) {
    var shared = told.store();
    return shared.isPresent()
        ? Map.of("url", shared.get().url(), "user", shared.get().user())
        : Map.of("url", "jdbc:sqlite:" + home.resolve("holter.db"));
  }

  /** Waits until its API answers. */
  void awaitAnswer() {
    var running = process.orElseThrow();
    boolean answers;
    try (var api = new HolterApi(apiUrl())) {
      answers =
          Deadline.in(READY_LIMIT)
              .await(() -> !running.alive() || api.text("/api/v1/status").isPresent());
    }
    if (!answers || !running.alive()) {
      throw new LabException(
          "the orchestrator does not answer; it last said: "
              + running.outputTail(3).replace("\n", " | ")
              + "; see "
              + running.spec().output());
    }
  }

  private static int freeLoopbackPort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException("no free port on loopback", failed);
    }
  }
}
