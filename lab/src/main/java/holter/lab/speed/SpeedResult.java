package holter.lab.speed;

import java.util.List;

/**
 * What a measurement found.
 *
 * @param lines for people
 * @param broken gates that were not kept, one line each
 */
public record SpeedResult(List<String> lines, List<String> broken) {
  public SpeedResult {
    lines = List.copyOf(lines);
    broken = List.copyOf(broken);
  }

  /** The middle of some figures. */
  static double median(List<Double> figures) {
    return quantile(figures, 0.5);
  }

  /** The smallest figure that this share of all does not exceed. */
  static double quantile(List<Double> figures, double share) {
    List<Double> sorted = figures.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
  }

  /** The machine's size, as figures of speed need it. */
  public static String machine() {
    var runtime = Runtime.getRuntime();
    return "%d processors, heap up to %,d MB, Java %s"
        .formatted(
            runtime.availableProcessors(), runtime.maxMemory() >> 20, Runtime.version().feature());
  }
}
