package holter.server.host;

import holter.diagnose.Fact;
import holter.diagnose.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person copied from a host's console, in any order: {@code df}, {@code df -i}, {@code top},
 * {@code free}, {@code bmon}, {@code ethtool}; or two scrapes of node_exporter. What is not in it
 * is NaN, never zero.
 */
public final class ConsoleText {
  private static final Pattern DF =
      Pattern.compile("(\\S+)\\s+\\S+\\s+\\S+\\s+\\S+\\s+(\\d{1,3})%\\s+(/\\S*)");
  private static final Pattern NO_DATA =
      Pattern.compile("(tmpfs|devtmpfs|overlay|shm|udev|none|/dev/loop).*");
  private static final Pattern IDLE =
      Pattern.compile("%?Cpu.*?(\\d{1,3}(?:[.,]\\d+)?)\\s*%?\\s*id");
  private static final Pattern MEMORY =
      Pattern.compile("Mem:\\s+(\\S+)\\s+\\S+\\s+\\S+\\s+\\S+\\s+\\S+\\s+(\\S+)");
  private static final Pattern NIC =
      Pattern.compile(
          "[\\s>]*([a-z][a-z0-9@._-]*)\\s*[│|\\s]\\s*([\\d.]+)\\s*([KMGT]?i?)([Bb])\\b"
              + ".*?[│|].*?([\\d.]+)\\s*([KMGT]?i?)([Bb])\\b.*");
  private static final Pattern SPEED = Pattern.compile("Speed:\\s*(\\d+)\\s*Mb/s");

  private final String host;
  private double rx = Double.NaN;
  private double tx = Double.NaN;
  private double link = Double.NaN;
  private double cpu = Double.NaN;
  private double memory = Double.NaN;
  private double disk = Double.NaN;
  private double inodes = Double.NaN;
  private boolean inodeTable;

  private ConsoleText(String host) {
    this.host = host;
  }

  /** What the texts of one host say of it; empty when none of them says anything. */
  public static List<Fact> facts(String host, List<String> texts) {
    List<HostReading> readings = new ArrayList<>();
    var console = new ConsoleText(host);
    for (String text : texts) {
      if (text.contains("node_cpu_seconds_total") || text.contains("node_network_")) {
        HostReading reading = ExporterText.read(text, 0, Double.NaN);
        long atMs = Math.round(reading.hostSeconds() * 1000);
        readings.add(ExporterText.read(text, atMs, Double.NaN));
      } else {
        text.lines().forEach(console::line);
      }
    }
    List<Fact> facts = new ArrayList<>();
    if (readings.size() >= 2) {
      facts.add(readings.getLast().since(readings.get(readings.size() - 2), host));
    }
    facts.addAll(console.facts());
    return facts;
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    boolean any =
        !(Double.isNaN(rx) && Double.isNaN(tx) && Double.isNaN(cpu) && Double.isNaN(memory));
    if (any) {
      facts.add(new Fact.HostLoad(host, rx, tx, link, cpu, Double.NaN, memory, Double.NaN));
    }
    if (!Double.isNaN(disk)) {
      facts.add(new Fact.Measured(Metric.DISK_USED_SHARE, host, disk));
    }
    if (!Double.isNaN(inodes)) {
      facts.add(new Fact.Measured(Metric.INODES_USED_SHARE, host, inodes));
    }
    return facts;
  }

  private void line(String line) {
    if (line.startsWith("Filesystem")) {
      inodeTable = line.contains("IUse") || line.contains("Inodes");
      return;
    }
    Matcher df = DF.matcher(line);
    if (df.find() && !NO_DATA.matcher(df.group(1)).matches()) {
      double share = Integer.parseInt(df.group(2)) / 100.0;
      if (inodeTable) {
        inodes = Double.isNaN(inodes) ? share : Math.max(inodes, share);
      } else {
        disk = Double.isNaN(disk) ? share : Math.max(disk, share);
      }
      return;
    }
    Matcher idle = IDLE.matcher(line);
    if (idle.find()) {
      cpu = Math.clamp(1 - number(idle.group(1).replace(',', '.')) / 100, 0.0, 1.0);
      return;
    }
    Matcher free = MEMORY.matcher(line);
    if (free.find()) {
      memory = amount(free.group(2)) / amount(free.group(1));
      return;
    }
    Matcher speed = SPEED.matcher(line);
    if (speed.find()) {
      link = number(speed.group(1)) * 1e6 / 8;
      return;
    }
    nic(line);
  }

  /** The busiest device counts. */
  private void nic(String line) {
    Matcher nic = NIC.matcher(line);
    if (!nic.matches() || !ExporterText.physicalNic(nic.group(1))) {
      return;
    }
    double in = rate(nic.group(2), nic.group(3), nic.group(4));
    double out = rate(nic.group(5), nic.group(6), nic.group(7));
    if (Double.isNaN(rx) || in + out > rx + tx) {
      rx = in;
      tx = out;
    }
  }

  private static double rate(String number, String prefix, String unit) {
    double bytes = number(number) * scale(prefix);
    return unit.equals("b") ? bytes / 8 : bytes;
  }

  /** {@code 62G}, {@code 15.9Gi}, or a bare number. */
  private static double amount(String text) {
    Matcher parts = Pattern.compile("([\\d.]+)([KMGTkmgt]?i?)[Bb]?").matcher(text);
    return parts.matches() ? number(parts.group(1)) * scale(parts.group(2)) : Double.NaN;
  }

  private static double scale(String prefix) {
    double base = prefix.endsWith("i") ? 1024 : 1000;
    String letter = prefix.isEmpty() ? "" : prefix.substring(0, 1).toUpperCase(Locale.ROOT);
    return Math.pow(base, " KMGT".indexOf(letter.isEmpty() ? " " : letter));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notOne) {
      return Double.NaN;
    }
  }
}
