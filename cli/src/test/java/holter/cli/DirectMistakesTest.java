package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class DirectMistakesTest {
  @ParameterizedTest
  @ValueSource(strings = {"check", "diagnose", "probe"})
  void aClusterThatRefusesIsCannotTellInOneLine(String verb) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Said said = Said.by(verb, "--bootstrap-server", "127.0.0.1:" + port);
    assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(said.out()).isEmpty();
    assertThat(errorLine(said)).contains("refused the connection").contains("; try: ");
  }

  @Test
  void aPortThatNeverAnswersIsCannotTellAndHintsAtSecurity() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Said said = Said.by("check", "--bootstrap-server", "127.0.0.1:" + silent.getLocalPort());
      assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
      assertThat(errorLine(said)).contains("no answer").contains("--command-config");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "diagnose", "probe"})
  void anHttpServerIsNamedAsWhatItIs(String verb) throws IOException {
    try (ServerTwin http = new ServerTwin()) {
      String address = http.url().substring("http://".length());
      Said said = Said.by(verb, "--bootstrap-server", address);
      assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
      assertThat(errorLine(said))
          .contains(address + " is an HTTP server, no Kafka broker")
          .contains("; try: --bootstrap-server");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "diagnose", "probe"})
  void whoeverSendsGarbageIsNoBroker(String verb, @TempDir Path folder) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (var port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        threads.execute(() -> babble(port, threads));
        String address = "127.0.0.1:" + port.getLocalPort();
        List<String> words = List.of(verb, "--lang", "en", "--bootstrap-server", address);
        Said said = HolterProcess.start(folder, List.of(), words).ended(); // with its own logging
        assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
        assertThat(errorLine(said)).contains("answers what no Kafka broker answers");
      }
    }
  }

  /** Answers every connection with noise until it is closed. */
  private static void babble(ServerSocket port, Executor threads) {
    try {
      while (true) {
        Socket each = port.accept();
        threads.execute(() -> noise(each));
      }
    } catch (IOException closed) {
      assertThat(port.isClosed()).isTrue();
    }
  }

  private static void noise(Socket to) {
    var random = new Random(7);
    byte[] noise = new byte[4096];
    try (to) {
      while (true) {
        random.nextBytes(noise);
        to.getOutputStream().write(noise);
      }
    } catch (IOException heardEnough) {
      assertThat(heardEnough).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "host:", ":9092", "host:port", "http://host:1"})
  void anAddressThatIsNoneIsAMistake(String address) {
    Said said = Said.by("check", "--bootstrap-server", address);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(errorLine(said)).contains("host:port");
  }

  @Test
  void noAddressAtAllIsAMistake() {
    Said said = Said.by("diagnose");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(errorLine(said)).contains("--bootstrap-server");
  }

  @Test
  void aCommandConfigThatIsNotThereIsAMistake(@TempDir Path folder) {
    String missing = folder.resolve("client.properties").toString();
    Said said = Said.by("check", "--bootstrap-server", "h:1", "--command-config", missing);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(errorLine(said)).contains(missing);
  }

  @Test
  void aCommandConfigThatNoClientTakesIsAMistake(@TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("c"), "security.protocol=NONSENSE\n");
    Said said =
        Said.by(
            "check", "--bootstrap-server", "127.0.0.1:1", "--command-config", config.toString());
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(errorLine(said)).contains("NONSENSE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/no/such/folder", "sshx", "ssh:relative"})
  void aPlaceOfLogsThatIsNoneIsAMistakeBeforeAnythingIsAsked(String place) {
    Said said = Said.by("check", "--bootstrap-server", "h:1", "--logs", place);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(errorLine(said)).contains(place).contains("ssh:user@/path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://host:9100/metrics", "{host}:9100", "ftp://{host}/"})
  void anExporterWithoutAHostOrASchemeIsAMistake(String url) {
    Said said = Said.by("check", "--bootstrap-server", "h:1", "--hosts-exporter", url);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(errorLine(said)).contains(url).contains("{host}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void aCountOfNothingIsAMistake(String count) {
    Said said = Said.by("probe", "--bootstrap-server", "h:1", "-c", count);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
  }

  @Test
  void lanesThatCannotRunSoOftenAreAMistake() {
    Said said = Said.by("probe", "--bootstrap-server", "h:1", "-i", "1ms");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(errorLine(said)).contains("50 ms");
  }

  /** The one line that is an error; progress may stand before it, a stack trace nowhere. */
  private static String errorLine(Said said) {
    assertThat(said.err().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
    assertThat(said.err()).doesNotContain("\tat ").doesNotContain("Exception in");
    return said.err().lines().filter(line -> line.startsWith("error: ")).findFirst().orElse("");
  }
}
