package holter.lab.bench.remedy;

import holter.lab.bench.remedy.RemedyCase.Door;
import holter.lab.bench.remedy.RemedyCase.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The best plan there is for a case, looked for exhaustively with the simulator's own scheduler:
 * the fewest restarts that take the critical host to the limit whichever of equal nodes is taken,
 * with no node brought above it; of these the least drift, then the lowest peak of all nodes.
 */
final class Optimum {
  private static final double EPSILON = 1e-9;
  private static final int LOTS_MOST = 64;

  /** Evictions that are tried in all, for one case. */
  private static final int TRIED_MOST = 400_000;

  /** A plan. */
  record Best(int restarts, double drift, double peak) {
    static final Comparator<Best> ORDER =
        Comparator.comparingInt(Best::restarts)
            .thenComparingDouble(Best::drift)
            .thenComparingDouble(Best::peak);
  }

  /** A pod that may be evicted. */
  private record Loose(int work, double bytes) {}

  private final RemedyCase given;
  private final LabScheduler scheduler;
  private final List<Double> limits = new ArrayList<>();
  private final List<Loose> loose = new ArrayList<>();
  private final Lot start;
  private final Set<Integer> gone = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private int tried;
  private Optional<Best> best = Optional.empty();

  Optimum(RemedyCluster cluster) {
    given = cluster.given();
    scheduler = new LabScheduler(cluster);
    var lot =
        new Lot(
            Lot.zeros(2 * scheduler.works * scheduler.nodes),
            Lot.zeros(2 * scheduler.works * scheduler.nodes),
            java.util.Collections.nCopies(scheduler.nodes, 0.0),
            Lot.zeros(scheduler.nodes));
    for (int w = 0; w < scheduler.works; w++) {
      Work work = given.works().get(w);
      int on = on(work);
      for (double bytes : work.bytes()) {
        lot = lot.count(w * scheduler.nodes + on, 1).load(on, bytes);
        if (on == 0 && !work.pinned() && work.replicas() > 1 && !work.budgetForbids()) {
          loose.add(new Loose(w, bytes));
        }
      }
    }
    loose.sort(Comparator.comparingDouble(Loose::bytes).reversed());
    start = lot;
    lot.loads().forEach(load -> limits.add(Math.max(RemedyCase.LIMIT, load / RemedyCase.NIC)));
  }

  private int on(Work work) {
    return given.nodes().stream().map(RemedyCase.Node::name).toList().indexOf(work.on());
  }

  /**
   * The best of all that restart no more pods than that; empty when there is none.
   *
   * @param evictionsMost of one plan
   */
  Optional<Best> find(int restartsMost, int evictionsMost) {
    List<Change> changes = changes();
    for (int restarts = 1; restarts <= restartsMost && best.isEmpty(); restarts++) {
      for (Change change : changes) {
        int left = restarts - change.restarts();
        if (left >= 0 && left <= evictionsMost) {
          seen.clear();
          evict(change, change.lots(), left);
        }
      }
    }
    return best;
  }

  /** Whether everything was tried. */
  boolean proved() {
    return tried <= TRIED_MOST;
  }

  /** What comes before evictions, and what it leads to. */
  private record Change(int open, List<Integer> relaxed, int restarts, List<Lot> lots) {
    double drift() {
      return relaxed.size() + (open < 0 ? 0 : 0.5);
    }
  }

