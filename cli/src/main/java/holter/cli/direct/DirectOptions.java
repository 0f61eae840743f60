package holter.cli.direct;

import holter.cli.DurationText;
import holter.cli.Refusal;
import holter.server.LogPlaces;
import holter.server.kafka.KafkaSettings;
import holter.server.log.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster, and where else evidence about it can be had. */
final class DirectOptions {
  private static final Pattern SSH = Pattern.compile("ssh(:(?:([^@:/]*)@)?(/.*))?");
  private static final String LOGS_OVER_THERE = "/var/log/kafka";

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Brokers to begin with, separated by commas. Give two or more.")
  private List<String> bootstrapServers = List.of();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "The topic that carries the heartbeats (default: HeartBeat).")
  private String topic = "HeartBeat";

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "Client properties, as Kafka's own tools take them (SASL, TLS).")
  private @Nullable Path commandConfig;

  @Option(
      names = "--zookeeper",
      paramLabel = "HOST:PORT",
      description = "ZooKeeper, with its chroot if any: zk-1:2181,zk-2:2181/kafka. Only read.")
  private String zookeeper = "";

  @Option(
      names = "--logs",
      paramLabel = "DIR|ssh",
      description = {
        "The brokers' logs: a directory with one folder per broker id or host,",
        "or ssh, ssh:/PATH, ssh:USER@/PATH to read them on the hosts (default path: "
            + LOGS_OVER_THERE
            + ")."
      })
  private @Nullable String logs;

  @Option(
      names = "--client-logs",
      paramLabel = "DIR|FILE",
      description = "Logs of producers and consumers: each file or folder is one client's.")
  private @Nullable Path clientLogs;

  @Option(
      names = "--orchestrator-log",
      paramLabel = "FILE",
      description = "The log of what restarts your workers, to see whom it restarted, and why.")
  private @Nullable Path orchestratorLog;

  @Option(
      names = "--hosts-exporter",
      paramLabel = "URL",
      description = "node_exporter of a host, {host} in it: http://{host}:9100/metrics.")
  private @Nullable String hostsExporter;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How far back logs are read (default: 10m).")
  private Duration since = Duration.ofMinutes(10);

  @Mixin private final PlaceOptions places = new PlaceOptions();

  /** The same options for this cluster, where the user named none. */
  DirectOptions orElse(List<String> servers, String heartbeats) {
    if (bootstrapServers.isEmpty()) {
      bootstrapServers = List.copyOf(servers);
      topic = heartbeats;
    }
    return this;
  }

  PlaceOptions places() {
    return places;
  }

  String topic() {
    return topic;
  }

  String zookeeper() {
    return zookeeper;
  }

  Duration since() {
    return since;
  }

  String servers() {
    return String.join(",", bootstrapServers);
  }

  KafkaSettings kafka() {
    try {
      KafkaSettings settings = KafkaSettings.of(bootstrapServers);
      Path config = commandConfig;
      if (config == null) return settings;
      KafkaSettings secured = settings.withCommandConfig(config);
      CommandConfig.tryOut(secured, config);
      return secured;
    } catch (IOException e) {
      throw Refusal.usage(
          "cannot read " + commandConfig,
          e.getClass().getSimpleName(),
          "--command-config with a properties file that you may read");
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(
          "the address of the cluster cannot be used",
          String.valueOf(e.getMessage()),
          "--bootstrap-server kafka-1:9092,kafka-2:9092");
    }
  }

  /** Where the logs are; null when the user gave no place. */
  @Nullable LogSource logSource() {
    String given = logs;
    if (given == null) return null;
    Matcher ssh = SSH.matcher(given);
    if (ssh.matches()) {
      String user = ssh.group(2) == null ? "" : ssh.group(2);
      return new LogSource.Ssh(user, ssh.group(3) == null ? LOGS_OVER_THERE : ssh.group(3));
    }
    Path folder = Path.of(given);
    if (!Files.isDirectory(folder)) {
      throw Refusal.usage(
          "no directory " + given,
          "--logs takes a directory, or ssh, ssh:/path, ssh:user@/path",
          "--logs /var/log/kafka");
    }
    return new LogSource.Directory(folder);
  }

  /** Where the logs of clients and of the orchestrator are. */
  LogPlaces logPlaces() {
    readable(clientLogs, "--client-logs");
    readable(orchestratorLog, "--orchestrator-log");
    return new LogPlaces(clientLogs, orchestratorLog);
  }

  private static void readable(@Nullable Path given, String option) {
    if (given != null && !Files.isReadable(given)) {
      boolean there = Files.exists(given);
      throw Refusal.usage(
          (there ? "cannot read " : "no file or directory ") + given,
          there ? "you have no right to read it" : option + " takes one that exists",
          option + " /var/log/app");
    }
  }

  /** The URL template of the hosts' exporters; null when the user gave none. */
  @Nullable String exporter() {
    String given = hostsExporter;
    if (given == null) return null;
    if (given.contains("{host}") && given.matches("https?://.+")) return given;
    throw Refusal.usage(
        "no exporter URL: " + given,
        "it must be http:// or https:// and have {host} in it",
        "--hosts-exporter http://{host}:9100/metrics");
  }
}
