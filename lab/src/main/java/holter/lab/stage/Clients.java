package holter.lab.stage;

import holter.lab.cases.Case;
import holter.lab.cases.Client;
import holter.lab.fleet.JvmCommand;
import holter.lab.net.LabNet;
import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The producers and consumers of a case, each a process with a log of its own. */
final class Clients {
  private static final int HEAP_MB = 64;

  private final Path logs;
  private final Path homes;
  private final Map<String, Child> running = new LinkedHashMap<>();

  private Clients(Path logs, Path homes) {
    this.logs = logs;
    this.homes = homes;
  }

  /** What clients of a case are told. */
  record Told(String bootstrap, boolean old, boolean sasl) {}

  /** Starts all of them. */
  static Clients start(Case given, Told told, LabNet net, Children children, Path directory) {
    try {
      var clients =
          new Clients(
              Files.createDirectories(directory.resolve("client-logs")),
              Files.createDirectories(directory.resolve("clients")));
      for (var client : given.clients()) {
        clients.running.put(client.name(), children.start(clients.spec(client, told, net)));
      }
      return clients;
    } catch (IOException failed) {
      throw new UncheckedIOException("the clients' files cannot be written", failed);
    }
  }

  private ChildSpec spec(Client client, Told told, LabNet net) throws IOException {
    Path home = Files.createDirectories(homes.resolve(client.name()));
    Path logging = home.resolve("logback.xml");
    Files.writeString(logging, logging(log(client.name())));
    Path options = home.resolve("client.properties");
    try (var out = Files.newBufferedWriter(options)) {
      options(client, told, home.resolve("counts")).store(out, null);
    }
    var command =
        new JvmCommand(
                HEAP_MB,
                net.hostsFile(client.host()),
                Optional.empty(),
                System.getProperty("java.class.path"),
                CaseClient.class.getName())
            .with(List.of(options.toString()));
    command.add(1, "-Dlogback.configurationFile=" + logging);
    return new ChildSpec(
        client.name(), client.host(), command, Map.of(), home, home.resolve("out.log"));
  }

  private static String logging(Path file) {
    return """
    <configuration>
      <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
      <appender name="FILE" class="ch.qos.logback.core.FileAppender">
        <file>%s</file>
        <encoder><pattern>[%%d] %%p %%m \\(%%c\\)%%n</pattern></encoder>
      </appender>
      <root level="INFO"><appender-ref ref="FILE"/></root>
    </configuration>
    """
        .formatted(file);
  }

  private static Properties options(Client client, Told told, Path counts) {
    var options = new Properties();
    boolean produces = client.kind() == Client.Kind.PRODUCER;
    options.put("kind", produces ? "producer" : "consumer");
    options.put("name", client.name());
    options.put("topic", client.topic());
    options.put("every", String.valueOf(client.every().toMillis()));
    options.put("bytes", String.valueOf(client.bytes()));
    options.put("keys", client.keys().isEmpty() ? client.name() : String.join(",", client.keys()));
    options.put("bigBytes", String.valueOf(client.bigBytes()));
    options.put("bigEvery", String.valueOf(client.bigEvery()));
    options.put("handling", millis(client.handling()));
    options.put("restartEvery", millis(client.restartEvery()));
    options.put("exitAfter", millis(client.exitAfter()));
    options.put("counts", counts.toString());
    options.put("client.bootstrap.servers", told.bootstrap());
    options.put("client.client.id", client.clientId());
    if (produces) {
      options.put("client.acks", client.acks());
      if (told.old()) {
        options.put("client.enable.idempotence", "false"); // brokers before 0.11 know none
      }
    } else {
      options.put("client.group.id", client.group());
    }
    if (told.sasl()) {
      options.put("client.security.protocol", "SASL_PLAINTEXT");
      options.put("client.sasl.mechanism", "SCRAM-SHA-256");
      options.put("client.sasl.jaas.config", Logins.jaas(String.valueOf(client.user())));
    }
    client.settings().forEach((name, value) -> options.put("client." + name, value));
    return options;
  }

  private static String millis(@Nullable Duration time) {
    return String.valueOf(time == null ? 0 : time.toMillis());
  }

  /** Where the clients' logs are, a file {@code NAME.log} each. */
  Path logs() {
    return logs;
  }

  /** A client's log. */
  Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** Whether a client has begun to write its log. */
  boolean logs(String name) {
    return log(name).toFile().length() > 0;
  }

  /** A client's process. */
  Child child(String name) {
    var child = running.get(name);
    if (child == null) {
      throw new IllegalArgumentException("no client " + name);
    }
    return child;
  }

  /** What a client has counted so far, for the lab's eyes only; empty before its first second. */
  String counts(String name) {
    try {
      var file = homes.resolve(name).resolve("counts");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException unreadable) {
      return "";
    }
  }
}
