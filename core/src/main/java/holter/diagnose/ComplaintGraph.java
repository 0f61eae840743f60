package holter.diagnose;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who complains about whom in the brokers' logs. The requesters of a broker hold the best evidence
 * of its health, and a sick broker's own log is blind, so accusers are counted, not lines.
 *
 * <p>Two readings turn an edge around: one leader that ejects many followers is itself the common
 * end; and one broker that complains about all others within a second or two has just woken from a
 * pause, its targets are innocent.
 */
final class ComplaintGraph {
  /** A burst of a woken broker lasts no longer than this. */
  static final long BURST_MS = 2_500;

  private static final int BURST_TARGETS = 2;
  private static final int EJECTED_MANY = 2;
  private static final long AT_ONCE_MS = 60_000;

  private static final Set<ComplaintKind> ACCUSING =
      EnumSet.of(ComplaintKind.NO_ANSWER, ComplaintKind.REFUSED, ComplaintKind.CONNECT_TIMEOUT);

  private final List<Seen<Fact.Complaint>> accusations = new ArrayList<>();
  private final List<Seen<Fact.Complaint>> fencings = new ArrayList<>();
  private final Map<Integer, List<Seen<Fact.Complaint>>> ejections = new TreeMap<>();
  private final Map<Integer, List<Seen<Fact.Complaint>>> wakeUps = new TreeMap<>();

  /** Whom each broker accuses or ejects. */
  private final Map<Integer, Set<Integer>> said = new TreeMap<>();

  ComplaintGraph(List<Seen<Fact.Complaint>> complaints) {
    Map<Integer, List<Seen<Fact.Complaint>>> byComplainer = new TreeMap<>();
    for (var seen : complaints) {
      var kind = seen.fact().kind();
      if (kind == ComplaintKind.ISR_EJECTED) {
        ejections.computeIfAbsent(seen.fact().complainer(), b -> new ArrayList<>()).add(seen);
      } else if (kind == ComplaintKind.FENCED) {
        fencings.add(seen);
      } else {
        byComplainer.computeIfAbsent(seen.fact().complainer(), b -> new ArrayList<>()).add(seen);
      }
    }
    for (var one : byComplainer.entrySet()) {
      if (burst(one.getValue(), byComplainer.size())) {
        wakeUps.put(one.getKey(), one.getValue());
      } else {
        accusations.addAll(one.getValue());
      }
    }
    accusations.forEach(this::note);
    ejections.values().forEach(all -> all.forEach(this::note));
  }

  private void note(Seen<Fact.Complaint> seen) {
    said.computeIfAbsent(seen.fact().complainer(), b -> new TreeSet<>()).add(seen.fact().target());
  }

  /** One about all others at once, while hardly anyone else complains. */
  private static boolean burst(List<Seen<Fact.Complaint>> said, int complainers) {
    var targets = new HashSet<Integer>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (var seen : said) {
      targets.add(seen.fact().target());
      first = Math.min(first, seen.fact().firstWallMs());
      last = Math.max(last, seen.fact().lastWallMs());
    }
    boolean many = targets.size() > BURST_TARGETS;
    boolean all = targets.size() == BURST_TARGETS && complainers <= 2;
    return (many || all) && last - first <= BURST_MS;
  }

  /** Distinct brokers that accuse the target, in any way that a requester can. */
  Set<Integer> accusers(int target) {
    return accusers(target, ACCUSING);
  }

  Set<Integer> accusers(int target, Set<ComplaintKind> kinds) {
    var accusers = new TreeSet<Integer>();
    for (var seen : accusations) {
      if (seen.fact().target() == target && kinds.contains(seen.fact().kind())) {
        accusers.add(seen.fact().complainer());
      }
    }
    return accusers;
  }

  /** One of the complaints against the target, of these kinds; the latest. */
  java.util.Optional<Observation> sample(int target, Set<ComplaintKind> kinds) {
    return accusations.stream()
        .filter(s -> s.fact().target() == target && kinds.contains(s.fact().kind()))
        .max(java.util.Comparator.comparingLong(s -> s.fact().lastWallMs()))
        .map(Seen::observation);
  }

