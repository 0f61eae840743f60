package holter.lab.bench.remedy;

import holter.lab.bench.remedy.RemedyCase.Door;
import java.util.Comparator;
import java.util.List;

/** What no plan gets below, even if it could place every pod where it likes. */
final class Bound {
  private Bound() {}

  /**
   * The lowest peak that so many restarts could lead to: the critical host without its heaviest
   * pods, and no less than all load spread evenly.
   */
  static double peak(RemedyCase given, int restarts) {
    List<Double> onHost =
        given.works().stream()
            .filter(work -> work.on().equals(given.critical()))
            .flatMap(work -> work.bytes().stream())
            .sorted(Comparator.reverseOrder())
            .toList();
    double left = onHost.stream().skip(restarts).mapToDouble(b -> b).sum();
    double all = given.works().stream().flatMap(w -> w.bytes().stream()).mapToDouble(b -> b).sum();
    long usable = given.nodes().stream().filter(node -> node.door() != Door.ILL).count();
    return Math.max(left, all / usable) / RemedyCase.NIC;
  }
}
