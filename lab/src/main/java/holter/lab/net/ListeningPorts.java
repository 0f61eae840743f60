package holter.lab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Which loopback addresses have a listener, read from /proc without dialling any. */
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
          lines.skip(1).forEach(line -> read(line, found));
        }
      }
    }
    return new ListeningPorts(found);
  }

  private static void read(String line, Set<String> found) {
    String[] fields = BLANKS.split(line.strip(), 5);
    if (fields[3].equals(LISTEN)) {
      String local = fields[1];
      int colon = local.indexOf(':');
      found.add(local.substring(Math.max(0, colon - 8))); // IPv4, or the IPv4 part of a mapped one
    }
  }

  boolean has(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    String port = "%04X".formatted(address.getPort());
    return listeners.contains("%02X%02X%02X%02X:%s".formatted(ip[3], ip[2], ip[1], ip[0], port))
        || listeners.contains("00000000:" + port);
  }
}
