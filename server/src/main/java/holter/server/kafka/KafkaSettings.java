package holter.server.kafka;

import holter.channel.BrokerNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;

/**
 * How to reach a cluster.
 *
 * @param bootstrapServers {@code host:port}, at least one
 * @param clientProperties what a {@code --command-config} file holds: security settings go through
 *     to every client; addresses and timeouts in it are not used, as every query has its own
 */
public record KafkaSettings(List<String> bootstrapServers, Map<String, String> clientProperties) {
  private static final int TRIAL_TIMEOUT_MS = 1000;

  private static final List<String> OURS =
      List.of("bootstrap.servers", "client.id", "key.", "value.", "group.", "acks", "retries");

  public KafkaSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
    clientProperties = Map.copyOf(clientProperties);
    if (bootstrapServers.isEmpty()) {
      throw new IllegalArgumentException("no bootstrap server; give at least one host:port");
    }
    for (String server : bootstrapServers) {
      if (!server.matches("(\\[[0-9a-fA-F:.%]+]|[^:\\s\\[\\]]+):\\d{1,5}")) {
        throw new IllegalArgumentException(
            "bootstrap server \"" + server + "\" is not host:port; write it as kafka-1:9092");
      }
    }
  }

  /** A cluster without security settings. */
  public static KafkaSettings of(List<String> bootstrapServers) {
    return new KafkaSettings(bootstrapServers, Map.of());
  }

  /** These settings with what a properties file says, as Kafka's own tools take it. */
  public KafkaSettings withCommandConfig(Path file) throws IOException {
    var read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    var all = new HashMap<>(clientProperties);
    read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
    return new KafkaSettings(bootstrapServers, all);
  }

  /**
   * Makes a client and closes it, so that an unknown mechanism, a missing key store or a wrong
   * password of one is told as what it is and not as a broker that does not answer.
   *
   * @throws IllegalArgumentException with Kafka's reason
   */
  public void tryOut() {
    BrokerNode nobody = new BrokerNode(-1, "127.0.0.1", 1);
    try {
      new BrokerLink(this, nobody, "trial", TRIAL_TIMEOUT_MS).close();
    } catch (KafkaException refused) {
      Throwable cause = refused;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String message = cause.getMessage();
      throw new IllegalArgumentException(
          message == null ? cause.getClass().getSimpleName() : message, refused);
    }
  }

  /** The addresses given, as brokers whose ids are not known. */
  public List<BrokerNode> bootstrap() {
    return bootstrapServers.stream()
        .map(
            address -> {
              int colon = address.lastIndexOf(':');
              String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
              return new BrokerNode(-1, host, Integer.parseInt(address.substring(colon + 1)));
            })
        .toList();
  }

  /** Whether connections are encrypted, so that a plain socket learns nothing from them. */
  public boolean encrypted() {
    return protocol().contains("SSL");
  }

  /** Whether a client logs in. */
  public boolean loggingIn() {
    return protocol().startsWith("SASL");
  }

  private String protocol() { // Kafka takes it in any case
    return clientProperties.getOrDefault("security.protocol", "PLAINTEXT").toUpperCase(Locale.ROOT);
  }

  /** The properties of a client that talks to {@code addresses}: ours win over the user's. */
  Map<String, Object> client(String addresses, int requestTimeoutMs) {
    var all = new HashMap<String, Object>();
    all.put("receive.buffer.bytes", -1); // the system's own, which grows while we are behind
    clientProperties.forEach(
        (key, value) -> {
          if (OURS.stream().noneMatch(key::startsWith)) {
            all.put(key, value);
          }
        });
    all.put("bootstrap.servers", addresses);
    all.put("client.id", "holter");
    all.put("request.timeout.ms", requestTimeoutMs);
    all.put("default.api.timeout.ms", requestTimeoutMs);
    all.put("reconnect.backoff.ms", 50L);
    all.put("reconnect.backoff.max.ms", 250L);
    all.put("socket.connection.setup.timeout.ms", (long) requestTimeoutMs);
    all.put("socket.connection.setup.timeout.max.ms", (long) requestTimeoutMs);
    all.put("auto.include.jmx.reporter", false);
    all.put("metric.reporters", "");
    all.put("enable.metrics.push", false);
    return all;
  }
}
