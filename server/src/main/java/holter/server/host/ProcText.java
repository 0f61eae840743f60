package holter.server.host;

import holter.server.host.HostFigures.Count;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what Linux tells in {@code /proc} and {@code /sys/fs/cgroup} (versions 1 and 2), wherever
 * it came from.
 *
 * @param files text by path; {@code df PATH} and {@code df -i PATH} hold what those commands print
 */
record ProcText(Map<String, String> files) {
  /** The kernel counts processor time in hundredths of a second on every Linux there is. */
  static final double TICKS_PER_SECOND = 100;

  private static final double SECTOR_BYTES = 512; // iostats.rst: always, whatever the disk has

  /** Where a control group tells of its processor time. */
  static final String GROUP_FILE = "/cpu.stat";

  /** The reading; what is not told is NaN or absent. */
  HostReading reading(long atMs, double hostSeconds, double scrapeMs) {
    double[] cpu = cpu();
    Map<String, Double> memory = named("/proc/meminfo", 0, 1);
    return new HostReading(
        atMs,
        hostSeconds,
        scrapeMs,
        nics(),
        cpu[0],
        cpu[1],
        disks(),
        memory.getOrDefault("MemAvailable:", Double.NaN)
            / memory.getOrDefault("MemTotal:", Double.NaN),
        new HostFigures(counts(cpu[2]), requests(), spaces(), groups(), load(), processors()));
  }

  private List<String> lines(String file) {
    return files.getOrDefault(file, "").lines().toList();
  }