  private List<Change> changes() {
    var relaxable = new ArrayList<Integer>();
    for (int w = 0; w < scheduler.works; w++) {
      Work work = given.works().get(w);
      boolean budget = work.replicas() / 4 > 0 && work.budgetForbids();
      if (work.pinned() && !work.managed() && on(work) == 0 && !budget) relaxable.add(w);
    }
    var orders = new ArrayList<List<Integer>>();
    orders.add(List.of());
    relaxable.forEach(one -> orders.add(List.of(one)));
    relaxable.forEach(
        one ->
            relaxable.forEach(
                two -> {
                  if (!one.equals(two)) orders.add(List.of(one, two));
                }));
    var changes = new ArrayList<Change>();
    for (int open = -1; open < scheduler.nodes; open++) {
      if (open >= 0 && given.nodes().get(open).door() != Door.RECOVERED) {
        continue;
      }
      for (List<Integer> order : orders) {
        changed(open, order).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private Optional<Change> changed(int open, List<Integer> order) {
    List<Lot> lots = List.of(start);
    int restarts = 0;
    for (int work : order) {
      restarts += given.works().get(work).replicas();
      var rolled = new ArrayList<Lot>();
      for (Lot lot : lots) {
        List<Lot> ends = new LabRollout(scheduler, given.works().get(work), work).ends(lot, open);
        if (ends.isEmpty()) return Optional.empty();
        rolled.addAll(ends);
      }
      lots = distinct(rolled);
      if (lots.size() > LOTS_MOST || lots.stream().anyMatch(lot -> !within(lot))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Change(open, order, restarts, lots));
  }

  private boolean within(Lot lot) {
    for (int n = 1; n < scheduler.nodes; n++) {
      if (lot.loads().get(n) / RemedyCase.NIC > limits.get(n) + EPSILON) return false;
    }
    return true;
  }

  static List<Lot> distinct(List<Lot> lots) {
    Map<String, Lot> each = new LinkedHashMap<>();
    lots.forEach(lot -> each.putIfAbsent(lot.key(), lot));
    return List.copyOf(each.values());
  }

  private static double critical(List<Lot> lots) {
    return lots.stream().mapToDouble(lot -> lot.loads().getFirst()).max().orElse(0);
  }

  private void evict(Change change, List<Lot> lots, int left) {
    double over = critical(lots) - (RemedyCase.LIMIT + EPSILON) * RemedyCase.NIC;
    if (left == 0) {
      if (over <= 0) offer(change, lots);
      return;
    }
    if (over <= 0 || heaviest(left) < over) {
      return;
    }
    for (int i = 0; i < loose.size(); i++) {
      if (gone.contains(i) || ++tried > TRIED_MOST) {
        continue;
      }
      List<Lot> next = moved(change, lots, loose.get(i));
      if (!next.isEmpty() && seen.add(state(next, i))) {
        gone.add(i);
        evict(change, next, left - 1);
        gone.remove(i);
      }
    }
  }

  private String state(List<Lot> lots, int last) {
    var all = new java.util.TreeSet<>(gone);
    all.add(last);
    return all + lots.stream().map(Lot::key).sorted().toList().toString();
  }

  private double heaviest(int many) {
    double sum = 0;
    for (int i = 0; i < loose.size() && many > 0; i++) {
      if (!gone.contains(i)) {
        sum += loose.get(i).bytes();
        many--;
      }
    }
    return sum;
  }

  /** Empty when it may come back, find no place, or crowd a node. */
  private List<Lot> moved(Change change, List<Lot> lots, Loose pod) {
    var next = new ArrayList<Lot>();
    int from = pod.work() * scheduler.nodes;
    for (Lot lot : lots) {
      Lot left = lot.leaves(from);
      List<Integer> to =
          scheduler.best(
              change.open(), pod.work(), Lot.ints(left.counts()), Lot.ints(left.leaving()));
      if (to.isEmpty() || to.contains(0)) {
        return List.of();
      }
      for (int node : to) {
        Lot landed =
            left.gone().count(from + node, 1).load(0, -pod.bytes()).load(node, pod.bytes());
        if (!within(landed)) return List.of();
        next.add(landed);
      }
    }
    List<Lot> each = distinct(next);
    return each.size() > LOTS_MOST ? List.of() : each;
  }

  private void offer(Change change, List<Lot> lots) {
    int restarts = change.restarts() + gone.size();
    double peak = lots.stream().mapToDouble(Lot::peak).max().orElse(0);
    var found = new Best(restarts, change.drift(), peak);
    if (best.isEmpty() || Best.ORDER.compare(found, best.get()) < 0) {
      best = Optional.of(found);
    }
  }
}
