package holter.server.host;

import holter.diagnose.Fact;
import java.util.List;
import java.util.Map;

/**
 * One reading of a host's counters. What the host does not tell is absent or NaN, never zero.
 *
 * @param atMs engine time when the answer was complete
 * @param hostSeconds the host's own clock at the reading; NaN when not told
 * @param scrapeMs how long the host took to answer
 * @param nics per physical network device: its counters
 * @param cpuIdleSeconds summed over cores, waiting for disks counts as idle
 * @param cpuSeconds summed over cores and modes
 * @param diskSeconds per disk: seconds with I/O in progress
 * @param memoryAvailableShare 0 to 1
 * @param figures what else it counts
 */
record HostReading(
    long atMs,
    double hostSeconds,
    double scrapeMs,
    Map<String, Nic> nics,
    double cpuIdleSeconds,
    double cpuSeconds,
    Map<String, Double> diskSeconds,
    double memoryAvailableShare,
    HostFigures figures) {

  private static final double LATE_MS = 3_000;

  /** Bytes since boot, and the speed of the link in bytes per second or NaN. */
  record Nic(double rxBytes, double txBytes, double linkBytesPerS) {}

  HostReading {
    nics = Map.copyOf(nics);
    diskSeconds = Map.copyOf(diskSeconds);
  }

  /** The load between an earlier reading and this one. */
  Fact.HostLoad since(HostReading before, String host) {
    double seconds = seconds(before);
    String busiest = "";
    double most = -1;
    for (String name : nics.keySet()) {
      double bytes = rx(before, name) + tx(before, name);
      if (bytes > most) {
        most = bytes;
        busiest = name;
      }
    }
    Nic nic = nics.get(busiest);
    double cpu = delta(before.cpuSeconds, cpuSeconds);
    double idle = delta(before.cpuIdleSeconds, cpuIdleSeconds);
    return new Fact.HostLoad(
        host,
        rx(before, busiest) / seconds,
        tx(before, busiest) / seconds,
        nic == null ? Double.NaN : nic.linkBytesPerS(),
        cpu > 0 ? share(1 - idle / cpu) : Double.NaN,
        diskBusyShare(before, seconds),
        memoryAvailableShare,
        scrapeMs);
  }

  /** What else can be said of the time between an earlier reading and this one. */
  List<Fact.Measured> measured(HostReading before, String host) {
    double cpu = delta(before.cpuSeconds, cpuSeconds);
    return figures.since(before.figures, seconds(before), cpu).entrySet().stream()
        .map(each -> new Fact.Measured(each.getKey(), host, each.getValue()))
        .toList();
  }

  /** The host answered so late that it was not calm, and that its measuring was long before. */
  boolean late() {
    return scrapeMs >= LATE_MS;
  }

  /**
   * Engine time when the host measured: by its own clock, which is {@code aheadMs} ahead of engine
   * time, else the middle of the time that the answer was under way.
   *
   * @param aheadMs NaN when not known
   */
  long measuredMs(double aheadMs) {
    double told = hostSeconds * 1000 - aheadMs;
    double measured = Double.isNaN(told) ? atMs - scrapeMs / 2 : told;
    return Math.round(Math.clamp(measured, atMs - Math.max(0, scrapeMs), (double) atMs));
  }

  /** How far the host's clock is ahead of engine time, known to half the scrape's time. */
  double aheadMs() {
    return hostSeconds * 1000 - (atMs - scrapeMs / 2);
  }

  /**
   * The time between two readings: the host's own where it is told and possible, because an answer
   * that was long under way was measured long before it came. Else the longest that it can have
   * been, so that no load is called higher than it was.
   */
  private double seconds(HostReading before) {
    double ours = (atMs - before.atMs) / 1000.0;
    double theirs = hostSeconds - before.hostSeconds;
    double least = ours - scrapeMs / 1000;
    double most = ours + before.scrapeMs / 1000;
    boolean possible = theirs > 0.9 * least - 1 && theirs < 1.1 * most + 1 && theirs > 0;
    return possible ? theirs : before.late() ? most : ours; // NaN compares false
  }

  private double diskBusyShare(HostReading before, double seconds) {
    double busiest = Double.NaN;
    for (var disk : diskSeconds.entrySet()) {
      double earlier = before.diskSeconds.getOrDefault(disk.getKey(), Double.NaN);
      double share = share(delta(earlier, disk.getValue()) / seconds);
      if (!(share <= busiest)) { // also when nothing was known yet
        busiest = share;
      }
    }
    return busiest;
  }

  private double rx(HostReading before, String nic) {
    Nic then = before.nics.get(nic);
    Nic now = nics.get(nic);
    return then == null || now == null ? Double.NaN : delta(then.rxBytes(), now.rxBytes());
  }

  private double tx(HostReading before, String nic) {
    Nic then = before.nics.get(nic);
    Nic now = nics.get(nic);
    return then == null || now == null ? Double.NaN : delta(then.txBytes(), now.txBytes());
  }

  /** What a counter gained; NaN when it went back, as it does when the host restarts. */
  private static double delta(double before, double now) {
    return now >= before ? now - before : Double.NaN;
  }

  private static double share(double value) {
    return Double.isNaN(value) ? Double.NaN : Math.clamp(value, 0.0, 1.0);
  }
}
