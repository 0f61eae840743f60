package holter.lab.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Nic;
import holter.lab.pod.Hog;
import holter.lab.pod.HogSpec;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeExporterTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;
  private LabNet net;
  private Children children;
  private NodeExporter exporter;

  @BeforeEach
  void open() {
    var nic = new Nic(1_000_000, Duration.ofMillis(500));
    net =
        LabNet.open(directory, List.of(new HostSpec("n2", nic), HostSpec.unlimited("ops")), "ops");
    children = new Children();
    exporter = NodeExporter.start(net, children, directory);
  }

  @AfterEach
  void close() {
    exporter.close();
    children.close();
    net.close();
  }

  private String page() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://n2:9100/metrics")).timeout(LIMIT);
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private static double value(String page, String sample) {
    return page.lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + sample + " in\n" + page));
  }

  @Test
  void theNetworkCountersAreTheBytesThatPassed() throws Exception {
    var sent = "node_network_transmit_bytes_total{device=\"eth0\"}";
    double before = value(page(), sent);
    var spec = new HogSpec("hog", "n2", "ops", 2, 400_000, Duration.ofMillis(500));
    try (var hog = Hog.start(spec, net)) {
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> !hog.running() && hog.receivedBytes() == hog.sentBytes());
      double grown = value(page(), sent) - before;
      assertThat(grown).isGreaterThanOrEqualTo((double) hog.sentBytes());
      assertThat(grown).isLessThan(hog.sentBytes() + 20_000.0); // two scrapes and handshakes
    }
    assertThat(value(page(), "node_network_speed_bytes{device=\"eth0\"}")).isEqualTo(1_000_000);
  }

  @Test
  void processorTimeIsThatOfTheHostsOwnProcessesAndNeverFalls() throws Exception {
    var user = "node_cpu_seconds_total{cpu=\"0\",mode=\"user\"}";
    assertThat(value(page(), user)).isZero();
    var busy = List.of("sh", "-c", "while :; do :; done");
    var child =
        children.start(
            new ChildSpec("busy", "n2", busy, Map.of(), directory, directory.resolve("out")));
    Awaitility.await().atMost(LIMIT).until(() -> value(page(), user) > 0.05);
    child.kill();
    assertThat(value(page(), user)).isGreaterThan(0.05);
  }

  @Test
  void whatAllHostsShareIsRealAndSaysSo() throws Exception {
    var page = page();
    assertThat(value(page, "node_memory_MemTotal_bytes"))
        .isGreaterThan(value(page, "node_memory_MemAvailable_bytes"));
    assertThat(value(page, "node_load1")).isNotNegative();
    assertThat(value(page, "node_time_seconds"))
        .isGreaterThan(value(page, "node_boot_time_seconds"));
    assertThat(page).contains("node_filesystem_avail_bytes{").contains("emulated hosts share");
  }
}
