package holter.cli.broker;

import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import holter.lab.process.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * One real broker of a KRaft version that is its own controller, on loopback. It has a plain
 * listener and those of {@link Listener} that are asked for, each on a free port. It is prepared
 * first and started when wanted, so that its address can be known before it exists.
 */
public final class OneBroker implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /** A listener's name and Kafka's protocol for it. */
  public enum Listener {
    PLAINTEXT("PLAINTEXT"),
    TLS("SSL"),
    SASLTLS("SASL_SSL"),
    SASL("SASL_PLAINTEXT");

    private final String protocol;

    Listener(String protocol) {
      this.protocol = protocol;
    }

    /** As {@code security.protocol} takes it. */
    public String protocol() {
      return protocol;
    }
  }

  private final RunDirectory run = RunDirectory.open(HolterHome.path());
  private final Children children = new Children();
  private final Map<Listener, Integer> ports = new LinkedHashMap<>();
  private final List<String> java;
  private final Path config = run.path().resolve("server.properties");
  private Optional<Child> process = Optional.empty();

  /**
   * @param version one of the KRaft versions whose jars {@code tools/kafka-jars} resolves
   * @param settings more settings of the broker
   */
  public OneBroker(String version, List<Listener> listeners, Map<String, String> settings)
      throws IOException {
    java = java(version);
    ports.put(Listener.PLAINTEXT, freePort());
    for (Listener listener : listeners) {
      ports.put(listener, freePort());
    }
    List<String> lines = new ArrayList<>();
    settings(freePort()).forEach((key, value) -> lines.add(key + "=" + value));
    settings.forEach((key, value) -> lines.add(key + "=" + value));
    Files.write(config, lines);
    Child format =
        children.start(
            spec(
                "format",
                "kafka.tools.StorageTool",
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", config.toString())));
    if (!format.awaitExit(START_LIMIT) || format.exit().join() != 0) {
      throw new LabException("the broker's directory cannot be made: " + format.outputTail(5));
    }
  }

  private static List<String> java(String version) throws IOException {
    Path tool = HolterHome.checkout().orElseThrow().resolve("tools/kafka-jars");
    Process jars =
        new ProcessBuilder(tool.toString(), version)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String libs = new String(jars.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        libs + File.separator + "*");
  }

  private Map<String, String> settings(int controllerPort) {
    String doors =
        ports.entrySet().stream()
            .map(e -> e.getKey() + "://127.0.0.1:" + e.getValue())
            .collect(Collectors.joining(","));
    String protocols =
        ports.keySet().stream()
            .map(listener -> listener + ":" + listener.protocol())
            .collect(Collectors.joining(","));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", "1");
    all.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    all.put("controller.listener.names", "CONTROLLER");
    all.put("listeners", "CONTROLLER://127.0.0.1:" + controllerPort + "," + doors);
    all.put("advertised.listeners", doors);
    all.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT," + protocols);
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put("offsets.topic.replication.factor", "1");
    all.put("offsets.topic.num.partitions", "1");
    all.put("log.dirs", run.path().resolve("data").toString());
    return all;
  }

  private ChildSpec spec(String name, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>(java);
    command.add(mainClass);
    command.addAll(arguments);
    return new ChildSpec(
        name, "127.0.0.1", command, Map.of(), run.path(), run.path().resolve(name + ".out"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Starts it, and returns when it answers. */
  public OneBroker start() {
    process =
        Optional.of(children.start(spec("broker", "kafka.Kafka", List.of(config.toString()))));
    try (Admin admin = admin()) {
      Awaitility.await()
          .atMost(START_LIMIT)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty());
    }
    return this;
  }

  /** Its plain address. */
  public String at() {
    return at(Listener.PLAINTEXT);
  }

  public String at(Listener listener) {
    Integer port = ports.get(listener);
    if (port == null) throw new IllegalArgumentException("no listener " + listener);
    return "127.0.0.1:" + port;
  }

  /** SIGSTOP: connects succeed, nobody answers. */
  public void freeze() {
    process.orElseThrow().stop();
  }

  /** SIGCONT. */
  public void thaw() {
    process.orElseThrow().cont();
  }

  /** A client of the plain listener. */
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", at(), "request.timeout.ms", 20_000));
  }

  public void createTopic(String topic, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  @Override
  public void close() {
    children.close();
    run.close();
  }
}
