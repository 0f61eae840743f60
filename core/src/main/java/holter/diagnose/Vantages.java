package holter.diagnose;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Other places than ours: what they reach, and what clients there log. */
final class Vantages {
  private static final Set<LogSign> FAILING =
      EnumSet.of(LogSign.NETWORK_EXCEPTION, LogSign.REQUEST_TIMED_OUT, LogSign.NODE_UNREACHABLE);

  /** Fewer failures with one broker are what any move of a leader leaves in a client's log. */
  private static final int OFTEN = 3;

  private Vantages() {}

  /** A place from which brokers fail that are well from here. */
  record Place(String name, Set<Integer> brokers, Observation observation) {}

  /** The one vantage to which several brokers, well from here, are dark, silent or late. */
  static Optional<Place> sick(CaseFile file) {
    var places = new TreeMap<String, Place>();
    for (var seen : file.of(Fact.ReachedFrom.class)) {
      var fact = seen.fact();
      if (EnumSet.of(Reach.SLOW, Reach.SILENT, Reach.DARK).contains(fact.reach())
          && wellFromHere(file, fact.brokerId())) {
        add(places, fact.vantage(), fact.brokerId(), seen.observation());
      }
    }
    return only(places);
  }

  /** The one client that fails with several brokers, all well from here. */
  static Optional<Place> client(CaseFile file) {
    var places = new TreeMap<String, Place>();
    for (var seen : file.of(Fact.Logged.class)) {
      var fact = seen.fact();
      boolean since = file.startedMs(fact.brokerId()) < fact.lastWallMs() - BrokerSigns.SKEW_MS;
      if (FAILING.contains(fact.sign())
          && seen.observation().source() == Source.CLIENT_LOGS
          && since
          && fact.count() >= OFTEN
          && wellFromHere(file, fact.brokerId())) {
        add(places, fact.log(), fact.brokerId(), seen.observation());
      }
    }
    return only(places);
  }

  /** Another place than the sick one, where brokers that fail there answer. */
  static Optional<Seen<Fact.ReachedFrom>> well(CaseFile file, Place sick) {
    return file.of(Fact.ReachedFrom.class).reversed().stream()
        .filter(s -> !s.fact().vantage().equals(sick.name()))
        .filter(s -> s.fact().reach() == Reach.ANSWERED)
        .filter(s -> sick.brokers().contains(s.fact().brokerId()))
        .findFirst();
  }

  private static void add(
      Map<String, Place> places, String name, int broker, Observation observation) {
    places
        .computeIfAbsent(name, n -> new Place(n, new TreeSet<>(), observation))
        .brokers
        .add(broker);
  }

  /** Of a trouble that several places share, none is the reason. */
  private static Optional<Place> only(Map<String, Place> places) {
    var many = places.values().stream().filter(p -> p.brokers().size() >= 2).toList();
    return many.size() == 1 ? Optional.of(many.getFirst()) : Optional.empty();
  }

  private static boolean wellFromHere(CaseFile file, int broker) {
    return broker >= 0
        && file.sickOver(broker).isEmpty()
        && file.reach(broker).filter(s -> s.fact().reach() == Reach.ANSWERED).isPresent();
  }
}
