package holter.server.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads this machine's own counters from /proc and /sys. */
final class LocalProc {
  /** Without these it is no Linux. */
  private static final List<String> NEEDED =
      List.of("/proc/net/dev", "/proc/stat", "/proc/diskstats", "/proc/meminfo");

  /** Absent on old kernels, or where they are switched off. */
  private static final List<String> WELCOME =
      List.of(
          "/proc/loadavg",
          "/proc/vmstat",
          "/proc/net/snmp",
          "/proc/pressure/cpu",
          "/proc/pressure/io",
          "/proc/pressure/memory");

  private final Path root;

  /**
   * @param root normally {@code /}
   */
  LocalProc(Path root) {
    this.root = root;
  }

  /** Whether a host's name means this machine. */
  static boolean isHere(String host) {
    if (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1")) {
      return true;
    }
    try {
      return InetAddress.getLocalHost().getHostName().equalsIgnoreCase(host);
    } catch (UnknownHostException nameless) {
      return false;
    }
  }

  HostReading read(long atMs, double scrapeMs) throws IOException {
    Map<String, String> files = new HashMap<>();
    for (String file : NEEDED) {
      files.put(file, Files.readString(inside(file)));
    }
    WELCOME.forEach(file -> take(file, files));
    for (String nic : names("/sys/class/net")) {
      take("/sys/class/net/" + nic + "/speed", files);
    }
    return new ProcText(files).reading(atMs, Double.NaN, scrapeMs);
  }

  private Path inside(String file) {
    return root.resolve(file.substring(1));
  }

  private void take(String file, Map<String, String> files) {
    try {
      files.put(file, Files.readString(inside(file)));
    } catch (IOException absent) {
      files.remove(file);
    }
  }

  private List<String> names(String directory) {
    try (Stream<Path> all = Files.list(inside(directory))) {
      return all.map(each -> String.valueOf(each.getFileName())).toList();
    } catch (IOException absent) {
      return List.of();
    }
  }
}
