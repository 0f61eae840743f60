package holter.server.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HostWatchTest {
  private final AtomicLong scrapes = new AtomicLong();
  private HttpServer exporter;

  @BeforeEach
  void serve() throws IOException {
    exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    exporter.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    exporter.createContext(
        "/metrics",
        exchange -> {
          byte[] body =
              ("node_network_receive_bytes_total{device=\"eth0\"} "
                      + scrapes.incrementAndGet() * 1_000_000
                      + "\nnode_network_transmit_bytes_total{device=\"eth0\"} 1\n")
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    exporter.createContext(
        "/other",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    exporter.start();
  }

  @AfterEach
  void stop() {
    exporter.stop(0);
  }

  @Test
  void aHostThatWasNotWatchedIsScrapedTwice() {
    try (var watch = watch("/metrics")) {
      assertThat(watch.observe(List.of("127.0.0.1"), 0, Duration.ofSeconds(20)))
          .singleElement()
          .satisfies(
              o ->
                  assertThat(o.fact())
                      .isInstanceOfSatisfying(
                          Fact.HostLoad.class,
                          load -> {
                            assertThat(load.rxBytesPerS()).isPositive();
                            assertThat(load.cpuBusyShare()).isNaN();
                          }));
    }
  }

  @Test
  void aWatchedHostHasAHistoryFromBeforeTheOnset() {
    var track = new HostTrack("h");
    for (int at = 0; at <= 20; at++) {
      track.read(reading(at * 5000L, at <= 10 ? at * 1e6 : 1e7 + (at - 10) * 1e8));
    }
    HostTrack.Dated before = track.before(55_000).orElseThrow();
    HostTrack.Dated now = track.now(100_000, Duration.ofSeconds(12)).orElseThrow();
    assertThat(before.load().rxBytesPerS()).isEqualTo(2e5);
    assertThat(before.atMs()).isLessThan(55_000);
    assertThat(now.load().rxBytesPerS()).isEqualTo(2e7);
    assertThat(track.now(200_000, Duration.ofSeconds(12))).isEmpty();
  }

  @Test
  void watchingScrapesByItself() {
    try (var watch = watch("/metrics")) {
      watch.watch(Set.of("127.0.0.1"));
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> scrapes.get() >= 1);
    }
  }

  @Test
  void anExporterThatHangsIsAFactAndDelaysNobody() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var watch =
            new HostWatch(
                "http://{host}:" + silent.getLocalPort() + "/metrics",
                () -> System.nanoTime() / 1_000_000)) {
      List<Observation> seen = watch.observe(List.of("127.0.0.1"), 0, Duration.ofSeconds(3));
      assertThat(seen)
          .singleElement()
          .satisfies(
              o ->
                  assertThat(o.fact())
                      .isInstanceOfSatisfying(
                          Fact.Unasked.class,
                          u -> {
                            assertThat(u.subject().english()).isEqualTo("host 127.0.0.1");
                            assertThat(u.why().english()).contains("no answer");
                          }));
    }
  }

  @Test
  void aRefusalAndSomethingElseAreToldApart() throws IOException {
    var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    int port = server.getLocalPort();
    server.close();
    try (var gone = new HostWatch("http://{host}:" + port + "/metrics", () -> 1);
        var other = watch("/other");
        var nowhere = watch("/nowhere")) {
      assertThat(why(gone)).contains("cannot be connected to");
      assertThat(why(other)).contains("is no node_exporter");
      assertThat(why(nowhere)).contains("HTTP 404");
    }
  }

  @Test
  void withoutAnExporterOnlyThisMachineIsMeasured() {
    try (var watch = new HostWatch("", () -> System.nanoTime() / 1_000_000)) {
      assertThat(why(watch, "iota-n2")).contains("no exporter is configured");
      assertThat(watch.observe(List.of("localhost"), 0, Duration.ofSeconds(20)))
          .allSatisfy(
              o -> assertThat(o.fact()).isInstanceOfAny(Fact.HostLoad.class, Fact.Measured.class));
    }
  }

  private HostWatch watch(String path) {
    String url = "http://{host}:" + exporter.getAddress().getPort() + path;
    return new HostWatch(url, () -> System.nanoTime() / 1_000_000);
  }

  private static String why(HostWatch watch) {
    return why(watch, "127.0.0.1");
  }

  private static String why(HostWatch watch, String host) {
    List<Observation> seen = watch.observe(List.of(host), 0, Duration.ofSeconds(20));
    assertThat(seen).singleElement().extracting(Observation::fact).isInstanceOf(Fact.Unasked.class);
    return ((Fact.Unasked) seen.getFirst().fact()).why().english();
  }

  private static HostReading reading(long atMs, double rx) {
    var nic = new HostReading.Nic(rx, 0, 1e8);
    return new HostReading(
        atMs,
        Double.NaN,
        1,
        java.util.Map.of("eth0", nic),
        0,
        0,
        java.util.Map.of(),
        0.5,
        HostFigures.NONE);
  }
}
