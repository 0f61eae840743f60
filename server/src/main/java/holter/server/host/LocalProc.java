package holter.server.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads this machine's own counters from /proc and /sys. */
final class LocalProc {
  /** The kernel counts processor time in hundredths of a second on every Linux there is. */
  private static final double TICKS_PER_SECOND = 100;

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
    double[] cpu = cpu();
    Map<String, Double> memory = memory();
    return new HostReading(
        atMs,
        Double.NaN,
        scrapeMs,
        nics(),
        cpu[0],
        cpu[1],
        disks(),
        memory.getOrDefault("MemAvailable:", Double.NaN)
            / memory.getOrDefault("MemTotal:", Double.NaN));
  }

  private Map<String, HostReading.Nic> nics() throws IOException {
    var nics = new HashMap<String, HostReading.Nic>();
    for (String line : lines("proc/net/dev")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip();
        List<String> f = fields(line.substring(colon + 1));
        if (f.size() >= 9 && ExporterText.physicalNic(name)) {
          nics.put(name, new HostReading.Nic(number(f.get(0)), number(f.get(8)), link(name)));
        }
      }
    }
    return nics;
  }

  private double link(String nic) {
    try {
      double megabits = number(Files.readString(root.resolve("sys/class/net/" + nic + "/speed")));
      return megabits > 0 ? megabits * 1e6 / 8 : Double.NaN;
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }

  /** Idle and all seconds, summed over cores. */
  private double[] cpu() throws IOException {
    for (String line : lines("proc/stat")) {
      if (line.startsWith("cpu ")) {
        List<String> f = fields(line);
        double all = 0;
        for (int at = 1; at < Math.min(f.size(), 9); at++) { // guest time is in user time already
          all += number(f.get(at));
        }
        double idle = f.size() > 5 ? number(f.get(4)) + number(f.get(5)) : Double.NaN;
        return new double[] {idle / TICKS_PER_SECOND, all / TICKS_PER_SECOND};
      }
    }
    return new double[] {Double.NaN, Double.NaN};
  }

  private Map<String, Double> disks() throws IOException {
    var disks = new HashMap<String, Double>();
    for (String line : lines("proc/diskstats")) {
      List<String> f = fields(line);
      if (f.size() >= 13 && ExporterText.wholeDisk(f.get(2))) {
        disks.put(f.get(2), number(f.get(12)) / 1000);
      }
    }
    return disks;
  }

  private Map<String, Double> memory() throws IOException {
    var memory = new HashMap<String, Double>();
    for (String line : lines("proc/meminfo")) {
      List<String> f = fields(line);
      if (f.size() >= 2) {
        memory.put(f.get(0), number(f.get(1)));
      }
    }
    return memory;
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(root.resolve(file));
  }

  private static List<String> fields(String line) {
    return List.of(line.strip().split("\\s+", -1));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException notOne) {
      return Double.NaN;
    }
  }
}
