package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hand-written servers, one for each way in which an address can take a connection. */
@Timeout(60)
final class BrokerReachTest {
  private static final KafkaSettings SETTINGS = KafkaSettings.of(List.of("localhost:1"));

  private final List<ServerSocket> servers = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private interface Manner {
    void with(Socket socket) throws IOException, InterruptedException;
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    for (ServerSocket server : servers) {
      server.close();
    }
  }

  @Test
  void aBrokerThatAnswersIsTimed() throws IOException {
    Fact.BrokerReach reach = reach(serve(1, socket -> answer(socket, 0)));
    assertThat(reach.reach()).isEqualTo(Reach.ANSWERED);
    assertThat(reach.connectMs()).isNotNegative();
    assertThat(reach.answerMs()).isNotNegative();
  }

  @Test
  void connectedAndSilentIsNotDark() throws IOException {
    Fact.BrokerReach reach = reach(serve(1, socket -> over.await()));
    assertThat(reach.reach()).isEqualTo(Reach.SILENT);
    assertThat(reach.connectMs()).isNotNegative();
    assertThat(reach.answerMs()).isNegative();
  }

  @Test
  void anAnswerThatNeverEndsIsSilence() throws IOException {
    Manner trickle =
        socket -> {
          var out = new DataOutputStream(socket.getOutputStream());
          out.writeInt(1000);
          out.writeInt(0x484f4c54);
          while (!over.await(50, TimeUnit.MILLISECONDS)) {
            out.write(0);
          }
        };
    assertThat(reach(serve(1, trickle)).reach()).isEqualTo(Reach.SILENT);
  }

  @Test
  void aPortWhereNobodyListensIsRefused() throws IOException {
    var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    int port = server.getLocalPort();
    server.close();
    assertThat(reach(new BrokerNode(1, "127.0.0.1", port)).reach()).isEqualTo(Reach.REFUSED);
  }

  @Test
  void aConnectionThatIsClosedAtOnceIsNeitherRefusedNorSilent() throws IOException {
    assertThat(reach(serve(1, Socket::close)).reach()).isEqualTo(Reach.CLOSED);
  }

  @Test
  void somethingElseThatAnswersIsNoBroker() throws IOException {
    Manner web =
        socket ->
            socket
                .getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(reach(serve(1, web)).reach()).isEqualTo(Reach.CLOSED);
  }

  @Test
  void aFullAcceptQueueIsDark() throws IOException {
    var server = new ServerSocket();
    servers.add(server);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    var filling = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 8; i++) {
        var socket = new Socket();
        filling.add(socket);
        try {
          socket.connect(server.getLocalSocketAddress(), 200);
        } catch (IOException full) {
          break;
        }
      }
      var node = new BrokerNode(1, "127.0.0.1", server.getLocalPort());
      assertThat(reach(node).reach()).isEqualTo(Reach.DARK);
    } finally {
      for (Socket socket : filling) {
        socket.close();
      }
    }
  }

  @Test
  void aNameThatDoesNotResolveIsSaidSo() {
    assertThat(reach(new BrokerNode(1, "no-such-host.invalid", 9092)).reach())
        .isEqualTo(Reach.UNRESOLVED);
  }

  @Test
  void oneSilentBrokerDoesNotChangeWhatIsSaidOfTheOthers() throws IOException {
    BrokerNode silent = serve(1, socket -> over.await());
    BrokerNode well = serve(2, socket -> answer(socket, 0));
    List<Observation> seen =
        new BrokerReach(SETTINGS, Duration.ofMillis(500), () -> 5).observe(List.of(silent, well));
    assertThat(seen)
        .extracting(o -> ((Fact.BrokerReach) o.fact()).reach())
        .containsExactly(Reach.SILENT, Reach.ANSWERED);
  }

  @Test
  void slowIsAgainstThePeersAndAFloor() {
    assertThat(BrokerReach.slow(150, new double[] {1, 1, 2})).isFalse();
    assertThat(BrokerReach.slow(250, new double[] {1, 1, 2})).isTrue();
    assertThat(BrokerReach.slow(250, new double[] {100, 110, 120})).isFalse();
    assertThat(BrokerReach.slow(900, new double[] {100, 110, 120})).isTrue();
    assertThat(BrokerReach.slow(250, new double[0])).as("nobody to compare with").isFalse();
    assertThat(BrokerReach.slow(1100, new double[0])).isTrue();
  }

  private BrokerNode serve(int id, Manner manner) throws IOException {
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    servers.add(server);
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  Thread.ofVirtual().start(() -> behave(manner, socket));
                } catch (IOException closed) {
                  return;
                }
              }
            });
    return new BrokerNode(id, "127.0.0.1", server.getLocalPort());
  }

  private static void behave(Manner manner, Socket socket) {
    try (socket) {
      manner.with(socket);
    } catch (IOException gone) {
      // the asker left; that is how these conversations end
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** The least that ApiVersions version 0 can answer: no error, no calls. */
  private static void answer(Socket socket, int errorCode) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    byte[] request = in.readNBytes(in.readInt());
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(4 + 2 + 4);
    out.write(request, 4, 4);
    out.writeShort(errorCode);
    out.writeInt(0);
    out.flush();
  }

  private static Fact.BrokerReach reach(BrokerNode broker) {
    var seen = new BrokerReach(SETTINGS, Duration.ofMillis(700), () -> 5).observe(List.of(broker));
    assertThat(seen).hasSize(1);
    return (Fact.BrokerReach) seen.getFirst().fact();
  }
}
