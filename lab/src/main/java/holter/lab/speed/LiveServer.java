package holter.lab.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.Deadline;
import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import holter.lab.run.HolterApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The orchestrator as a user starts it, by the launcher, beside {@link OneBroker}. */
final class LiveServer {
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);

  private final Child child;
  private final int port;

  private LiveServer(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  /** Starts it; it ends with the broker's other processes. */
  static LiveServer start(OneBroker broker) {
    try {
      int port = freePort();
      Path home = Files.createDirectories(broker.directory().resolve("orchestrator"));
      Path config = home.resolve("holter.yaml");
      Map<String, Object> yaml =
          Map.of(
              "cluster", "speed",
              "kafka", Map.of("bootstrapServers", List.of(broker.bootstrap())),
              "heartbeat", Map.of("topic", OneBroker.TOPIC),
              "listen", Map.of("api", "127.0.0.1:" + port),
              "store", Map.of("url", "jdbc:sqlite:" + home.resolve("holter.db")));
      new ObjectMapper().writeValue(config.toFile(), yaml); // JSON is YAML
      var command = List.of(launcher().toString(), "server", "-c", config.toString());
      var options = Map.of("HOLTER_JAVA_OPTS", "-Djdk.net.hosts.file=" + broker.hostsFile());
      var spec =
          new ChildSpec(
              "orchestrator", "iota-m1", command, options, home, home.resolve("server.log"));
      return new LiveServer(broker.children().start(spec), port);
    } catch (IOException failed) {
      throw new LabException("the orchestrator cannot be started; " + failed.getMessage(), failed);
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** The script that users call. */
  static Path launcher() {
    return HolterHome.checkout()
        .map(root -> root.resolve("holter"))
        .filter(Files::isExecutable)
        .orElseThrow(() -> new LabException("no launcher; run this from a checkout"));
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Waits until it holds so many instances to be alive. */
  void awaitAlive(int instances) {
    try (var api = new HolterApi(url())) {
      boolean all = Deadline.in(READY_LIMIT).await(() -> !child.alive() || alive(api) >= instances);
      if (!all || !child.alive()) {
        throw new LabException(
            "%d of %d instances are alive; the orchestrator last said: %s"
                .formatted(
                    child.alive() ? alive(api) : 0,
                    instances,
                    child.outputTail(3).replace("\n", " | ")));
      }
    }
  }

  private static int alive(HolterApi api) {
    return api.get("/api/v1/status")
        .map(status -> status.path("instances").path("alive").asInt(0))
        .orElse(0);
  }
}
