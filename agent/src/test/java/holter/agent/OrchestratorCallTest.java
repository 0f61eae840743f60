package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrchestratorCallTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n";

  @Test
  void headersThatComeDropByDropAreCutOff() throws Exception {
    assertThat(secondsHeldBy(HEAD + "X-Slow: ")).isLessThan(15);
  }

  @Test
  void aBodyThatComesDropByDropIsCutOff() throws Exception {
    assertThat(secondsHeldBy(HEAD + "\r\n")).isLessThan(15);
  }

  private static double secondsHeldBy(String beginning) throws Exception {
    var ended = new CountDownLatch(1);
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> dribble(server, beginning, ended));
      thread.setDaemon(true);
      thread.start();
      var url = URI.create("http://127.0.0.1:" + server.getLocalPort());
      var call = new OrchestratorCall(url, "token");
      long startNanos = System.nanoTime();
      assertThatThrownBy(() -> call.post("/agent/v1/beats", new byte[] {'{', '}'}))
          .isInstanceOf(IOException.class);
      return (System.nanoTime() - startNanos) / 1e9;
    } finally {
      ended.countDown();
    }
  }

  /** Lively for each read, and never done. */
  private static void dribble(ServerSocket server, String beginning, CountDownLatch ended) {
    try (Socket caller = server.accept()) {
      var out = caller.getOutputStream();
      out.write(beginning.getBytes(StandardCharsets.US_ASCII));
      while (!ended.await(200, TimeUnit.MILLISECONDS)) {
        out.write('x');
        out.flush();
      }
    } catch (IOException cut) {
      // the caller had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
