package holter.lab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Which loopback addresses have a listener, read from /proc without dialling any. The kernel lists
 * all listeners before all connections ({@code tcp_get_idx} in net/ipv4/tcp_ipv4.c), so what comes
 * after the last listener, thousands of lines in a lab, is not read.
 */
final class ListeningPorts {
  private static final String LISTEN = "0A ";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Set<String> listeners;

  private ListeningPorts(Set<String> listeners) {
    this.listeners = listeners;
  }

  static ListeningPorts now() throws IOException {
    var found = new HashSet<String>();
    for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      if (Files.exists(Path.of(table))) {
        try (var lines = Files.lines(Path.of(table))) {
          lines.skip(1).takeWhile(line -> read(line, found)).forEach(_ -> {});
        }
      }
    }
    return new ListeningPorts(found);
  }

  /**
   * Takes a line, {@code number: address:port address:port state …}; false when it is no listener.
   * Ten times a second over hundreds of lines: a pattern would cost a tenth of a processor.
   */
  private static boolean read(String line, Set<String> found) {
    int local = line.indexOf(": ") + 2;
    int end = line.indexOf(' ', local);
    int state = line.indexOf(' ', end + 1) + 1;
    boolean listens = line.startsWith(LISTEN, state);
    if (listens) { // IPv4, or the IPv4 part of a mapped one
      found.add(line.substring(Math.max(local, line.indexOf(':', local) - 8), end));
    }
    return listens;
  }

  boolean has(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    byte[] turned = {ip[3], ip[2], ip[1], ip[0]};
    String port = ":" + HEX.toHexDigits((short) address.getPort());
    return listeners.contains(HEX.formatHex(turned) + port)
        || listeners.contains("00000000" + port);
  }
}
