package holter.server.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.Fact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a ZooKeeper that is not well gives; a well one is read in the lab's tests. */
@Timeout(60)
final class ZooKeeperReaderTest {
  @Test
  void aServerThatAcceptsAndIsSilentIsNamedAsNotAsked() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertSilent("127.0.0.1:" + silent.getLocalPort());
    }
  }

  @Test
  void aServerThatRefusesIsNamedAsNotAsked() throws IOException {
    var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    int port = server.getLocalPort();
    server.close();
    assertSilent("127.0.0.1:" + port);
  }

  @Test
  void anAddressThatIsNoneIsSaidSo() {
    for (String wrong : List.of("127.0.0.1:2181/", "127.0.0.1:2181//x")) {
      ZooKeeperView view = read(wrong);
      assertThat(view.observations()).hasSize(1);
      assertThat(view.observations().getFirst().fact()).isInstanceOf(Fact.Unasked.class);
    }
  }

  private static void assertSilent(String connect) {
    ZooKeeperView view = read(connect);
    assertThat(view.observations())
        .singleElement()
        .satisfies(
            o ->
                assertThat(o.fact())
                    .isInstanceOfSatisfying(
                        Fact.Unasked.class,
                        u -> assertThat(u.subject().english()).isEqualTo("ZooKeeper " + connect)));
    assertThat(view.controllerId()).isEqualTo(-1);
    assertThat(view.replicaOrder()).isEmpty();
  }

  private static ZooKeeperView read(String connect) {
    return new ZooKeeperReader(connect, () -> 5)
        .read("HeartBeat", Set.of(1001), Duration.ofMillis(800));
  }
}
