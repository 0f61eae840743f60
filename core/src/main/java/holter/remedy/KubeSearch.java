package holter.remedy;

import holter.remedy.Futures.Bounds;
import holter.remedy.Futures.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for the least disruption that takes the critical hosts below a limit: by the number of pods
 * that restart, from none upwards, all plans of that number; of those that reach it in every way
 * they may turn out, the one with the least lasting drift, then with the lowest peak, or nearly,
 * and the fewest landings between equals. Deterministic; bounded by work, not by time.
 */
final class KubeSearch {
  /** No plan evicts more: a bound on how much it may break. */
  static final int EVICTIONS_MOST = 10;

  /** Scores of a node, for all plans of one number of restarts. */
  private static final long WORK_MOST = 2_000_000;

  /** The same for all numbers together. */
  private static final long WORK_IN_ALL = 6_000_000;

  private static final double EPSILON = 1e-9;

  /** So much higher a peak is a fair price for knowing where pods land. */
  private static final double PEAK_SLACK = 0.04;

  private static final double DRIFT_RELAX = 1;
  private static final double DRIFT_UNCORDON = 0.5;

  /**
   * What is changed before pods are evicted.
   *
   * @param open node that is uncordoned; −1: none
   * @param rollouts in order
   */
  record Change(int open, List<Rollout> rollouts) {
    int restarts() {
      return rollouts.stream().mapToInt(Rollout::replicas).sum();
    }

    double drift() {
      return rollouts.size() * DRIFT_RELAX + (open < 0 ? 0 : DRIFT_UNCORDON);
    }

    /** What it leads to; empty when it is not foreseen, or goes beyond the bounds. */
    Optional<Futures> from(Futures start, Bounds bounds) {
      Optional<Futures> now = Optional.of(open < 0 ? start : start.opened(open));
      for (Rollout rollout : rollouts) {
        now = now.flatMap(futures -> futures.rolled(rollout, bounds));
      }
      return now;
    }
  }

  /** A plan that reaches the limit. */
  record Found(Change change, List<Candidate> evicted, Futures end, double peak) {}

  /**
   * @param critical numbers of the critical hosts
   * @param changes cheap ones first; the first of them changes nothing
   * @param candidates that may be evicted, the heaviest first
   */
  record Field(
      Futures start,
      List<Integer> critical,
      List<Change> changes,
      List<Candidate> candidates,
      Bounds bounds) {}

  private final Field field;
  private final double limit;
  private final Set<Long> seen = new HashSet<>();
  private final Set<Integer> gone = new HashSet<>();
  private long work;
  private long workBefore;
  private boolean cut;

  /** The lowest peak for each number of landings between equals; all of the same drift. */
  private final TreeMap<Integer, Found> found = new TreeMap<>();

  KubeSearch(Field field, double limit) {
    this.field = field;
    this.limit = limit;
  }

  /** The best of the smallest; empty when there is none. */
  Optional<Found> run() {
    record Begun(Change change, Futures futures) {}
    var begun = new ArrayList<Begun>();
    for (Change change : field.changes()) {
      change
          .from(field.start(), field.bounds())
          .ifPresent(futures -> begun.add(new Begun(change, futures)));
    }
    begun.sort(Comparator.comparingDouble(each -> each.change().drift()));
    int most = begun.stream().mapToInt(b -> b.change().restarts()).max().orElse(0);
    for (int restarts = 1; restarts <= most + EVICTIONS_MOST && found.isEmpty(); restarts++) {
      workBefore += work;
      work = 0;
      for (Begun each : begun) {
        int evictions = restarts - each.change().restarts();
        if (evictions >= 0 && evictions <= EVICTIONS_MOST) {
          seen.clear();
          deepen(each.change(), each.futures(), evictions, new ArrayList<>());
        }
      }
    }
    return best();
  }

  /** Of those whose peak is about the lowest, the one with the fewest landings between equals. */
  private Optional<Found> best() {
    double lowest = found.values().stream().mapToDouble(Found::peak).min().orElse(0);
    return found.values().stream()
        .filter(each -> each.peak() <= lowest * (1 + PEAK_SLACK) + EPSILON)
        .findFirst();
  }

