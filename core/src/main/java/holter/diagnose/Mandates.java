package holter.diagnose;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who leads by whose word: leaders that were replaced and do not know it. */
final class Mandates {
  private Mandates() {}

  /** Brokers that were refused, cut back, or that alone hold themselves for a leader. */
  static List<Subject> doubtful(CaseFile file) {
    var brokers = new TreeSet<Integer>();
    for (var seen : file.of(Fact.Logged.class)) {
      boolean sign =
          seen.fact().sign() == LogSign.STALE_LEADER || seen.fact().sign() == LogSign.TRUNCATED;
      if (sign && seen.fact().brokerId() >= 0) {
        brokers.add(seen.fact().brokerId());
      }
    }
    for (var seen : file.of(Fact.Metadata.class)) {
      brokers.addAll(claimed(file, seen).keySet());
    }
    return brokers.stream()
        .map(b -> Subject.broker(b, file.hostOf(b)).on(partitions(file, b)))
        .toList();
  }

  /** It says of itself that it leads, its peers say another does. */
  static void twoLeaders(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    for (var seen : file.of(Fact.Metadata.class)) {
      var claims = claimed(file, seen);
      if (claims.containsKey(broker)) {
        argument.decides(
            3,
            seen.observation(),
            CauseWords.TWO_LEADERS,
            broker,
            claims.get(broker)[0],
            claims.get(broker)[1]);
        return;
      }
    }
  }

  /** {partition, leader by the others} by the broker that claims it, of one broker's own map. */
  private static Map<Integer, int[]> claimed(CaseFile file, Seen<Fact.Metadata> own) {
    var claims = new TreeMap<Integer, int[]>();
    var map = own.fact().map();
    for (var other : file.of(Fact.Metadata.class)) {
      boolean same = other.fact().map().via().equals(map.via());
      if (same || !other.fact().map().topic().equals(map.topic())) {
        continue;
      }
      for (var p : map.partitions()) {
        boolean itself = map.via().equals("kafka:" + p.leaderId());
        other
            .fact()
            .map()
            .partition(p.partition())
            .filter(o -> itself && o.leaderId() >= 0 && o.leaderId() != p.leaderId())
            .ifPresent(o -> claims.put(p.leaderId(), new int[] {p.partition(), o.leaderId()}));
      }
    }
    return claims;
  }

  /**
   * It cut its log back to another leader's. After a start of its own that is ordinary; without one
   * it had gone on taking records that were then destroyed. The sign is of cuts longer than
   * nothing.
   */
  static void truncatedAlive(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    var cut = Signs.sighting(file, subject, LogSign.TRUNCATED);
    if (cut.isEmpty()) {
      return;
    }
    if (file.startedMs(broker) < 0 && file.log(broker).isPresent()) {
      argument.tells(1.4, cut.get().observation(), CauseWords.TRUNCATED_ALIVE, broker);
    } else {
      Signs.said(argument, Signs.Says.FITS, 0.5, cut.get());
    }
  }

  private static List<Integer> partitions(CaseFile file, int broker) {
    var partitions = new TreeSet<Integer>();
    for (var seen : file.of(Fact.Logged.class)) {
      boolean cut = seen.fact().sign() == LogSign.TRUNCATED && seen.fact().brokerId() == broker;
      if (cut) {
        Signs.partition(seen.fact().about()).ifPresent(partitions::add);
      }
    }
    return List.copyOf(partitions);
  }
}
