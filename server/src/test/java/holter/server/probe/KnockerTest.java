package holter.server.probe;

import static org.assertj.core.api.Assertions.assertThat;

import holter.engine.Input;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Knocking at hosts: taken and refused are both signs of life; what is not allowed is not asked.
 */
class KnockerTest {
  private final LinkedBlockingQueue<Input> heard = new LinkedBlockingQueue<>();

  private Input.Knocked knock(String host, int port) throws InterruptedException {
    try (var knocker = knocker(host, port)) {
      knocker.round();
      return (Input.Knocked) heard.poll(5, TimeUnit.SECONDS);
    }
  }

  private Knocker knocker(String host, int port) {
    return new Knocker(
        new AllowList(List.of("127.0.0.0/8")),
        "http://{host}:" + port + "/metrics",
        () -> Set.of(host),
        heard::add,
        () -> 7_000);
  }

  @Test
  void anOpenPortIsASignOfLife() throws Exception {
    try (var open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(knock("127.0.0.1", open.getLocalPort()))
          .isEqualTo(new Input.Knocked("127.0.0.1", true, 7_000, 7_000));
    }
  }

  @Test
  void aRefusedPortIsOneToo() throws Exception {
    int closed;
    try (var open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = open.getLocalPort();
    }
    assertThat(knock("127.0.0.1", closed).answered()).isTrue();
  }

  @Test
  void whatIsNotAllowedIsNotKnockedAt() throws Exception {
    try (var knocker = knocker("192.0.2.1", 9100)) {
      knocker.round();
      assertThat(heard.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
  }
}
