package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class GreetingTest {
  private static final Duration DEADLINE = Duration.ofMillis(700);

  @ParameterizedTest
  @CsvSource({
    "'0000000a484f4c54', KAFKA",
    "'15030300020250', TLS",
    "'485454502f312e3120343030', HTTP",
    "'3c21444f43545950452068746d6c3e', HTTP",
    "'2d45525220756e6b6e6f776e', OTHER",
    "'', CLOSED"
  })
  void whoAnswersIsKnownByItsFirstWord(String hex, Greeting expected) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread host =
          Thread.ofVirtual().start(() -> answerOnce(server, HexFormat.of().parseHex(hex)));
      assertThat(Greeting.of("127.0.0.1:" + server.getLocalPort(), DEADLINE)).isEqualTo(expected);
      host.join();
    }
  }

  @Test
  void whoSaysNothingIsSilentAndWhereNobodyListensIsRefused() throws IOException {
    int port;
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = silent.getLocalPort();
      assertThat(Greeting.of("127.0.0.1:" + port, DEADLINE)).isEqualTo(Greeting.SILENT);
    }
    assertThat(Greeting.of("127.0.0.1:" + port, DEADLINE)).isEqualTo(Greeting.REFUSED);
    assertThat(Greeting.of("no-such-host.invalid:1", DEADLINE)).isEqualTo(Greeting.UNRESOLVED);
  }

  private static void answerOnce(ServerSocket server, byte[] answer) {
    try (Socket socket = server.accept()) {
      assertThat(socket.getInputStream().readNBytes(20)).hasSize(20);
      socket.getOutputStream().write(answer);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException gone) {
      // the asker has what it wanted
    }
  }
}
