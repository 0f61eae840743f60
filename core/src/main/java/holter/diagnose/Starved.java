package holter.diagnose;

import holter.channel.PathState;
import holter.channel.Sickness;

/**
 * Rules about a broker that gets too little of a processor: throttled, and late with everything.
 */
final class Starved {
  /** Of the periods in which it ran: above this a limit holds it back again and again. */
  static final double THROTTLED_SHARE = 0.3;

  /** Above this it is held back nearly always. */
  static final double ALWAYS_SHARE = 0.8;

  /** Times its peers' time for a small request; twice may be chance, so it never stands alone. */
  private static final double TIMES = 2;

  /** A small request that takes less is late for nobody. */
  private static final double FELT_MS = 50;

  private Starved() {}

  /** Held back by a limit, and somebody feels it. */
  static boolean throttled(CaseFile file, int broker) {
    String host = file.hostOf(broker);
    boolean limited =
        !host.isEmpty()
            && Signs.figure(file, Metric.CPU_THROTTLED_SHARE, host)
                .filter(s -> s.fact().value() >= THROTTLED_SHARE)
                .isPresent();
    return limited
        && (late(file, broker)
            || Canaries.slow(file).contains(broker)
            || file.sickPaths().stream().anyMatch(s -> touches(file, s, broker)));
  }

  /** It leads that path, or it is one of those for whom a leader waits. */
  private static boolean touches(CaseFile file, Seen<Fact.PathSeen> path, int broker) {
    boolean isr = path.fact().state() instanceof PathState.Sick sick && sick.kind() == Sickness.ISR;
    boolean replica =
        file.map()
            .flatMap(m -> m.partition(path.fact().partition()))
            .filter(p -> p.replicas().contains(broker))
            .isPresent();
    return path.fact().leaderId() == broker
        || CaseFile.pointsAt(path) == broker
        || (isr && replica);
  }

  private static boolean late(CaseFile file, int broker) {
    return file.reaches().stream()
        .filter(s -> s.fact().brokerId() == broker)
        .anyMatch(
            s ->
                switch (s.fact().reach()) {
                  case SLOW, SILENT -> true;
                  case ANSWERED -> slower(file, s.fact());
                  case REFUSED, DARK, CLOSED, UNRESOLVED -> false;
                });
  }

  private static boolean slower(CaseFile file, Fact.BrokerReach fact) {
    return fact.answerMs() >= FELT_MS && fact.answerMs() >= TIMES * peersMs(file, fact.brokerId());
  }

  /** The median of what its peers take; NaN without peers. */
  private static double peersMs(CaseFile file, int broker) {
    double[] others =
        file.reaches().stream()
            .filter(s -> s.fact().brokerId() != broker && s.fact().answerMs() >= 0)
            .mapToDouble(s -> s.fact().answerMs())
            .sorted()
            .toArray();
    return others.length == 0 ? Double.NaN : others[others.length / 2];
  }

  /**
   * It answered at once, or, though in time, far later than its peers do. Who is held back nearly
   * always still answers at once now and then: a small request fits into what it has.
   */
  static void answers(Argument argument, CaseFile file, Subject subject) {
    boolean always =
        Signs.figure(file, Metric.CPU_THROTTLED_SHARE, subject.host())
            .filter(s -> s.fact().value() >= ALWAYS_SHARE)
            .isPresent();
    file.reach(subject.brokerId())
        .filter(s -> s.fact().reach() == Reach.ANSWERED)
        .ifPresent(
            s -> {
              var fact = s.fact();
              long ms = (long) fact.answerMs();
              double peersMs = peersMs(file, fact.brokerId());
              if (slower(file, fact) || (always && last(file, fact))) {
                argument.fits(
                    slower(file, fact) ? 1 : 0.3,
                    s.observation(),
                    CauseWords.ANSWERS_LATER,
                    fact.address(),
                    ms,
                    (long) peersMs);
              } else {
                argument.against(
                    always ? 1 : 2, s.observation(), CauseWords.ANSWERS, fact.address(), ms);
              }
            });
  }

  /** The last of all that answered, and late enough to be felt. */
  private static boolean last(CaseFile file, Fact.BrokerReach fact) {
    return fact.answerMs() >= FELT_MS
        && file.reaches().stream().allMatch(s -> s.fact().answerMs() <= fact.answerMs());
  }
}
