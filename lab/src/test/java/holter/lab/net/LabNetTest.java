package holter.lab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.lab.process.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabNetTest {
  private static final List<HostSpec> HOSTS =
      List.of(HostSpec.unlimited("iota-n1"), HostSpec.unlimited("iota-n2"));

  @TempDir Path directory;

  @Test
  void namesOfHostsAreKnownWhileTheLabIsOpen() throws UnknownHostException {
    try (var net = LabNet.open(directory, HOSTS, "iota-n1")) {
      assertThat(InetAddress.getAllByName("iota-n2"))
          .containsExactly(net.address("iota-n1", "iota-n2"))
          .allMatch(InetAddress::isLoopbackAddress);
    }
    assertThatThrownBy(() -> InetAddress.getAllByName("iota-n2"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aNameAskedForInVainIsKnownAsSoonAsALabHasIt() throws UnknownHostException {
    assertThatThrownBy(() -> InetAddress.getAllByName("iota-n9"))
        .isInstanceOf(UnknownHostException.class);
    try (var net = LabNet.open(directory, List.of(HostSpec.unlimited("iota-n9")), "iota-n9")) {
      assertThat(InetAddress.getAllByName("iota-n9"))
          .containsExactly(net.address("iota-n9", "iota-n9"));
    }
  }

  @Test
  void twoLabsSideBySideHaveOtherAddresses() {
    try (var one = LabNet.open(directory.resolve("1"), HOSTS, "iota-n1");
        var two = LabNet.open(directory.resolve("2"), HOSTS, "iota-n1")) {
      assertThat(one.address("iota-n1", "iota-n2")).isNotEqualTo(two.address("iota-n1", "iota-n2"));
    }
  }

  @Test
  void eachHostsFileHoldsItsOwnViewAndTheMachine() throws IOException {
    try (var net = LabNet.open(directory, HOSTS, "iota-n1")) {
      var view = Files.readString(net.hostsFile("iota-n2"));
      assertThat(view)
          .contains(net.address("iota-n2", "iota-n1").getHostAddress() + " iota-n1")
          .contains(net.address("iota-n2", "iota-n2").getHostAddress() + " iota-n2")
          .contains("127.0.0.1 localhost")
          .contains("127.0.0.1 " + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    }
  }

  @Test
  void theServiceSeesTheDiallersHostAsItsPeer() throws IOException {
    try (var net = LabNet.open(directory, HOSTS, "iota-n1");
        var listener = new java.net.ServerSocket(0, 1, net.address("iota-n2", "iota-n2"))) {
      net.expose("iota-n2", listener.getLocalPort(), Route.SHARED).opened();
      try (var socket =
              new java.net.Socket(net.address("iota-n1", "iota-n2"), listener.getLocalPort());
          var accepted = listener.accept()) {
        assertThat(accepted.getInetAddress()).isEqualTo(net.address("iota-n2", "iota-n1"));
        assertThat(socket.isConnected()).isTrue();
      }
    }
  }

  @Test
  void anUnknownHostIsRefusedWithTheKnownOnes() {
    try (var net = LabNet.open(directory, HOSTS, "iota-n1")) {
      assertThatThrownBy(() -> net.host("iota-m9"))
          .isInstanceOf(LabException.class)
          .hasMessageContaining("iota-m9")
          .hasMessageContaining("iota-n2");
    }
  }
}
