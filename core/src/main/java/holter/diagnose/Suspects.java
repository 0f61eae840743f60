package holter.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which brokers are to be looked at: the one that the observations point at most, and beside it
 * only who is in trouble of its own. A follower of a sick leader is pointed at too, and is well.
 */
final class Suspects {
  /** Below this nobody is looked at. */
  private static final double SUSPECT_VOTES = 1.5;

  /** Beside a first suspect only who is pointed at as strongly as by its own door. */
  private static final double OWN_VOTES = 3;

  private final CaseFile file;

  Suspects(CaseFile file) {
    this.file = file;
  }

  /** Broker ids, the first suspect first. */
  List<Integer> ranked() {
    var votes = votes();
    var ranked =
        votes.entrySet().stream()
            .filter(e -> e.getValue() >= SUSPECT_VOTES)
            .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    var suspects = new ArrayList<Integer>();
    for (int broker : ranked) {
      if (suspects.isEmpty()
          || (votes.getOrDefault(broker, 0.0) >= OWN_VOTES && inTroubleItself(broker))) {
        suspects.add(broker);
      }
    }
    return List.copyOf(suspects);
  }

  /**
   * Not only blamed: its own door is shut or silent, a path that it leads points at it, or its
   * processor is held back.
   */
  private boolean inTroubleItself(int broker) {
    boolean door =
        file.reaches().stream()
            .filter(s -> s.fact().brokerId() == broker)
            .anyMatch(
                s ->
                    switch (s.fact().reach()) {
                      case REFUSED, SILENT, DARK -> file.serves(broker).isEmpty();
                      case SLOW, CLOSED, ANSWERED, UNRESOLVED -> false;
                    });
    return door
        || Starved.throttled(file, broker)
        || file.sickOver(broker).stream().anyMatch(s -> s.fact().leaderId() == broker);
  }

  private Map<Integer, Double> votes() {
    var votes = new TreeMap<Integer, Double>();
    for (var path : file.sickPaths()) {
      votes.merge(CaseFile.pointsAt(path), 2.0, Double::sum);
    }
    for (int broker : Canaries.slow(file)) {
      votes.merge(broker, 2.0, Double::sum);
    }
    for (var seen : file.reaches()) {
      boolean serves = file.serves(seen.fact().brokerId()).isPresent();
      double weight =
          switch (seen.fact().reach()) {
            case REFUSED, SILENT, DARK, CLOSED -> serves ? 0 : 3;
            case SLOW -> serves ? 0 : 2;
            case ANSWERED, UNRESOLVED -> 0;
          };
      votes.merge(seen.fact().brokerId(), weight, Double::sum);
    }
    for (int broker : file.complaints().brokers()) {
      votes.merge(broker, Math.min(4, file.complaints().pointsAt(broker)) * 1.0, Double::sum);
      file.complaints().wokeUp(broker).ifPresent(o -> votes.merge(broker, 2.0, Double::sum));
    }
    for (var log : file.of(Fact.LogShape.class)) {
      int broker = log.fact().brokerId();
      votes.merge(broker, Slept.paused(file, broker) ? 2.0 : 0, Double::sum);
    }
    for (var seen : file.reaches()) {
      int broker = seen.fact().brokerId();
      votes.merge(broker, Starved.throttled(file, broker) ? OWN_VOTES : 0, Double::sum);
    }
    file.of(Fact.NotRegistered.class)
        .forEach(s -> votes.merge(s.fact().brokerId(), 3.0, Double::sum));
    votes.remove(-1);
    return votes;
  }
}
