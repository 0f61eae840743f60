package holter.server.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host whose network is full measures itself in time and is heard late. */
@Timeout(60)
final class PatientHostWatchTest {
  private static final String FULL = "127.0.0.1";
  private static final String CALM = "localhost";
  private static final double BYTES_PER_S = 9e6;
  private static final HostWatch.Pace PACE =
      new HostWatch.Pace(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(40));

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private volatile CountDownLatch queue = new CountDownLatch(0);
  private HttpServer exporter;

  @BeforeEach
  void serve() throws IOException {
    exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    exporter.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    exporter.createContext("/metrics", this::answer);
    exporter.start();
  }

  @AfterEach
  void stop() {
    queue.countDown();
    exporter.stop(0);
  }

  /** Measures at once; the full host's answer then waits in its queue. */
  private void answer(HttpExchange exchange) throws IOException {
    double hostSeconds = nowMs() / 1000.0 + 3_600; // its clock is an hour ahead
    String text =
        """
        node_time_seconds %f
        node_network_receive_bytes_total{device="eth0"} %f
        node_network_transmit_bytes_total{device="eth0"} 7
        """
            .formatted(hostSeconds, hostSeconds * BYTES_PER_S);
    if (exchange.getRequestHeaders().getFirst("Host").startsWith(FULL)) {
      mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      try {
        queue.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      underWay.decrementAndGet();
    }
    byte[] body = text.getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void aLateAnswerIsMissedAtOnceAndMeasuresTheHostWhenItComes() {
    try (var watch = watch()) {
      watch.watch(Set.of(FULL, CALM));
      Awaitility.await().until(() -> facts(watch, FULL).stream().allMatch(this::load));
      queue = new CountDownLatch(1);
      Awaitility.await().until(() -> facts(watch, FULL).stream().anyMatch(this::unanswered));
      assertThat(facts(watch, CALM)).as("another host is not delayed").allMatch(this::load);
      long comesMs = nowMs();
      queue.countDown();
      Awaitility.await().until(() -> observe(watch, FULL).stream().anyMatch(o -> late(o)));
      var told = observe(watch, FULL).stream().filter(this::late).findFirst().orElseThrow();
      assertThat(((Fact.HostLoad) told.fact()).rxBytesPerS()).isCloseTo(BYTES_PER_S, offset(2e5));
      assertThat(told.atMs()).as("dated by when it was measured").isLessThan(comesMs);
      assertThat(mostUnderWay).hasValue(1);
    }
  }

  @Test
  void aHostIsGivenUpWhenPatienceEnds() {
    queue = new CountDownLatch(1);
    var brief = new HostWatch.Pace(PACE.every(), Duration.ofMillis(100), Duration.ofMillis(400));
    try (var watch = new HostWatch(url(), PatientHostWatchTest::nowMs, brief)) {
      watch.watch(Set.of(FULL));
      Awaitility.await().until(() -> why(watch).contains("no answer in 400 ms"));
      Awaitility.await().until(() -> why(watch).contains("times in a row"));
    }
  }

  @Test
  void aLateAnswerReachesBackToTheOneBeforeItAndIsDatedByItsMeasuring() {
    var track = new HostTrack("h");
    track.read(reading(10_000, 1_010, 4, 0));
    track.read(reading(15_000, 1_015, 4, 1e6));
    track.read(reading(36_000, 1_028, 18_000, 105e6));
    var load = track.now(40_000, Duration.ofSeconds(12)).orElseThrow();
    assertThat(load.load().rxBytesPerS()).isCloseTo(8e6, offset(1.0));
    assertThat(load.atMs()).isBetween(27_900L, 28_100L);
  }

  @Test
  void twoLateAnswersGiveTheLoadOfTheTimeBetweenThem() {
    var track = new HostTrack("h");
    track.read(reading(15_000, 1_015, 4, 0));
    track.read(reading(36_000, 1_028, 18_000, 105e6));
    track.read(reading(52_000, 1_044, 16_000, 297e6));
    var load = track.now(52_100, Duration.ofSeconds(12)).orElseThrow();
    assertThat(load.load().rxBytesPerS()).isCloseTo(12e6, offset(1.0));
  }

  @Test
  void aQuickAnswerAfterASilenceIsNoMeanOverTheSilence() {
    var track = new HostTrack("h");
    track.read(reading(15_000, 1_015, 4, 0));
    track.read(reading(45_000, 1_045, 4, 105e6));
    assertThat(track.now(45_100, Duration.ofSeconds(12))).isEmpty();
  }

  @Test
  void whereTheHostTellsNoTimeALateAnswerNeverMakesTheLoadHigher() {
    var late = reading(36_000, Double.NaN, 18_000, 0);
    var after = reading(41_000, Double.NaN, 4, 46e6);
    assertThat(after.since(late, "h").rxBytesPerS()).isCloseTo(2e6, offset(1.0));
  }

  private static HostReading reading(long atMs, double hostSeconds, double scrapeMs, double rx) {
    var nics = Map.of("eth0", new HostReading.Nic(rx, 0, 12.5e6));
    return new HostReading(
        atMs, hostSeconds, scrapeMs, nics, 0, 0, Map.of(), 0.5, HostFigures.NONE);
  }

  private HostWatch watch() {
    return new HostWatch(url(), PatientHostWatchTest::nowMs, PACE);
  }

  private String url() {
    return "http://{host}:" + exporter.getAddress().getPort() + "/metrics";
  }

  private static long nowMs() {
    return 1_000_000 + System.nanoTime() / 1_000_000;
  }

  private static List<Observation> observe(HostWatch watch, String host) {
    return watch.observe(List.of(host), 0, Duration.ofSeconds(8));
  }

  private static List<Fact> facts(HostWatch watch, String host) {
    return observe(watch, host).stream().map(Observation::fact).toList();
  }

  private static String why(HostWatch watch) {
    return facts(watch, FULL).stream()
        .filter(Fact.Unasked.class::isInstance)
        .map(fact -> ((Fact.Unasked) fact).why().english())
        .collect(Collectors.joining());
  }

  private boolean load(Fact fact) {
    return fact instanceof Fact.HostLoad || fact instanceof Fact.Measured;
  }

  private boolean unanswered(Fact fact) {
    return fact instanceof Fact.Unasked not && not.why().english().contains("no answer in 400 ms");
  }

  private boolean late(Observation seen) {
    return seen.fact() instanceof Fact.HostLoad load && load.scrapeMs() >= 400;
  }
}