  /** The controller's fencing of a broker. */
  java.util.Optional<Observation> fenced(int target) {
    return fencings.stream()
        .filter(s -> s.fact().target() == target)
        .map(Seen::observation)
        .findFirst();
  }

  /** Followers that this leader ejected. */
  Set<Integer> ejectedBy(int leader) {
    var followers = new TreeSet<Integer>();
    ejections.getOrDefault(leader, List.of()).forEach(s -> followers.add(s.fact().target()));
    return followers;
  }

  /** Leaders that ejected this follower. */
  Set<Integer> ejectorsOf(int follower) {
    var leaders = new TreeSet<Integer>();
    ejections.forEach(
        (leader, said) -> {
          if (said.stream().anyMatch(s -> s.fact().target() == follower)) {
            leaders.add(leader);
          }
        });
    return leaders;
  }

  /** The leader ejected so many that the common end is itself. */
  java.util.Optional<Observation> ejectsMany(int leader) {
    return ejectedAtOnce(leader) >= EJECTED_MANY
        ? java.util.Optional.of(ejections.getOrDefault(leader, List.of()).getLast().observation())
        : java.util.Optional.empty();
  }

  /** The most followers ejected in one minute: one after the other they went for their own sake. */
  private int ejectedAtOnce(int leader) {
    var said = ejections.getOrDefault(leader, List.of());
    int most = 0;
    for (var one : said) {
      long from = one.fact().firstWallMs();
      most =
          Math.max(
              most,
              (int)
                  said.stream()
                      .filter(s -> s.fact().lastWallMs() >= from)
                      .filter(s -> s.fact().firstWallMs() <= from + AT_ONCE_MS)
                      .map(s -> s.fact().target())
                      .distinct()
                      .count());
    }
    return most;
  }

  /** Whether the log of one broker complains about another, in whichever way. */
  boolean against(int complainer, int target) {
    return said.getOrDefault(complainer, Set.of()).contains(target);
  }

  /** What the log of one broker says against another; the latest. */
  java.util.Optional<Observation> saidBy(int complainer, int target) {
    return java.util.stream.Stream.concat(
            accusations.stream(), ejections.getOrDefault(complainer, List.of()).stream())
        .filter(s -> s.fact().complainer() == complainer && s.fact().target() == target)
        .max(java.util.Comparator.comparingLong(s -> s.fact().lastWallMs()))
        .map(Seen::observation);
  }

  /** The burst of a broker that had just woken up. */
  java.util.Optional<Observation> wokeUp(int broker) {
    var said = wakeUps.get(broker);
    return said == null
        ? java.util.Optional.empty()
        : java.util.Optional.of(said.getLast().observation());
  }

  int targetsOfBurst(int broker) {
    return (int)
        wakeUps.getOrDefault(broker, List.of()).stream()
            .map(s -> s.fact().target())
            .distinct()
            .count();
  }

  /**
   * How much the logs point at a broker: distinct accusers, those that ejected it, and itself when
   * it ejects many.
   */
  int pointsAt(int broker) {
    var against = new TreeSet<>(accusers(broker));
    var leaders = ejectorsOf(broker);
    leaders.removeIf(leader -> ejectsMany(leader).isPresent());
    against.addAll(leaders);
    return against.size() + (ejectsMany(broker).isPresent() ? 2 : 0);
  }

  /** Every broker that is named as complainer or target. */
  Set<Integer> brokers() {
    var brokers = new TreeSet<Integer>();
    accusations.forEach(
        s -> {
          brokers.add(s.fact().complainer());
          brokers.add(s.fact().target());
        });
    ejections.forEach(
        (leader, said) -> {
          brokers.add(leader);
          said.forEach(s -> brokers.add(s.fact().target()));
        });
    fencings.forEach(s -> brokers.add(s.fact().target()));
    return brokers;
  }

  boolean accusesAnyone() {
    return !accusations.isEmpty();
  }
}
