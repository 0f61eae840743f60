package holter.diagnose;

import holter.channel.Sickness;
import holter.words.Sentence;
import java.util.EnumSet;
import java.util.List;

/** F01: the broker's process is gone. Its host is up and refuses, which is what tells it. */
final class DeadBroker implements BrokerCause {
  /**
   * A stop in order is no death yet; a burst is of the living; and of a wrong address a refusal
   * says nothing.
   */
  private static final List<Entry.Rule> RULES =
      List.of(
          Sessions.stoppedInOrder(Signs.Says.EXCLUDES, 0),
          BrokerRules.wokeUp(Signs.Says.AGAINST, 2),
          Addresses::odd,
          Signs.logged(Signs.Says.AGAINST, 2, LogSign.LISTENER_MISSING));

  @Override
  public CauseCode code() {
    return CauseCode.F01;
  }

  @Override
  public void argue(Argument argument, CaseFile file, int broker) {
    file.reach(broker).ifPresent(seen -> reach(argument, seen));
    BrokerSigns.refusedPaths(argument, file);
    BrokerSigns.paths(argument, file, EnumSet.of(Sickness.HANG, Sickness.LEADERLESS), 0.5);
    var refused = file.complaints().accusers(broker, BrokerSigns.REFUSED);
    file.complaints()
        .sample(broker, BrokerSigns.REFUSED)
        .ifPresent(o -> argument.tells(2, o, CauseWords.PEERS_REFUSED, refused, broker));
    file.notRegistered(broker)
        .ifPresent(
            s ->
                argument.fits(
                    1.5, s.observation(), CauseWords.NOT_REGISTERED, broker, s.fact().via()));
    file.complaints().fenced(broker).ifPresent(o -> argument.fits(1, o, CauseWords.FENCED, broker));
    if (BrokerSigns.logGoesOn(file)) {
      file.log(broker)
          .ifPresent(
              s ->
                  argument.against(
                      2,
                      s.observation(),
                      CauseWords.LOG_GOES_ON,
                      broker,
                      (s.fact().lastWallMs() - file.sickSinceMs(broker)) / 1_000));
    } else {
      logEnds(argument, file, broker);
    }
    RULES.forEach(rule -> rule.weigh(argument, file, file.about(broker)));
  }

  /** No line since the sickness began, and that is some time ago. */
  private static void logEnds(Argument argument, CaseFile file, int broker) {
    long since = file.sickSinceMs(broker);
    boolean old = since > 0 && file.nowMs() - since > BrokerSigns.SKEW_MS;
    file.log(broker)
        .filter(s -> old && Math.abs(s.fact().lastWallMs() - since) <= BrokerSigns.SKEW_MS)
        .ifPresent(s -> argument.fits(0.5, s.observation(), CauseWords.LOG_ENDS, broker));
  }

  private static void reach(Argument argument, Seen<Fact.BrokerReach> seen) {
    var fact = seen.fact();
    var o = seen.observation();
    switch (fact.reach()) {
      case REFUSED -> argument.decides(3, o, CauseWords.REFUSES, fact.address());
      case DARK -> argument.against(2, o, CauseWords.DARK, fact.address());
      case ANSWERED, SLOW, SILENT -> argument.excluded(o, CauseWords.CONNECTS, fact.address());
      case CLOSED, UNRESOLVED -> {}
    }
  }

  @Override
  public List<Sentence> remedies(CaseFile file) {
    int broker = file.suspect();
    String host = file.suspectHost();
    return List.of(
        host.isEmpty()
            ? Sentence.of(RemedyWords.START_BROKER_WHEREVER, broker)
            : Sentence.of(RemedyWords.START_BROKER, broker, host),
        Sentence.of(RemedyWords.WHY_DIED));
  }
}