  /** Whether not everything was looked at. */
  boolean cut() {
    return cut;
  }

  private void deepen(Change change, Futures now, int left, List<Candidate> path) {
    if (hopeless(change)) {
      return;
    }
    if (left == 0) {
      if (peak(now, field.critical()) <= limit + EPSILON) offer(change, now, path);
      return;
    }
    if (needed(change, now) > left) {
      return;
    }
    for (Candidate candidate : field.candidates()) {
      if (!worthTrying(change, now, candidate)) {
        continue;
      }
      if (work > WORK_MOST || workBefore + work > WORK_IN_ALL) {
        cut = true;
        return;
      }
      work += (long) now.all().size() * now.all().getFirst().stand().ground.size;
      Optional<Futures> next = now.evicted(candidate, field.bounds());
      if (next.isPresent() && seen.add(next.get().kind() * 31 + next.get().ties())) {
        gone.add(candidate.id());
        path.add(candidate);
        deepen(change, next.get(), left - 1, path);
        path.removeLast();
        gone.remove(candidate.id());
      }
    }
  }

  /** One that is found already drifts less than any that begins so. */
  private boolean hopeless(Change change) {
    return !found.isEmpty() && change.drift() > drift();
  }

  private double drift() {
    return found.firstEntry().getValue().change().drift();
  }

  private boolean worthTrying(Change change, Futures now, Candidate candidate) {
    return !gone.contains(candidate.id())
        && !rolled(change, candidate)
        && now.worst(stand -> stand.share(candidate.from())) > limit + EPSILON
        && !sameBefore(candidate);
  }

  private static boolean rolled(Change change, Candidate candidate) {
    return change.rollouts().stream()
        .anyMatch(each -> each.workload.key().equals(candidate.pod().owner()));
  }

  /** Of pods that differ in nothing that matters, the first is enough. */
  private boolean sameBefore(Candidate candidate) {
    for (Candidate other : field.candidates()) {
      if (other.id() == candidate.id()) {
        return false;
      }
      if (!gone.contains(other.id())
          && other.from() == candidate.from()
          && other.shape().group == candidate.shape().group
          && other.pod().bytesPerS() == candidate.pod().bytesPerS()) {
        return true;
      }
    }
    return false;
  }

  /** At least so many evictions are still needed: the heaviest of each crowded host. */
  private int needed(Change change, Futures now) {
    int needed = 0;
    for (int host : field.critical()) {
      double nic = now.all().getFirst().stand().ground.nodes.get(host).room().nicBytesPerS();
      double over = now.worst(stand -> stand.network[host]) - (limit + EPSILON) * nic;
      for (Candidate candidate : field.candidates()) {
        if (over <= 0) {
          break;
        }
        boolean usable = !gone.contains(candidate.id()) && !rolled(change, candidate);
        if (usable && candidate.from() == host) {
          over -= candidate.pod().bytesPerS();
          needed++;
        }
      }
      if (over > 0) {
        return Integer.MAX_VALUE;
      }
    }
    return needed;
  }

  private void offer(Change change, Futures end, List<Candidate> path) {
    var ground = end.all().getFirst().stand().ground;
    var known = new ArrayList<Integer>();
    for (int n = 0; n < ground.size; n++) {
      if (Double.isFinite(ground.nodes.get(n).room().nicShare())) known.add(n);
    }
    var one = new Found(change, List.copyOf(path), end, peak(end, known));
    if (!found.isEmpty() && change.drift() < drift()) {
      found.clear();
    }
    found.merge(end.ties(), one, (old, other) -> old.peak() <= other.peak() ? old : other);
  }

  /** The fullest of these hosts in the worst of all ways. */
  static double peak(Futures futures, List<Integer> hosts) {
    return futures.worst(stand -> hosts.stream().mapToDouble(stand::share).max().orElse(0));
  }
}
