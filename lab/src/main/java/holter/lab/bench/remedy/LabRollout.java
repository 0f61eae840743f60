package holter.lab.bench.remedy;

import holter.lab.bench.remedy.RemedyCase.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A Deployment rolled out without its selector, as the simulator's controllers do it: one surge, a
 * quarter away, and old pods that take any time to go.
 */
final class LabRollout {
  private final LabScheduler scheduler;
  private final Work work;
  private final int kind;
  private final int away;

  /**
   * @param kind of the old pods, which all stand on the first node
   */
  LabRollout(LabScheduler scheduler, Work work, int kind) {
    this.scheduler = scheduler;
    this.work = work;
    this.kind = kind;
    this.away = work.replicas() / 4;
  }

  /** All ways that it may end; none when a new pod may find no place. */
  List<Lot> ends(Lot before, int open) {
    List<Lot> lots = List.of(before.fresh());
    for (int fresh = 0; fresh < work.replicas() && !lots.isEmpty(); fresh++) {
      lots = placed(lots, open, Math.max(0, work.replicas() - away - fresh));
    }
    return Optimum.distinct(lots.stream().map(lot -> old(lot, 0)).toList()).stream()
        .map(this::loaded)
        .toList();
  }

  private int old(Lot lot) {
    return lot.counts().get(kind * scheduler.nodes);
  }

  private Lot old(Lot lot, int left) {
    return lot.count(kind * scheduler.nodes, left - old(lot));
  }

  /**
   * One more new pod, whichever of the old are gone by then.
   *
   * @param leastOld with one less, one of the new would have been ready before it was there
   */
  private List<Lot> placed(List<Lot> lots, int open, int leastOld) {
    var next = new ArrayList<Lot>();
    int free = scheduler.works + kind;
    for (Lot lot : lots) {
      for (int left = old(lot); left >= leastOld; left--) {
        Lot at = old(lot, left);
        List<Integer> to =
            scheduler.best(open, free, Lot.ints(at.counts()), Lot.ints(at.leaving()));
        if (to.isEmpty() && left == leastOld) {
          return List.of();
        }
        for (int node : to) {
          next.add(at.count(free * scheduler.nodes + node, 1).land(node));
        }
      }
    }
    return Optimum.distinct(next);
  }

  /** Each node gets the heaviest of the loads, for nobody knows which it gets. */
  private Lot loaded(Lot lot) {
    List<Double> heaviest = work.bytes().stream().sorted(Comparator.reverseOrder()).toList();
    Lot loaded = lot.load(0, -work.bytes().stream().mapToDouble(b -> b).sum());
    for (int n = 0; n < scheduler.nodes; n++) {
      for (int i = 0; i < lot.landed().get(n); i++) {
        loaded = loaded.load(n, heaviest.get(i));
      }
    }
    return loaded;
  }
}
