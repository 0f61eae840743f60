package holter.server.host;

import holter.server.host.HostFigures.Count;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what node_exporter prints, in Prometheus' text format, and cAdvisor's counters of limited
 * control groups where a page has them too. Lines it does not need are skipped.
 */
final class ExporterText {
  /** Devices that only pass on what a physical one carries, or that never leave the host. */
  private static final Pattern VIRTUAL =
      Pattern.compile("(lo|veth|docker|br-|cni|cali|flannel|virbr|tun|tap|kube|dummy|vxlan|ifb).*");

  /** Partitions and mapped devices would count their disk twice. */
  private static final Pattern NOT_A_DISK =
      Pattern.compile("(loop|ram|dm-|md|sr|zram|fd).*|(sd|vd|xvd|hd)[a-z]+\\d+|nvme\\d+n\\d+p\\d+");

  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})?\\s+(\\S+)(?:\\s+-?\\d+)?\\s*");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, double[]> nics = new HashMap<>();
  private final Map<String, Double> disks = new HashMap<>();
  private double idle = Double.NaN;
  private double cpu = Double.NaN;
  private double available = Double.NaN;
  private double total = Double.NaN;
  private double hostSeconds = Double.NaN;
  private double load = Double.NaN;
  private final Map<HostFigures.Count, Double> counts = new EnumMap<>(HostFigures.Count.class);
  private final Map<String, double[]> requests = new HashMap<>();
  private final Map<String, double[]> spaces = new HashMap<>();
  private final Map<String, double[]> groups = new HashMap<>();
  private final Set<String> processors = new HashSet<>();

  private ExporterText() {}

  /** The reading in a scrape's text; what is not in it is NaN. */
  static HostReading read(String text, long atMs, double scrapeMs) {
    var reader = new ExporterText();
    text.lines().forEach(reader::line);
    var nics = new HashMap<String, HostReading.Nic>();
    reader.nics.forEach(
        (name, n) -> {
          double link = n[2] > 0 ? n[2] : Double.NaN; // −1: a link that has no speed
          nics.put(name, new HostReading.Nic(n[0], n[1], link));
        });
    return new HostReading(
        atMs,
        reader.hostSeconds,
        scrapeMs,
        nics,
        reader.idle,
        reader.cpu,
        reader.disks,
        reader.available / reader.total,
        reader.figures());
  }

  private HostFigures figures() {
    var disks = new HashMap<String, HostFigures.Disk>();
    requests.forEach((name, n) -> disks.put(name, new HostFigures.Disk(n[0], n[1], n[2])));
    return new HostFigures(
        counts,
        disks,
        spaces.values().stream()
            .map(n -> HostFigures.Space.of(n[0], n[1], n[2], n[3], n[4]))
            .toList(),
        limited(),
        load,
        processors.size());
  }

  private Map<String, HostFigures.Group> limited() {
    var limited = new HashMap<String, HostFigures.Group>();
    groups.forEach((id, n) -> limited.put(id, new HostFigures.Group(n[0], n[1])));
    return limited;
  }

  static boolean physicalNic(String device) {
    return !VIRTUAL.matcher(device).matches();
  }

  static boolean wholeDisk(String device) {
    return !NOT_A_DISK.matcher(device).matches();
  }

  private void line(String line) {
    if (!line.startsWith("node_") && !line.startsWith("container_cpu_cfs_")) {
      return;
    }
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return;
    }
    String labels = parts.group(2) == null ? "" : parts.group(2);
    double value = number(String.valueOf(parts.group(3)));
    switch (String.valueOf(parts.group(1))) {
      case "node_network_receive_bytes_total" -> nic(labels, 0, value);
      case "node_network_transmit_bytes_total" -> nic(labels, 1, value);
      case "node_network_speed_bytes" -> nic(labels, 2, value);
      case "node_cpu_seconds_total" -> cpu(labels, value);
      case "node_disk_io_time_seconds_total" -> disk(label(labels, "device"), value);
      case "node_memory_MemAvailable_bytes" -> available = value;
      case "node_memory_MemTotal_bytes" -> total = value;
      case "node_time_seconds" -> hostSeconds = value;
      default -> further(String.valueOf(parts.group(1)), labels, value);
    }
  }

  private void further(String name, String labels, double value) {
    switch (name) {
      case "node_load1" -> load = value;
      case "node_pressure_cpu_waiting_seconds_total" -> count(Count.CPU_STALLED_S, value);
      case "node_pressure_io_waiting_seconds_total" -> count(Count.IO_STALLED_S, value);
      case "node_pressure_memory_waiting_seconds_total" -> count(Count.MEMORY_STALLED_S, value);
      case "node_vmstat_pgmajfault" -> count(Count.MAJOR_FAULTS, value);
      case "node_vmstat_pswpin", "node_vmstat_pswpout" -> count(Count.SWAPPED, value);
      case "node_netstat_Tcp_OutSegs" -> count(Count.SEGMENTS_SENT, value);
      case "node_netstat_Tcp_RetransSegs" -> count(Count.SEGMENTS_SENT_AGAIN, value);
      case "node_disk_reads_completed_total", "node_disk_writes_completed_total" ->
          request(labels, 0, value);
      case "node_disk_read_time_seconds_total", "node_disk_write_time_seconds_total" ->
          request(labels, 1, value);
      case "node_disk_read_bytes_total" -> request(labels, 2, value);
      case "node_filesystem_size_bytes" -> space(labels, 0, value);
      case "node_filesystem_free_bytes" -> space(labels, 1, value);
      case "node_filesystem_avail_bytes" -> space(labels, 2, value);
      case "node_filesystem_files" -> space(labels, 3, value);
      case "node_filesystem_files_free" -> space(labels, 4, value);
      case "container_cpu_cfs_periods_total" -> group(labels, 0, value);
      case "container_cpu_cfs_throttled_periods_total" -> group(labels, 1, value);
      default -> {}
    }
  }

  private void group(String labels, int what, double value) {
    groups.computeIfAbsent(label(labels, "id"), g -> new double[2])[what] = value;
  }

  private void count(Count count, double value) {
    counts.merge(count, value, Double::sum);
  }

  private void request(String labels, int what, double value) {
    String device = label(labels, "device");
    if (wholeDisk(device)) {
      requests.computeIfAbsent(device, d -> new double[3])[what] += value;
    }
  }

  private void space(String labels, int what, double value) {
    String at = label(labels, "mountpoint");
    if (FileSystems.holdsData(label(labels, "fstype"), at)) {
      spaces.computeIfAbsent(at, m -> unknown())[what] = value;
    }
  }

  private static double[] unknown() {
    var all = new double[5];
    Arrays.fill(all, Double.NaN);
    return all;
  }

  private void nic(String labels, int what, double value) {
    String device = label(labels, "device");
    if (physicalNic(device)) {
      nics.computeIfAbsent(device, d -> new double[] {Double.NaN, Double.NaN, Double.NaN})[what] =
          value;
    }
  }

  private void cpu(String labels, double value) {
    String mode = label(labels, "mode");
    processors.add(label(labels, "cpu"));
    if (mode.equals("steal")) {
      count(Count.STEAL_S, value);
    }
    cpu = Double.isNaN(cpu) ? value : cpu + value;
    if (mode.equals("idle") || mode.equals("iowait")) {
      idle = Double.isNaN(idle) ? value : idle + value;
    }
  }

  private void disk(String device, double value) {
    if (wholeDisk(device)) {
      disks.put(device, value);
    }
  }

  private static String label(String labels, String name) {
    Matcher each = LABEL.matcher(labels);
    while (each.find()) {
      if (name.equals(each.group(1))) {
        return String.valueOf(each.group(2));
      }
    }
    return "";
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notOne) {
      return Double.NaN;
    }
  }
}
