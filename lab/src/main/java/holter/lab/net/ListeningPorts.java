package holter.lab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which loopback addresses have a listener, read from /proc without dialling any. The kernel lists
 * all listeners before all connections ({@code tcp_get_idx} in net/ipv4/tcp_ipv4.c), so what comes
 * after the last listener, thousands of lines in a lab, is not read.
 */
final class ListeningPorts {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String LISTEN = "0A";

  private final Set<String> listeners;

  private ListeningPorts(Set<String> listeners) {
    this.listeners = listeners;
  }

  static ListeningPorts now() throws IOException {
    var found = new HashSet<String>();
    for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      if (Files.exists(Path.of(table))) {
        try (var lines = Files.lines(Path.of(table))) {
          lines
              .skip(1)
              .map(line -> BLANKS.split(line.strip(), 5))
              .takeWhile(fields -> fields[3].equals(LISTEN))
              .forEach(fields -> found.add(address(fields[1])));
        }
      }
    }
    return new ListeningPorts(found);
  }

  /** IPv4, or the IPv4 part of a mapped one. */
  private static String address(String local) {
    return local.substring(Math.max(0, local.indexOf(':') - 8));
  }

  boolean has(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    String port = "%04X".formatted(address.getPort());
    return listeners.contains("%02X%02X%02X%02X:%s".formatted(ip[3], ip[2], ip[1], ip[0], port))
        || listeners.contains("00000000:" + port);
  }
}
