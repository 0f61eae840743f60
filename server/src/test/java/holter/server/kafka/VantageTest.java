package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Reach;
import holter.server.ssh.SshScript;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script stands for ssh: it runs what it is given on this machine, as a remote shell would. */
@Timeout(120)
final class VantageTest {
  private static final KafkaSettings PLAIN = KafkaSettings.of(List.of("127.0.0.1:9"));

  @TempDir Path dir;

  /** With {@code bash}, the remote machine has no Python. */
  private Vantage vantage(String tool) throws IOException {
    String hide =
        tool.equals("bash")
            ? "python3() { false; }; command() { case \"$2\" in python3) return 1;; *) builtin"
                + " command \"$@\" 2>/dev/null;; esac; }; "
            : "";
    Path script =
        Files.writeString(
            dir.resolve("ssh.sh"),
            "for last; do :; done; exec bash -c '" + hide.replace("'", "'\\''") + "'\"$last\"\n");
    return new Vantage(
        "gateway-1",
        new SshScript(List.of("bash", script.toString()), ""),
        PLAIN,
        System::currentTimeMillis);
  }

  private static ServerSocket listening(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  /** A port that answers as a broker does: with the number of the question. */
  private static void answer(ServerSocket server) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  Thread.ofVirtual().start(() -> answer(socket));
                }
              } catch (IOException closed) {
                return;
              }
            });
  }

  private static void answer(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      byte[] question = new byte[in.readInt()];
      in.readFully(question);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(10);
      out.write(question, 4, 4);
      out.write(new byte[6]);
      out.flush();
      in.read();
    } catch (IOException gone) {
      return;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash"})
  void brokersAreToldApartFromThere(String tool) throws Exception {
    var open = new ArrayList<AutoCloseable>();
    try (var well = listening(50);
        var silent = listening(50);
        var dark = listening(1)) {
      answer(well);
      for (int i = 0; i < 3; i++) { // fills the queue: further connects get no answer
        var socket = new Socket();
        open.add(socket);
        try {
          socket.connect(new InetSocketAddress(dark.getInetAddress(), dark.getLocalPort()), 300);
        } catch (IOException full) {
          break;
        }
      }
      var refused = listening(1);
      int nobody = refused.getLocalPort();
      refused.close();
      var brokers =
          List.of(
              new BrokerNode(1, "127.0.0.1", well.getLocalPort()),
              new BrokerNode(2, "127.0.0.1", silent.getLocalPort()),
              new BrokerNode(3, "127.0.0.1", nobody),
              new BrokerNode(4, "127.0.0.1", dark.getLocalPort()),
              new BrokerNode(5, "no-such-host.invalid", 9092));
      var seen = vantage(tool).observe(brokers, Duration.ofSeconds(20));
      assertThat(seen)
          .extracting(o -> ((Fact.ReachedFrom) o.fact()).reach())
          .startsWith(Reach.ANSWERED, Reach.SILENT, Reach.REFUSED, Reach.DARK);
      assertThat(((Fact.ReachedFrom) seen.getFirst().fact()).answerMs()).isNotNegative();
      assertThat(seen).allMatch(o -> o.witness().equals("gateway-1"));
    } finally {
      for (AutoCloseable each : open) {
        each.close();
      }
    }
  }

  @Test
  void ofWhomNothingIsKnownThereThatIsTold() throws Exception {
    var seen =
        vantage("bash")
            .observe(List.of(new BrokerNode(7, "two words", 9092)), Duration.ofSeconds(20));
    assertThat(seen)
        .singleElement()
        .satisfies(
            o ->
                assertThat(o.fact())
                    .isInstanceOfSatisfying(
                        Fact.Unasked.class,
                        none ->
                            assertThat(none.subject().english())
                                .isEqualTo("broker 7 from vantage gateway-1")));
  }

  @Test
  void aPlaceWithoutToolsIsNotAsked() {
    assertThat(VantageScript.read("M nothing\n", "M", List.of()).able()).isFalse();
    var cut = VantageScript.read("M 1 connected 2.0\n", "M", List.of(new BrokerNode(1, "h", 1)));
    assertThat(cut.knocks()).isEmpty(); // it did not come to its end: nobody waited long enough
    assertThatThrownBy(() -> new SshScript(List.of("ssh"), "-oProxyCommand=x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
