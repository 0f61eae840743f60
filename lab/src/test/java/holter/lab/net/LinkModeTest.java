package holter.lab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkModeTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(700);

  @TempDir Path directory;
  private LabNet net;
  private Echo echo;
  private Socket standing;

  @BeforeEach
  void open() throws IOException {
    var hosts = List.of("a", "b", "c").stream().map(HostSpec::unlimited).toList();
    net = LabNet.open(directory, hosts, "a");
    echo = new Echo(net, "b", Route.SHARED);
    standing = echo.dial("a", LIMIT);
    Echo.call(standing, 1, 1);
  }

  @AfterEach
  void close() throws IOException {
    standing.close();
    echo.close();
    net.close();
  }

  private void mode(LinkMode mode) {
    net.link("a", "b", mode);
  }

  private void assertNoAnswerOn(Socket socket) throws IOException {
    socket.setSoTimeout((int) SHORT.toMillis());
    assertThatThrownBy(() -> Echo.call(socket, 10, 10)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void delayIsAddedBothWaysAndPipelined() throws IOException {
    mode(new LinkMode.Delay(Duration.ofMillis(150)));
    assertThat(Echo.call(standing, 10, 10)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void aRateCapsThePairAndNotTheHosts() throws IOException {
    mode(new LinkMode.Rate(100_000));
    assertThat(Echo.call(standing, 10, 100_000)).isGreaterThan(Duration.ofMillis(900));
    assertThat(net.host("b").egress().nic().unlimited()).isTrue();
  }

  @Test
  void stopReadingAcceptsAndAnswersNothingUntilItEnds() throws IOException {
    mode(new LinkMode.StopReading());
    try (var fresh = echo.dial("a", LIMIT)) {
      assertNoAnswerOn(fresh);
      mode(LinkMode.PASS);
      fresh.setSoTimeout((int) LIMIT.toMillis());
      assertThat(fresh.getInputStream().readNBytes(10)).hasSize(10); // the late answer
    }
  }

  @Test
  void dropInOneDirectionLosesTheAnswerAndNotTheRequest() throws IOException {
    mode(new LinkMode.DropFrom("b"));
    long before = net.host("b").ingress().passedBytes();
    assertNoAnswerOn(standing);
    assertThat(net.host("b").ingress().passedBytes()).isEqualTo(before + 18);
  }

  @Test
  void dropOfRequestsChargesTheSenderOnly() throws IOException {
    mode(new LinkMode.DropFrom("a"));
    long before = net.host("b").ingress().passedBytes();
    assertNoAnswerOn(standing);
    assertThat(net.host("b").ingress().passedBytes()).isEqualTo(before);
  }

  @Test
  void resetEndsWhatStandsAndWhatComes() throws IOException {
    mode(new LinkMode.Reset());
    assertThatThrownBy(() -> Echo.call(standing, 10, 10)).isInstanceOf(SocketException.class);
    try (var fresh = echo.dial("a", LIMIT)) {
      assertThatThrownBy(() -> Echo.call(fresh, 10, 10)).isInstanceOf(SocketException.class);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset"); // it may come before the dial returns
    }
  }

  @Test
  void closeOnAcceptLeavesWhatStands() throws IOException {
    mode(new LinkMode.CloseOnAccept());
    Echo.call(standing, 10, 10);
    try (var fresh = echo.dial("a", LIMIT)) {
      assertThat(fresh.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aConnectionThatWasIdleTooLongIsCutInSilence() throws IOException {
    mode(new LinkMode.IdleCut(Duration.ofMillis(300)));
    Awaitility.await()
        .pollDelay(Duration.ofMillis(800))
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(standing.isClosed()).isFalse());
    assertNoAnswerOn(standing);
    try (var fresh = echo.dial("a", LIMIT)) {
      Echo.call(fresh, 10, 10);
    }
  }

  @Test
  void refusedRefusesOnlyThatPair() throws IOException {
    mode(new LinkMode.Refused());
    assertThatThrownBy(() -> echo.dial("a", LIMIT)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> Echo.call(standing, 10, 10)).isInstanceOf(IOException.class);
    try (var fromElsewhere = echo.dial("c", LIMIT)) {
      Echo.call(fromElsewhere, 10, 10);
    }
    mode(LinkMode.PASS);
    try (var healed = echo.dial("a", LIMIT)) {
      Echo.call(healed, 10, 10);
    }
  }

  @Test
  void darkLetsConnectsTimeOutAndHoldsWhatStandsUntilItEnds() throws IOException {
    net.links("b", new LinkMode.Dark());
    assertThatThrownBy(() -> echo.dial("a", SHORT)).isInstanceOf(SocketTimeoutException.class);
    assertThatThrownBy(() -> echo.dial("c", SHORT)).isInstanceOf(SocketTimeoutException.class);
    assertNoAnswerOn(standing);
    net.links("b", LinkMode.PASS);
    standing.setSoTimeout((int) LIMIT.toMillis());
    assertThat(standing.getInputStream().readNBytes(10)).hasSize(10); // retransmitted
    try (var healed = echo.dial("a", LIMIT)) {
      Echo.call(healed, 10, 10);
    }
  }

  @Test
  void whenTheProcessBehindDiesConnectsAreRefusedUntilItListensAgain() throws IOException {
    int port = echo.service().port();
    echo.service().closed();
    assertThatThrownBy(() -> echo.dial("a", LIMIT)).isInstanceOf(ConnectException.class);
    Awaitility.await().atMost(LIMIT).until(() -> echo.service().open()); // it listens in truth
    try (var fresh = echo.dial("a", LIMIT)) {
      Echo.call(fresh, 10, 10);
    }
    assertThat(echo.service().port()).isEqualTo(port);
  }

  @Test
  void theEndOfOneSideReachesTheOther() throws IOException {
    standing.shutdownOutput();
    assertThat(standing.getInputStream().read()).isEqualTo(-1);
    Awaitility.await().atMost(LIMIT).until(() -> net.standing("a", "b") == 0);
    assertThatThrownBy(() -> Echo.call(standing, 1, 1))
        .isInstanceOfAny(EOFException.class, SocketException.class);
  }
}
