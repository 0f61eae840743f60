package holter.lab.net;

import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two network namespaces of the real kernel with a {@code tc tbf} each way. Needs root. */
final class RealTbf implements AutoCloseable {
  private static final String SERVER = "10.253.77.1";
  private static final int PORT = 7777;

  private final String slow = "holter-s" + ProcessHandle.current().pid();
  private final String fast = "holter-f" + ProcessHandle.current().pid();
  private final Path directory;
  private final Children children = new Children();

  private RealTbf(Path directory) {
    this.directory = directory;
  }

  /** Whether this machine lets us make namespaces and put a tbf into one; if not, why. */
  static Optional<String> forbidden() {
    var trial = "holter-t" + ProcessHandle.current().pid();
    try {
      run("ip", "netns", "add", trial);
      try {
        run("ip", "-n", trial, "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        run(
            "ip", "netns", "exec", trial, "tc", "qdisc", "add", "dev", "v0", "root", "tbf", "rate",
            "1mbit", "burst", "5000", "latency", "1s");
        return Optional.empty();
      } finally {
        run("ip", "netns", "del", trial);
      }
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  static RealTbf open(Nic nic, Path directory) throws IOException {
    var tbf = new RealTbf(directory);
    try {
      tbf.build(nic);
      return tbf;
    } catch (IOException e) {
      tbf.close();
      throw e;
    }
  }

  private void build(Nic nic) throws IOException {
    run("ip", "netns", "add", slow);
    run("ip", "netns", "add", fast);
    run(
        "ip", "link", "add", "slow0", "netns", slow, "type", "veth", "peer", "name", "fast0",
        "netns", fast);
    for (var end : List.of(List.of(slow, "slow0", SERVER), List.of(fast, "fast0", "10.253.77.2"))) {
      var namespace = end.getFirst();
      run("ip", "-n", namespace, "addr", "add", end.getLast() + "/24", "dev", end.get(1));
      run("ip", "-n", namespace, "link", "set", end.get(1), "up");
      run("ip", "-n", namespace, "link", "set", "lo", "up");
      // a machine may prefer BBR, which keeps queues short; the lab's flows fill them, as most do
      var reno = "net.ipv4.tcp_congestion_control=reno";
      run("ip", "netns", "exec", namespace, "sysctl", "-w", reno);
      var rate = nic.bytesPerSecond() * 8 + "bit";
      var latency = nic.depth().toMillis() + "ms";
      run(
          "ip",
          "netns",
          "exec",
          namespace,
          "tc",
          "qdisc",
          "add",
          "dev",
          end.get(1),
          "root",
          "tbf",
          "rate",
          rate,
          "burst",
          "5000",
          "latency",
          latency);
    }
  }

  /** What the client in the fast namespace measures against the server in the slow one. */
  Map<String, Double> measure() throws IOException, InterruptedException {
    start("server", slow, "serve");
    var client = start("client", fast, "measure");
    if (!client.awaitExit(Duration.ofMinutes(2))) {
      throw new IOException("the measurement did not end; " + client.outputTail(5));
    }
    var figures = NetFigures.parse(Files.readAllLines(directory.resolve("client.out")));
    if (figures.isEmpty()) {
      throw new IOException("nothing was measured; " + client.outputTail(5));
    }
    return figures;
  }

  private holter.lab.process.Child start(String name, String namespace, String role) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, java));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(NetFigures.class.getName(), role, SERVER, Integer.toString(PORT)));
    var output = directory.resolve(name + ".out");
    return children.start(new ChildSpec(name, namespace, command, Map.of(), directory, output));
  }

  private static void run(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  @Override
  public void close() {
    children.close();
    for (var namespace : List.of(slow, fast)) {
      try {
        run("ip", "netns", "del", namespace);
      } catch (IOException e) {
        // it was never made
      }
    }
  }
}
