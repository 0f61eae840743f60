package holter.server.host;

import holter.diagnose.Metric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a host counts beside its network and processors. What it does not tell is absent.
 *
 * @param counts since boot
 * @param disks per whole disk, its requests since boot
 * @param spaces its real file systems
 * @param groups periods of the control groups that its brokers run in, by path
 * @param load1 runnable processes, a mean over a minute; NaN when not told
 * @param processors 0 when not told
 */
record HostFigures(
    Map<Count, Double> counts,
    Map<String, Disk> disks,
    List<Space> spaces,
    Map<String, Group> groups,
    double load1,
    int processors) {

  static final HostFigures NONE =
      new HostFigures(Map.of(), Map.of(), List.of(), Map.of(), Double.NaN, 0);

  /** Fewer segments than this say nothing about a network. */
  private static final double SEGMENTS_MIN = 100;

  /** The mean wait of fewer requests than this is chance. */
  private static final double REQUESTS_MIN = 10;

  /** What only grows. */
  enum Count {
    /** Seconds in which something waited for a processor; the kernel's pressure, line "some". */
    CPU_STALLED_S,
    IO_STALLED_S,
    MEMORY_STALLED_S,
    /** Seconds of all processors that other machines took. */
    STEAL_S,
    MAJOR_FAULTS,
    /** Pages in and out. */
    SWAPPED,
    SEGMENTS_SENT,
    SEGMENTS_SENT_AGAIN
  }

  /** Requests of a disk that are done, the seconds they waited in sum, and what they read. */
  record Disk(double requests, double waitedSeconds, double readBytes) {}

  /**
   * A file system, as {@code df} tells it.
   *
   * @param usedShare of what users may use; NaN when not told
   * @param inodesUsedShare NaN when not told
   */
  record Space(double usedShare, double inodesUsedShare) {
    static Space of(double size, double free, double available, double files, double filesFree) {
      double used = size - free;
      return new Space(used / (used + available), files > 0 ? 1 - filesFree / files : Double.NaN);
    }
  }

  /** Periods of a control group with a limit, and those in which it was held back. */
  record Group(double periods, double throttled) {}

  HostFigures {
    counts = Map.copyOf(counts);
    disks = Map.copyOf(disks);
    spaces = List.copyOf(spaces);
    groups = Map.copyOf(groups);
  }

  /**
   * What can be said of the time between an earlier reading and this one; nothing is NaN.
   *
   * @param seconds between them
   * @param cpuSeconds of all processors between them; NaN when not known
   */
  Map<Metric, Double> since(HostFigures before, double seconds, double cpuSeconds) {
    var figures = new EnumMap<Metric, Double>(Metric.class);
    put(figures, Metric.CPU_STALLED_SHARE, share(gain(before, Count.CPU_STALLED_S) / seconds));
    put(figures, Metric.IO_STALLED_SHARE, share(gain(before, Count.IO_STALLED_S) / seconds));
    double memory = gain(before, Count.MEMORY_STALLED_S);
    put(figures, Metric.MEMORY_STALLED_SHARE, share(memory / seconds));
    put(figures, Metric.CPU_STEAL_SHARE, share(gain(before, Count.STEAL_S) / cpuSeconds));
    put(figures, Metric.MAJOR_FAULTS_PER_S, gain(before, Count.MAJOR_FAULTS) / seconds);
    put(figures, Metric.SWAP_PER_S, gain(before, Count.SWAPPED) / seconds);
    double sent = gain(before, Count.SEGMENTS_SENT);
    if (sent >= SEGMENTS_MIN) {
      double again = gain(before, Count.SEGMENTS_SENT_AGAIN);
      put(figures, Metric.RETRANSMITTED_SHARE, share(again / sent));
    }
    put(figures, Metric.LOAD_PER_CPU, processors == 0 ? Double.NaN : load1 / processors);
    put(figures, Metric.CPU_THROTTLED_SHARE, throttled(before));
    put(figures, Metric.DISK_USED_SHARE, fullest(spaces.stream().map(Space::usedShare).toList()));
    put(
        figures,
        Metric.INODES_USED_SHARE,
        fullest(spaces.stream().map(Space::inodesUsedShare).toList()));
    disk(before, seconds, figures);
    return figures;
  }

  /** The disk on which requests waited longest in sum speaks for the host. */
  private void disk(HostFigures before, double seconds, Map<Metric, Double> figures) {
    double waitedMost = -1;
    double awaitMs = Double.NaN;
    double read = Double.NaN;
    for (var each : disks.entrySet()) {
      Disk then = before.disks.get(each.getKey());
      Disk now = each.getValue();
      if (then == null) {
        continue;
      }
      double bytes = gain(then.readBytes, now.readBytes);
      read = Double.isNaN(read) ? bytes : Double.isNaN(bytes) ? read : read + bytes;
      double waited = gain(then.waitedSeconds, now.waitedSeconds);
      double requests = gain(then.requests, now.requests);
      if (waited > waitedMost && requests >= REQUESTS_MIN) {
        waitedMost = waited;
        awaitMs = 1000 * waited / requests;
      }
    }
    put(figures, Metric.DISK_AWAIT_MS, awaitMs);
    put(figures, Metric.DISK_READ_BYTES_PER_S, read / seconds);
  }

  /** Of the group that was held back most; NaN when none has a limit, or none ran. */
  private double throttled(HostFigures before) {
    double most = Double.NaN;
    for (var each : groups.entrySet()) {
      Group then = before.groups.get(each.getKey());
      double periods = then == null ? Double.NaN : gain(then.periods, each.getValue().periods);
      if (periods > 0 && then != null) {
        double share = share(gain(then.throttled, each.getValue().throttled) / periods);
        most = Double.isNaN(most) ? share : Math.max(most, share);
      }
    }
    return most;
  }

  /** Which one holds the brokers' data is not known: what all have is said of the fullest. */
  private static double fullest(List<Double> shares) {
    return shares.stream()
        .mapToDouble(Double::doubleValue)
        .filter(share -> !Double.isNaN(share))
        .max()
        .orElse(Double.NaN);
  }

  private double gain(HostFigures before, Count count) {
    return gain(
        before.counts.getOrDefault(count, Double.NaN), counts.getOrDefault(count, Double.NaN));
  }

  /** NaN when it went back, as it does when the host restarts. */
  private static double gain(double before, double now) {
    return now >= before ? now - before : Double.NaN;
  }

  private static double share(double value) {
    return Double.isNaN(value) ? Double.NaN : Math.clamp(value, 0.0, 1.0);
  }

  private static void put(Map<Metric, Double> figures, Metric metric, double value) {
    if (Double.isFinite(value)) {
      figures.put(metric, value);
    }
  }
}
