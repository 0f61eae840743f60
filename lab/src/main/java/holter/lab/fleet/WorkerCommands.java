package holter.lab.fleet;

import holter.lab.broker.KafkaDistribution;
import holter.lab.net.Route;
import holter.lab.process.ChildSpec;
import holter.lab.process.HolterHome;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.Worker;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How each kind of worker is started on its emulated host. Confined to the starting thread. */
final class WorkerCommands {
  private static final String AGENT_MAIN = "holter.edge.Dac";
  private static final String FOREIGN_MAIN = "holter.lab.foreign.ForeignSender";
  private static final int AGENT_HEAP_MB = 40;
  private static final int FOREIGN_HEAP_MB = 48;

  /** A worker does so little that most of what is compiled at its start is compiled in vain. */
  private static final String COMPILES_LITTLE = "-XX:CompileThresholdScaling=4";

  /** The client of the incident; brokers from 4.0 on refuse it and get the newest instead. */
  private static final String OLD_CLIENT = "0.10.1.1";

  private static final String NEW_CLIENT = "3.9.2";

  private final FleetPlace place;
  private final Consumer<String> progress;
  private final Optional<Path> cache;
  private final Map<String, Set<Integer>> usedPorts = new HashMap<>();
  private final Map<String, InetSocketAddress> doors = new HashMap<>();

  WorkerCommands(FleetPlace place, Consumer<String> progress) {
    this.place = place;
    this.progress = progress;
    cache = WorkerCache.ensure(System.getProperty("java.class.path"), AGENT_MAIN, place, progress);
  }

  WorkerCommand of(Worker worker) {
    return switch (worker.group().kind()) {
      case AGENT -> agent(worker);
      case FOREIGN_KEYED -> foreign(worker, true);
      case FOREIGN_KEYLESS -> foreign(worker, false);
    };
  }

  /** Where DTUs dial an agent, as the lab's vantage sees it. */
  Map<String, InetSocketAddress> doors() {
    return Map.copyOf(doors);
  }

  private WorkerCommand agent(Worker worker) {
    var net = place.net();
    var host = worker.host();
    int answerPort = port(host);
    int dtuPort = port(host);
    var own = net.address(host, host).getHostAddress();
    net.expose(host, answerPort, Route.SHARED, place.orchestratorHosts());
    net.expose(host, dtuPort, Route.SHARED, Set.of(net.vantage()));
    doors.put(worker.name(), new InetSocketAddress(net.address(net.vantage(), host), dtuPort));
    Path home = home(worker);
    Path ear = pipe(home.resolve("stdin"));
    var arguments =
        new ArrayList<>(
            List.of(
                "--instance",
                worker.name(),
                "--bootstrap",
                place.bootstrap(),
                "--state-dir",
                home.resolve("state").toString(),
                "--interval",
                worker.group().interval().toMillis() + "ms",
                "--host",
                host,
                "--bind",
                own,
                "--dtu-port",
                String.valueOf(dtuPort),
                "--answer-port",
                String.valueOf(answerPort),
                "--address",
                host + ":" + dtuPort,
                "--answer-at",
                "http://" + host + ":" + answerPort));
    if (!place.orchestrators().isEmpty()) {
      var urls = place.orchestrators().stream().map(URI::toString).toList();
      arguments.addAll(List.of("--orchestrator", String.join(",", urls), "--token", place.token()));
    }
    var command =
        new JvmCommand(
                AGENT_HEAP_MB,
                net.hostsFile(host),
                cache,
                System.getProperty("java.class.path"),
                AGENT_MAIN)
            .with(arguments);
    command.add(1, COMPILES_LITTLE);
    var listening = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" <> \"$0\""));
    listening.add(ear.toString());
    listening.addAll(command);
    return new WorkerCommand(
        new ChildSpec(worker.name(), host, listening, Map.of(), home, home.resolve("out.log")),
        Optional.of(URI.create("http://" + own + ":" + answerPort + "/answer")),
        Optional.of(ear));
  }

  private WorkerCommand foreign(Worker worker, boolean keyed) {
    var asked = worker.group().clientVersion();
    var version = asked.isEmpty() ? oldestClient() : asked;
    KafkaDistribution.of(version, progress);
    Path libs = HolterHome.path().resolve("kafka").resolve(version).resolve("libs");
    var classPath = foreignClasses() + File.pathSeparator + libs + File.separator + "*";
    Path home = home(worker);
    var arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap", place.bootstrap(),
                "--topic", Scenario.HEARTBEAT,
                "--instance", worker.name(),
                "--interval-ms", String.valueOf(worker.group().interval().toMillis()),
                "--keyed", String.valueOf(keyed)));
    worker
        .group()
        .client()
        .forEach((name, value) -> arguments.addAll(List.of("--client." + name, value)));
    var command =
        new JvmCommand(
                FOREIGN_HEAP_MB,
                place.net().hostsFile(worker.host()),
                Optional.empty(),
                classPath,
                FOREIGN_MAIN)
            .with(arguments);
    return new WorkerCommand(
        new ChildSpec(
            worker.name(), worker.host(), command, Map.of(), home, home.resolve("out.log")),
        Optional.empty(),
        Optional.empty());
  }

  private String oldestClient() {
    return place.kafkaVersion().startsWith("4.") ? NEW_CLIENT : OLD_CLIENT;
  }

  private static String foreignClasses() {
    var source = WorkerCommands.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("the lab's own classes have no place on disk");
    }
    return Path.of(URI.create(source.getLocation().toString())).toString();
  }

  private int port(String host) {
    var used = usedPorts.computeIfAbsent(host, name -> new java.util.HashSet<>());
    int port = place.net().freePort(host);
    while (!used.add(port)) {
      port = place.net().freePort(host);
    }
    return port;
  }

  private Path home(Worker worker) {
    try {
      return Files.createDirectories(place.directory().resolve(worker.name()));
    } catch (IOException failed) {
      throw new UncheckedIOException("no directory for " + worker.name(), failed);
    }
  }

  private static Path pipe(Path at) {
    try {
      var made = new ProcessBuilder("mkfifo", at.toString()).start();
      if (!made.waitFor(5, TimeUnit.SECONDS) || made.exitValue() != 0) {
        throw new IllegalStateException("mkfifo failed for " + at);
      }
      return at;
    } catch (IOException failed) {
      throw new UncheckedIOException("mkfifo cannot be run; it is part of coreutils", failed);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the fleet was made", closing);
    }
  }
}
