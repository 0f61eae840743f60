package holter.lab.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Metric;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.lab.broker.BrokerSpec;
import holter.lab.broker.KafkaSpec;
import holter.lab.broker.LabKafka;
import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.RunDirectory;
import holter.server.jmx.JmxRound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real brokers of three ages, their JMX opened on loopback while they run. */
@Timeout(300)
final class RealJmxTest {
  private static final BrokerNode HERE = new BrokerNode(1001, "127.0.0.1", 6667);

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What {@code JMX_PORT} does before a start, done to a process that runs. */
  private static void openJmx(long pid, int port) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(
                jcmd.toString(),
                Long.toString(pid),
                "ManagementAgent.start",
                "jmxremote.host=127.0.0.1",
                "jmxremote.port=" + port,
                "jmxremote.authenticate=false",
                "jmxremote.ssl=false")
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"0.10.1.1", "3.9.2", "4.4.0"})
  void aBrokersFiguresAreRead(String version) throws Exception {
    var hosts = List.of(HostSpec.unlimited("node-1"));
    try (var run = RunDirectory.open(HolterHome.path());
        var net = LabNet.open(run.path().resolve("net"), hosts, "node-1");
        var children = new Children()) {
      var spec =
          new KafkaSpec(
              version, List.of(new BrokerSpec(1001, "node-1")), "node-1", Route.OWN, Map.of());
      try (var kafka =
          LabKafka.start(spec, net, children, run.path().resolve("kafka"), line -> {})) {
        int port = freePort();
        openJmx(kafka.child(1001).pid(), port);
        List<Observation> seen =
            new JmxRound("{host}:" + port, System::currentTimeMillis)
                .observe(List.of(HERE), Duration.ofSeconds(20));
        assertThat(seen).allMatch(o -> o.source() == Source.JMX && o.witness().equals("1001"));
        Map<Metric, Double> figures =
            seen.stream()
                .map(o -> (Fact.Measured) o.fact())
                .filter(m -> m.of().equals("1001"))
                .collect(Collectors.toMap(Fact.Measured::metric, Fact.Measured::value));
        assertThat(figures.keySet())
            .contains(
                Metric.HANDLERS_IDLE_SHARE,
                Metric.NETWORK_IDLE_SHARE,
                Metric.REQUEST_QUEUE,
                Metric.FILES_OPEN_SHARE,
                Metric.CONNECTIONS,
                Metric.BYTES_IN_PER_S);
        assertThat(figures.get(Metric.HANDLERS_IDLE_SHARE)).isBetween(0.3, 1.0);
        assertThat(figures.get(Metric.FILES_OPEN_SHARE)).isBetween(0.0, 0.9);
        boolean old = version.equals("0.10.1.1");
        assertThat(figures.containsKey(Metric.CONVERSIONS_PER_S)).isEqualTo(!old);
        assertThat(figures.containsKey(Metric.LATE_TRANSACTIONS)).isEqualTo(!old);
        if (old) {
          assertThat(figures).containsEntry(Metric.ACTIVE_CONTROLLERS, 1.0);
        }
      }
    }
  }

  private static String why(int port, Duration deadline) {
    List<Observation> seen =
        new JmxRound("{host}:" + port, System::currentTimeMillis).observe(List.of(HERE), deadline);
    return ((Fact.Unasked) seen.getFirst().fact()).why().english();
  }

  @Test
  void aPortThatHangsThatIsClosedAndThatIsNoJmxAreFacts() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(why(silent.getLocalPort(), Duration.ofSeconds(2)))
          .contains("no answer in 2000 ms");
    }
    assertThat(why(freePort(), Duration.ofSeconds(20))).contains("cannot be connected to");
    try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!other.isClosed()) {
                  try (var socket = other.accept()) {
                    socket
                        .getOutputStream()
                        .write(
                            "HTTP/1.1 400 Bad Request\r\n\r\n"
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                  } catch (IOException closed) {
                    return;
                  }
                }
              });
      assertThat(why(other.getLocalPort(), Duration.ofSeconds(20))).contains("is no JMX");
    }
  }

  @Test
  void aTemplateWithoutHostOrPortIsRefused() {
    for (String wrong : List.of("localhost:9999", "{host}", "{host}:x", "service:jmx:{host}:1")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> new JmxRound(wrong, () -> 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
