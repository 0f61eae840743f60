package holter.diagnose;

import holter.diagnose.Entry.Rule;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Records written to Holter's own topic: what one leader, and what all its replicas, took. */
final class Canaries {
  /** Above this a record is late, in ms; a well broker takes a few. */
  static final double LATE_MS = 1_500;

  static final double SLOW_MS = 500;
  static final int ALL = -1;
  static final int LEADER = 1;

  private Canaries() {}

  /** The latest to a leader with these acks. */
  static Optional<Seen<Fact.CanarySent>> to(CaseFile file, int leader, int acks) {
    return file.of(Fact.CanarySent.class).reversed().stream()
        .filter(s -> s.fact().leaderId() == leader && s.fact().acks() == acks)
        .findFirst();
  }

  static boolean inTime(Fact.CanarySent sent) {
    return sent.code().isEmpty() && sent.ms() >= 0 && sent.ms() < LATE_MS;
  }

  /** Late, or never; a refusal by code is neither. */
  static boolean late(Fact.CanarySent sent) {
    boolean timedOut = sent.code().isEmpty() || sent.code().contains("TIME");
    return timedOut && !inTime(sent);
  }

  /** Leaders that take a record late, or far later than the others do. */
  static List<Integer> slow(CaseFile file) {
    var latest = new TreeMap<Integer, Fact.CanarySent>();
    for (var seen : file.of(Fact.CanarySent.class)) {
      if (seen.fact().acks() == LEADER) {
        latest.put(seen.fact().leaderId(), seen.fact());
      }
    }
    double[] times =
        latest.values().stream()
            .filter(Canaries::inTime)
            .mapToDouble(c -> c.ms())
            .sorted()
            .toArray();
    double median = times.length == 0 ? Double.NaN : times[(times.length - 1) / 2];
    return latest.values().stream()
        .filter(c -> late(c) || (c.ms() >= SLOW_MS && c.ms() >= Hosts.TIMES_PEERS * median))
        .map(Fact.CanarySent::leaderId)
        .toList();
  }

  /** A record that a slow leader was sent, where no path over it is watched. */
  static void cite(Argument argument, CaseFile file, int broker, double weight) {
    if (slow(file).contains(broker)) {
      to(file, broker, LEADER)
          .ifPresent(
              s -> {
                boolean never = s.fact().ms() < 0;
                argument.fits(
                    weight,
                    s.observation(),
                    never ? CauseWords.CANARY_NEVER : CauseWords.CANARY_LATE,
                    broker,
                    (long) (never ? LATE_MS : s.fact().ms()));
              });
    }
  }

  /** A record is late at a broker that answers a small request at once. */
  static Rule slowBesideFastDoor(double weight) {
    return (argument, file, subject) -> {
      boolean fast =
          file.reach(subject.brokerId())
              .filter(s -> s.fact().reach() == Reach.ANSWERED)
              .isPresent();
      to(file, subject.brokerId(), LEADER)
          .filter(s -> fast && slow(file).contains(subject.brokerId()))
          .ifPresent(
              s -> {
                boolean never = s.fact().ms() < 0;
                argument.tells(
                    weight,
                    s.observation(),
                    never ? CauseWords.CANARY_NEVER : CauseWords.CANARY_LATE,
                    subject.brokerId(),
                    (long) (never ? LATE_MS : s.fact().ms()));
              });
    };
  }
}
