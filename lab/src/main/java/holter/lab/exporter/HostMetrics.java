package holter.lab.exporter;

import holter.lab.net.EmulatedHost;
import holter.lab.process.Child;
import holter.lab.process.Children;
import holter.lab.process.ProcStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one emulated host. Network: what its NIC really passed. Processor: what its own
 * processes really used. Memory, disk, load and clocks: the machine's own, which all its emulated
 * hosts share, and the help text says so. What cannot be read is left out.
 */
final class HostMetrics {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int SECTOR_MILLIS_FIELD = 12; // "time spent doing I/Os", iostats.rst
  private static final String SHARED = " (of the machine that all emulated hosts share)";

  private final EmulatedHost host;
  private final Children children;
  private final Path disk;
  private final long startedNanos = System.nanoTime();

  /** What ended processes used, so that the counters never fall. */
  private final Map<Long, ProcStat> lastSeen = new HashMap<>();

  HostMetrics(EmulatedHost host, Children children, Path disk) {
    this.host = host;
    this.children = children;
    this.disk = disk;
  }

  /** The text format of Prometheus, version 0.0.4. */
  synchronized String text() throws IOException {
    var page = new MetricsPage();
    network(page);
    processor(page);
    groups(page);
    memory(page);
    storage(page);
    double wall = System.currentTimeMillis() / 1000.0;
    page.gauge("node_time_seconds", "System time in seconds since the epoch.", "", wall);
    return page.text();
  }

  private void network(MetricsPage page) {
    var device = "{device=\"eth0\"}";
    page.counter(
        "node_network_receive_bytes_total",
        "Network device statistic receive_bytes.",
        device,
        (double) host.ingress().passedBytes());
    page.counter(
        "node_network_transmit_bytes_total",
        "Network device statistic transmit_bytes.",
        device,
        (double) host.egress().passedBytes());
    page.counter(
        "node_network_transmit_drop_total",
        "Network device statistic transmit_drop.",
        device,
        (double) host.egress().refusedPackets());
    if (!host.egress().nic().unlimited()) {
      page.gauge(
          "node_network_speed_bytes",
          "Network device property: speed_bytes.",
          device,
          (double) host.egress().nic().bytesPerSecond());
    }
  }

  private void processor(MetricsPage page) throws IOException {
    for (Child child : children.on(host.name())) {
      var stat = child.stat();
      if (stat != null) {
        lastSeen.put(child.pid(), stat);
      }
    }
    double user = lastSeen.values().stream().mapToDouble(ProcStat::userSeconds).sum();
    double system = lastSeen.values().stream().mapToDouble(ProcStat::systemSeconds).sum();
    double all =
        (System.nanoTime() - startedNanos) / 1e9 * Runtime.getRuntime().availableProcessors();
    var name = "node_cpu_seconds_total";
    page.counter(name, "Seconds the host's processes used; idle is the rest.", mode("user"), user);
    page.more(name, mode("system"), system);
    page.more(name, mode("idle"), Math.max(0, all - user - system));
    var load = fields(Files.readString(Path.of("/proc/loadavg"))).getFirst();
    page.gauge("node_load1", "1m load average" + SHARED + ".", "", Double.parseDouble(load));
    for (var line : Files.readAllLines(Path.of("/proc/stat"))) {
      if (line.startsWith("btime ")) {
        page.gauge(
            "node_boot_time_seconds",
            "Node boot time, in unixtime" + SHARED + ".",
            "",
            Double.parseDouble(line.substring("btime ".length())));
      }
    }
  }

  /** What cAdvisor tells of the control groups of the host's processes: real limits, really met. */
  private void groups(MetricsPage page) throws IOException {
    group(page, "container_cpu_cfs_periods_total", "nr_periods");
    group(page, "container_cpu_cfs_throttled_periods_total", "nr_throttled");
  }

  private void group(MetricsPage page, String name, String counter) throws IOException {
    boolean first = true;
    for (Child child : children.on(host.name())) {
      Path stats = cpuGroup(child.pid());
      for (var line : stats == null ? List.<String>of() : Files.readAllLines(stats)) {
        var fields = fields(line);
        if (fields.getFirst().equals(counter)) {
          var labels = "{id=\"/" + child.name() + "\"}";
          double value = Double.parseDouble(fields.get(1));
          if (first) {
            page.counter(name, "Periods of a control group with a limit.", labels, value);
          } else {
            page.more(name, labels, value);
          }
          first = false;
        }
      }
    }
  }

  /** The counters of a process' own group, of version 1 or 2; null where it is in none. */
  private static @Nullable Path cpuGroup(long pid) throws IOException {
    Path groups = Path.of("/proc/" + pid + "/cgroup");
    for (var line : Files.exists(groups) ? Files.readAllLines(groups) : List.<String>of()) {
      var parts = line.split(":", 3);
      boolean first = List.of(parts[1].split(",")).contains("cpu");
      Path root = Path.of(first ? "/sys/fs/cgroup/cpu" : "/sys/fs/cgroup");
      Path stats = Path.of(root + parts[2], "cpu.stat");
      if ((first || parts[1].isEmpty()) && !parts[2].equals("/") && Files.exists(stats)) {
        return stats;
      }
    }
    return null;
  }

  private static List<String> fields(String line) {
    return BLANKS.splitAsStream(line.strip()).toList();
  }

  private static String mode(String mode) {
    return "{cpu=\"0\",mode=\"" + mode + "\"}";
  }

  private static void memory(MetricsPage page) throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      var field = line.substring(0, Math.max(0, line.indexOf(':')));
      if (List.of("MemTotal", "MemAvailable").contains(field)) {
        page.gauge(
            "node_memory_" + field + "_bytes",
            "Memory information field " + field + SHARED + ".",
            "",
            1024 * Double.parseDouble(fields(line).get(1)));
      }
    }
  }

  private void storage(MetricsPage page) throws IOException {
    var store = Files.getFileStore(disk);
    // a data disk to its host, whatever the lab keeps it on
    var labels = "{device=\"data\",fstype=\"ext4\",mountpoint=\"/\"}";
    page.gauge(
        "node_filesystem_free_bytes",
        "Filesystem free space" + SHARED + ".",
        labels,
        (double) store.getUnallocatedSpace());
    page.gauge(
        "node_filesystem_avail_bytes",
        "Filesystem space available to non-root users" + SHARED + ".",
        labels,
        (double) store.getUsableSpace());
    page.gauge(
        "node_filesystem_size_bytes",
        "Filesystem size" + SHARED + ".",
        labels,
        (double) store.getTotalSpace());
    Path stats = Path.of("/proc/diskstats");
    boolean first = true;
    for (var line : Files.exists(stats) ? Files.readAllLines(stats) : List.<String>of()) {
      var fields = fields(line);
      if (fields.size() > SECTOR_MILLIS_FIELD && !fields.get(SECTOR_MILLIS_FIELD).equals("0")) {
        var name = "node_disk_io_time_seconds_total";
        var device = "{device=\"" + fields.get(2).toLowerCase(Locale.ROOT) + "\"}";
        double seconds = Double.parseDouble(fields.get(SECTOR_MILLIS_FIELD)) / 1000;
        if (first) {
          page.counter(name, "Total seconds spent doing I/Os" + SHARED + ".", device, seconds);
        } else {
          page.more(name, device, seconds);
        }
        first = false;
      }
    }
  }
}
