package holter.lab.net;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.pod.Hog;
import holter.lab.pod.HogSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What shapers do to real bytes. Only lower bounds of time are asserted: load makes nothing faster.
 */
class ShapedTrafficTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int RATE = 200_000;
  private static final Duration DEPTH = Duration.ofSeconds(1);

  @TempDir Path directory;
  private LabNet net;

  @BeforeEach
  void open() {
    var slow = new HostSpec("slow", new Nic(RATE, DEPTH));
    net =
        LabNet.open(
            directory, List.of(slow, HostSpec.unlimited("a"), HostSpec.unlimited("b")), "a");
  }

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void aTransferTakesAsLongAsTheRateSays() throws IOException {
    try (var echo = new Echo(net, "slow", Route.SHARED);
        var socket = echo.dial("a", LIMIT)) {
      assertThat(Echo.call(socket, 0, 2 * RATE)).isGreaterThan(Duration.ofMillis(1900));
    }
  }

  @Test
  void everyByteIsCountedOnceOnEachHostAndDirection() throws IOException {
    try (var echo = new Echo(net, "slow", Route.SHARED);
        var socket = echo.dial("a", LIMIT)) {
      Echo.call(socket, 30_000, 50_000);
      long handshake = 2L * Packet.CONTROL_BYTES;
      assertThat(net.host("a").egress().passedBytes())
          .isBetween(30_008L, 30_008 + handshake)
          .isEqualTo(net.host("slow").ingress().passedBytes());
      assertThat(net.host("slow").egress().passedBytes())
          .isBetween(50_000L, 50_000 + handshake)
          .isEqualTo(net.host("a").ingress().passedBytes());
      assertThat(net.host("b").ingress().passedBytes()).isZero();
    }
  }

  @Test
  void aSmallCallWaitsBehindHungryFlowsUpToTheDepthAndOthersDoNot() throws IOException {
    try (var echo = new Echo(net, "slow", Route.SHARED);
        var other = new Echo(net, "b", Route.SHARED);
        var socket = echo.dial("a", LIMIT);
        var free = other.dial("a", LIMIT);
        var hog = Hog.start(new HogSpec("hog", "slow", "b", 20, 0, LIMIT), net)) {
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> net.host("slow").egress().backlog().compareTo(DEPTH.dividedBy(2)) > 0);
      assertThat(net.host("slow").egress().backlog()).isLessThanOrEqualTo(DEPTH.plusMillis(20));
      var behind = Echo.call(socket, 100, 100);
      var beside = Echo.call(free, 100, 100);
      assertThat(behind).isGreaterThan(DEPTH.dividedBy(4));
      assertThat(beside).isLessThan(behind);
      assertThat(hog.running()).isTrue();
    }
  }

  @Test
  void aRouteOfItsOwnIsNeitherSlowedNorCharged() throws IOException {
    try (var echo = new Echo(net, "slow", Route.OWN);
        var socket = echo.dial("a", LIMIT)) {
      Echo.call(socket, 0, 5 * RATE);
      assertThat(net.host("slow").egress().passedBytes()).isZero();
    }
  }

  @Test
  void aFasterNicTakesEffectOnWhatAlreadyWaits() throws IOException {
    try (var echo = new Echo(net, "slow", Route.SHARED);
        var socket = echo.dial("a", LIMIT)) {
      net.host("slow").nic(new Nic(1000, Duration.ofMinutes(5)));
      var call = Thread.ofVirtual().start(() -> swallow(() -> Echo.call(socket, 0, 300_000)));
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> net.host("slow").egress().backlog().toMillis() > 5000);
      net.host("slow").nic(Nic.UNLIMITED);
      Awaitility.await().atMost(LIMIT).until(() -> !call.isAlive());
      assertThat(net.host("slow").egress().passedBytes()).isGreaterThanOrEqualTo(300_000);
    }
  }

  @Test
  void aHogKeepsToItsRateAndEndsByItself() {
    var spec = new HogSpec("pod", "a", "b", 2, 100_000, Duration.ofMillis(800));
    try (var hog = Hog.start(spec, net)) {
      Awaitility.await().atMost(LIMIT).until(() -> !hog.running());
      assertThat(hog.sentBytes()).isBetween(8_192L, 100_000L);
      Awaitility.await().atMost(LIMIT).until(() -> hog.receivedBytes() == hog.sentBytes());
    }
  }

  private interface Io {
    Object run() throws IOException;
  }

  private static void swallow(Io io) {
    try {
      io.run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