  private Map<String, HostReading.Nic> nics() {
    var nics = new HashMap<String, HostReading.Nic>();
    for (String line : lines("/proc/net/dev")) {
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
    double megabits = number(files.getOrDefault("/sys/class/net/" + nic + "/speed", ""));
    return megabits > 0 ? megabits * 1e6 / 8 : Double.NaN;
  }

  /** Idle, all, and stolen seconds, summed over cores. */
  private double[] cpu() {
    for (String line : lines("/proc/stat")) {
      if (line.startsWith("cpu ")) {
        List<String> f = fields(line);
        double all = 0;
        for (int at = 1; at < Math.min(f.size(), 9); at++) { // guest time is in user time already
          all += number(f.get(at));
        }
        double idle = f.size() > 5 ? number(f.get(4)) + number(f.get(5)) : Double.NaN;
        double stolen = f.size() > 8 ? number(f.get(8)) : Double.NaN;
        return new double[] {
          idle / TICKS_PER_SECOND, all / TICKS_PER_SECOND, stolen / TICKS_PER_SECOND
        };
      }
    }
    return new double[] {Double.NaN, Double.NaN, Double.NaN};
  }

  private int processors() {
    return (int) lines("/proc/stat").stream().filter(l -> l.matches("cpu\\d+ .*")).count();
  }

  private double load() {
    List<String> first = fields(files.getOrDefault("/proc/loadavg", ""));
    return number(first.getFirst());
  }

  private Map<String, Double> disks() {
    var disks = new HashMap<String, Double>();
    for (List<String> f : wholeDisks()) {
      disks.put(f.get(2), number(f.get(12)) / 1000);
    }
    return disks;
  }

  private Map<String, HostFigures.Disk> requests() {
    var requests = new HashMap<String, HostFigures.Disk>();
    for (List<String> f : wholeDisks()) {
      requests.put(
          f.get(2),
          new HostFigures.Disk(
              number(f.get(3)) + number(f.get(7)),
              (number(f.get(6)) + number(f.get(10))) / 1000,
              number(f.get(5)) * SECTOR_BYTES));
    }
    return requests;
  }

  private List<List<String>> wholeDisks() {
    return lines("/proc/diskstats").stream()
        .map(ProcText::fields)
        .filter(f -> f.size() >= 13 && ExporterText.wholeDisk(f.get(2)))
        .toList();
  }

  private Map<Count, Double> counts(double stolen) {
    var counts = new EnumMap<Count, Double>(Count.class);
    put(counts, Count.CPU_STALLED_S, stalled("cpu"));
    put(counts, Count.IO_STALLED_S, stalled("io"));
    put(counts, Count.MEMORY_STALLED_S, stalled("memory"));
    put(counts, Count.STEAL_S, stolen);
    Map<String, Double> vm = named("/proc/vmstat", 0, 1);
    put(counts, Count.MAJOR_FAULTS, vm.getOrDefault("pgmajfault", Double.NaN));
    put(
        counts,
        Count.SWAPPED,
        vm.getOrDefault("pswpin", Double.NaN) + vm.getOrDefault("pswpout", Double.NaN));
    Map<String, Double> tcp = tcp();
    put(counts, Count.SEGMENTS_SENT, tcp.getOrDefault("OutSegs", Double.NaN));
    put(counts, Count.SEGMENTS_SENT_AGAIN, tcp.getOrDefault("RetransSegs", Double.NaN));
    return counts;
  }

  private static void put(Map<Count, Double> counts, Count count, double value) {
    if (!Double.isNaN(value)) {
      counts.put(count, value);
    }
  }

  /** Seconds of the line "some", which is told in microseconds; NaN on a kernel without it. */
  private double stalled(String what) {
    for (String line : lines("/proc/pressure/" + what)) {
      int total = line.indexOf("total=");
      if (line.startsWith("some ") && total > 0) {
        return number(line.substring(total + "total=".length())) / 1e6;
      }
    }
    return Double.NaN;
  }

  /** One line names the fields, the next one holds them. */
  private Map<String, Double> tcp() {
    List<String> lines =
        lines("/proc/net/snmp").stream().filter(l -> l.startsWith("Tcp:")).toList();
    var tcp = new HashMap<String, Double>();
    if (lines.size() == 2) {
      List<String> names = fields(lines.get(0));
      List<String> values = fields(lines.get(1));
      for (int at = 1; at < Math.min(names.size(), values.size()); at++) {
        tcp.put(names.get(at), number(values.get(at)));
      }
    }
    return tcp;
  }

  private List<HostFigures.Space> spaces() {
    var spaces = new ArrayList<HostFigures.Space>();
    files.forEach(
        (name, text) -> {
          if (name.startsWith("df /")) {
            List<String> inodes = last(files.getOrDefault("df -i " + name.substring(3), ""));
            List<String> blocks = last(text);
            double total = at(inodes, 1);
            double used = at(blocks, 2);
            spaces.add(
                new HostFigures.Space(
                    used / (used + at(blocks, 3)), total > 0 ? at(inodes, 2) / total : Double.NaN));
          }
        });
    return spaces;
  }

  private static List<String> last(String text) {
    return fields(text.strip().lines().reduce("", (one, two) -> two));
  }

  private static double at(List<String> fields, int index) {
    return index < fields.size() ? number(fields.get(index)) : Double.NaN;
  }

  private Map<String, HostFigures.Group> groups() {
    var groups = new HashMap<String, HostFigures.Group>();
    files
        .keySet()
        .forEach(
            path -> {
              if (path.endsWith(GROUP_FILE)) {
                Map<String, Double> told = named(path, 0, 1);
                groups.put(
                    path,
                    new HostFigures.Group(
                        told.getOrDefault("nr_periods", Double.NaN),
                        told.getOrDefault("nr_throttled", Double.NaN)));
              }
            });
    return groups;
  }

  private Map<String, Double> named(String file, int name, int value) {
    var all = new HashMap<String, Double>();
    for (String line : lines(file)) {
      List<String> f = fields(line);
      if (f.size() > Math.max(name, value)) {
        all.put(f.get(name), number(f.get(value)));
      }
    }
    return all;
  }

  static List<String> fields(String line) {
    return List.of(line.strip().split("\\s+", -1));
  }

  static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException notOne) {
      return Double.NaN;
    }
  }
}
