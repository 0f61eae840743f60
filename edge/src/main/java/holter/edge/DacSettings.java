package holter.edge;

import holter.agent.AgentConfig;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What a DAC is told: {@code --key value} on the command line, else {@code HOLTER_DAC_KEY} in the
 * environment, else {@code key=value} in the file named by {@code --config}. Keys that begin with
 * {@code client.} are handed to the Kafka clients without that beginning.
 */
final class DacSettings {
  /** Every key with its default; an empty default is a required or an absent one. */
  static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("instance", ""),
          Map.entry("bootstrap", ""),
          Map.entry("state-dir", ""),
          Map.entry("topic", "HeartBeat"),
          Map.entry("registry-topic", "Registry"),
          Map.entry("interval", "1s"),
          Map.entry("host", ""),
          Map.entry("bind", "127.0.0.1"),
          Map.entry("dtu-port", "0"),
          Map.entry("answer-port", "0"),
          Map.entry("address", ""),
          Map.entry("answer-at", ""),
          Map.entry("orchestrator", ""),
          Map.entry("token", ""));

  private static final String CLIENT = "client.";

  private final Map<String, String> values;
  private final Map<String, String> client;

  private DacSettings(Map<String, String> values, Map<String, String> client) {
    this.values = values;
    this.client = client;
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one line when a key is unknown, missing or not usable
   */
  static DacSettings read(String[] args, Map<String, String> environment) {
    Map<String, String> given = arguments(args);
    Map<String, String> all = new HashMap<>(KEYS);
    String file = given.remove("config");
    if (file != null) {
      all.putAll(properties(Path.of(file)));
    }
    for (String key : KEYS.keySet()) {
      String name = "HOLTER_DAC_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
      String value = environment.get(name);
      if (value != null) {
        all.put(key, value);
      }
    }
    all.putAll(given);
    Map<String, String> client = new HashMap<>();
    for (String key : new TreeSet<>(all.keySet())) {
      if (key.startsWith(CLIENT)) {
        client.put(key.substring(CLIENT.length()), all.remove(key));
      } else if (!KEYS.containsKey(key)) {
        throw new IllegalArgumentException(
            "unknown setting '" + key + "'; known are " + new TreeSet<>(KEYS.keySet()));
      }
    }
    for (String key : new String[] {"instance", "bootstrap", "state-dir"}) {
      if (all.getOrDefault(key, "").isBlank()) {
        throw new IllegalArgumentException(
            "setting '"
                + key
                + "' is missing; give --"
                + key
                + " or put it into the --config file");
      }
    }
    return new DacSettings(all, client);
  }

  AgentConfig agent(LongSupplier work) {
    var config =
        AgentConfig.of(text("instance"), text("bootstrap"), Path.of(text("state-dir")))
            .withHost(host())
            .withInterval(interval())
            .withTopics(text("topic"), text("registry-topic"))
            .withClientProperties(client)
            .withWork(work);
    String url = text("answer-at").isEmpty() ? null : text("answer-at");
    config = config.answeringOn(new AgentConfig.Answering(bind(), port("answer-port"), url));
    return text("orchestrator").isEmpty()
        ? config
        : config.withOrchestrators(orchestrators(), text("token"));
  }

  private List<URI> orchestrators() {
    return Stream.of(text("orchestrator").split(",", -1))
        .map(String::strip)
        .map(URI::create)
        .toList();
  }

  String bind() {
    return text("bind");
  }

  int dtuPort() {
    return port("dtu-port");
  }

  /** Where DTU data goes, as registrations tell it. */
  String address(int listeningPort) {
    return text("address").isEmpty() ? host() + ":" + listeningPort : text("address");
  }

  String instance() {
    return text("instance");
  }

  private String host() {
    if (!text("host").isEmpty()) {
      return text("host");
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return bind();
    }
  }

  private Duration interval() {
    String text = text("interval");
    try {
      if (text.endsWith("ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      if (text.endsWith("s")) {
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
      }
    } catch (NumberFormatException e) {
      throw notUsable("interval", "for example 500ms or 5s");
    }
    throw notUsable("interval", "for example 500ms or 5s");
  }

  private int port(String key) {
    try {
      int port = Integer.parseInt(text(key));
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw notUsable(key, "0 to 65535");
    }
    throw notUsable(key, "0 to 65535");
  }

  private IllegalArgumentException notUsable(String key, String wanted) {
    return new IllegalArgumentException(
        "setting '" + key + "' = '" + text(key) + "' is not usable; write " + wanted);
  }

  private String text(String key) {
    return values.getOrDefault(key, "");
  }

  private static Map<String, String> arguments(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "'" + args[i] + "' is not --key value; known keys are " + new TreeSet<>(KEYS.keySet()));
      }
      given.put(args[i].substring(2), args[i + 1]);
    }
    return given;
  }

  private static Map<String, String> properties(Path file) {
    var properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "settings file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    Map<String, String> given = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> given.put(key, properties.getProperty(key)));
    return given;
  }
}
