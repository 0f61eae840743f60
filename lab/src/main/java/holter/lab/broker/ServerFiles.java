package holter.lab.broker;

import holter.lab.net.LabNet;
import holter.lab.process.ChildSpec;
import holter.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * The directories of one cluster.
 *
 * <pre>broker-1001/  server.properties  data/  logs/server.log … logs/kafkaServer.out
 * zookeeper/, controller-1/  the same for ZooKeeper or the KRaft controller</pre>
 */
final class ServerFiles {
  private static final String BROKER_MEMORY = "-Xmx256m";
  private static final String CONTROL_MEMORY = "-Xmx128m";
  private static final long COMMAND_SECONDS = 60;

  private final KafkaSpec spec;
  private final KafkaDistribution distribution;
  private final LabNet net;
  private final Path directory;
  private final ServerProperties properties;
  private final String clusterId = Uuid.randomUuid().toString();

  ServerFiles(KafkaSpec spec, KafkaDistribution distribution, LabNet net, Path directory) {
    this.spec = spec;
    this.distribution = distribution;
    this.net = net;
    this.directory = directory;
    this.properties = new ServerProperties(spec);
  }

  Path directory() {
    return directory;
  }

  private Path home(BrokerSpec broker) {
    return directory.resolve("broker-" + broker.id());
  }

  Path logs(BrokerSpec broker) {
    return home(broker).resolve("logs");
  }

  Map<Integer, Path> controllerLogs() {
    return distribution.version().kraft()
        ? Map.of(ServerProperties.CONTROLLER_ID, control(true).resolve("logs"))
        : Map.of();
  }

  private Path control(boolean kraft) {
    return directory.resolve(kraft ? "controller-" + ServerProperties.CONTROLLER_ID : "zookeeper");
  }

  /** Writes a broker's files; a data directory that exists keeps its content. */
  ChildSpec broker(BrokerSpec broker) throws IOException {
    Path home = home(broker);
    List<Path> dirs = broker.dirs().isEmpty() ? List.of(home.resolve("data")) : broker.dirs();
    for (var dir : dirs) {
      Files.createDirectories(dir);
      if (distribution.version().kraft()) {
        write(dir.resolve("meta.properties"), ServerProperties.meta(clusterId, broker.id()));
      }
    }
    Files.createDirectories(home);
    Path config = write(home.resolve("server.properties"), properties.broker(broker, dirs));
    return server("broker-" + broker.id(), broker.host(), home, "kafka.Kafka", config);
  }

  /** Writes the files of ZooKeeper or of the KRaft controller. */
  ChildSpec control() throws IOException {
    boolean kraft = distribution.version().kraft();
    Path home = control(kraft);
    Path data = Files.createDirectories(home.resolve("data"));
    if (!kraft) {
      var config = write(home.resolve("zookeeper.properties"), properties.zookeeper(data));
      var main = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
      return server("zookeeper", spec.controlHost(), home, main, config);
    }
    var config = write(home.resolve("server.properties"), properties.controller(data));
    write(
        data.resolve("meta.properties"),
        ServerProperties.meta(clusterId, ServerProperties.CONTROLLER_ID));
    Format.controller(distribution, data);
    return server("controller", spec.controlHost(), home, "kafka.Kafka", config);
  }

  private ChildSpec server(String name, String host, Path home, String main, Path config)
      throws IOException {
    Path logs = Files.createDirectories(home.resolve("logs"));
    var flags = new ArrayList<String>();
    flags.add(name.startsWith("broker") ? BROKER_MEMORY : CONTROL_MEMORY);
    flags.add("-Djdk.net.hosts.file=" + net.hostsFile(host));
    flags.add("-Djava.awt.headless=true");
    flags.add("-Xlog:gc*:file=" + logs.resolve("kafkaServer-gc.log") + ":time,tags:filecount=2");
    if (spec.jmx() && name.startsWith("broker")) {
      flags.addAll(jmx(host));
    }
    flags.addAll(StockLogging.write(distribution.version(), home, logs));
    return new ChildSpec(
        name,
        host,
        distribution.command(flags, main, List.of(config.toString())),
        Map.of(),
        home,
        logs.resolve("kafkaServer.out"));
  }

  private static List<String> jmx(String host) {
    var remote = "-Dcom.sun.management.jmxremote";
    return List.of(
        remote + ".port=" + ServerProperties.JMX_PORT,
        remote + ".rmi.port=" + ServerProperties.JMX_PORT,
        remote + ".host=" + host,
        remote + ".authenticate=false",
        remote + ".ssl=false",
        "-Djava.rmi.server.hostname=" + host);
  }

  static Path write(Path file, Map<String, String> settings) throws IOException {
    return Files.write(
        file,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .toList());
  }

  /** Creates a topic by Kafka's own command, for versions whose protocol cannot. */
  void createByCommand(TopicSpec topic) {
    var replicas =
        topic.replicas().stream()
            .map(ids -> ids.stream().map(String::valueOf).collect(Collectors.joining(":")))
            .collect(Collectors.joining(","));
    var arguments =
        new ArrayList<>(
            List.of("--create", "--zookeeper", spec.controlHost() + ":2181", "--topic"));
    arguments.addAll(List.of(topic.name(), "--replica-assignment", replicas));
    topic
        .configs()
        .forEach((key, value) -> arguments.addAll(List.of("--config", key + "=" + value)));
    var flags = List.of("-Djdk.net.hosts.file=" + net.hostsFile(spec.controlHost()));
    run(distribution.command(flags, "kafka.admin.TopicCommand", arguments), directory);
  }

  /** Runs a tool of Kafka's to its end. */
  static void run(List<String> command, Path directory) {
    try {
      Path output = Files.createTempFile(directory, "tool-", ".out");
      var process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new LabException("a tool of Kafka's failed; whole output: " + output);
      }
      Files.delete(output);
    } catch (IOException e) {
      throw new LabException("cannot run a tool of Kafka's; " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while a tool of Kafka's ran", e);
    }
  }
}
