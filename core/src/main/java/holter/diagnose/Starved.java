package holter.diagnose;

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
            || !file.sickOver(broker).isEmpty());
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

  /** It answered at once, or, though in time, far later than its peers do. */
  static void answers(Argument argument, CaseFile file, Subject subject) {
    file.reach(subject.brokerId())
        .filter(s -> s.fact().reach() == Reach.ANSWERED)
        .ifPresent(
            s -> {
              var fact = s.fact();
              long ms = (long) fact.answerMs();
              if (slower(file, fact)) {
                argument.fits(
                    1,
                    s.observation(),
                    CauseWords.ANSWERS_LATER,
                    fact.address(),
                    ms,
                    (long) peersMs(file, fact.brokerId()));
              } else {
                argument.against(2, s.observation(), CauseWords.ANSWERS, fact.address(), ms);
              }
            });
  }
}
