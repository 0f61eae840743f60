package holter.lab.bench.remedy;

import holter.lab.bench.remedy.RemedyCase.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A Deployment rolled out without its selector, as the simulator's controllers do it: one surge, a
 * quarter away, containers slower than controllers.
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
    int old = work.replicas();
    int fresh = 0;
    int unready = 0;
    while (old > 0 || fresh < work.replicas()) {
      if (fresh < work.replicas() && old + fresh < work.replicas() + 1) {
        lots = placed(lots, open);
        fresh++;
        unready++;
      } else if (old > 0 && old + fresh - unready > work.replicas() - away) {
        lots = lots.stream().map(lot -> lot.leaves(kind * scheduler.nodes)).toList();
        old--;
      } else {
        lots = lots.stream().map(Lot::gone).toList();
        unready = 0;
      }
      if (lots.isEmpty()) return lots;
    }
    return lots.stream().map(Lot::gone).map(this::loaded).toList();
  }

  private List<Lot> placed(List<Lot> lots, int open) {
    var next = new ArrayList<Lot>();
    int free = scheduler.works + kind;
    for (Lot lot : lots) {
      Lot at = lot;
      List<Integer> to = scheduler.best(open, free, Lot.ints(at.counts()), Lot.ints(at.leaving()));
      if (to.isEmpty()) {
        at = lot.gone();
        to = scheduler.best(open, free, Lot.ints(at.counts()), Lot.ints(at.leaving()));
      }
      if (to.isEmpty()) {
        return List.of();
      }
      for (int node : to) {
        next.add(at.count(free * scheduler.nodes + node, 1).land(node));
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
