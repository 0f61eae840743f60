package holter.diagnose;

import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.say;

import holter.channel.Sickness;
import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Rules about one broker: its door, its registration, its neighbours, its log. */
final class BrokerRules {
  private BrokerRules() {}

  /** The first of these that has anything to say: figures of the same thing count once. */
  static Rule firstOf(Rule... rules) {
    return (argument, file, subject) -> {
      int before = argument.said();
      for (var rule : rules) {
        rule.weigh(argument, file, subject);
        if (argument.said() > before) {
          return;
        }
      }
    };
  }

  /** How its advertised address took a knock from here since the sickness began. */
  static Rule door(Says how, double weight, Reach first, Reach... more) {
    var wanted = EnumSet.of(first, more);
    return (argument, file, subject) -> {
      if (subject.brokerId() >= 0) {
        file.reach(subject.brokerId())
            .filter(s -> wanted.contains(s.fact().reach()))
            .ifPresent(s -> knocked(argument, how, weight, s));
      }
    };
  }

  private static void knocked(
      Argument argument, Says how, double weight, Seen<Fact.BrokerReach> seen) {
    var fact = seen.fact();
    long ms = (long) fact.answerMs();
    var words =
        switch (fact.reach()) {
          case ANSWERED -> CauseWords.ANSWERS;
          case SLOW -> CauseWords.ANSWERS_LATE;
          case SILENT -> CauseWords.SILENT;
          case REFUSED -> CauseWords.REFUSES;
          case DARK -> CauseWords.DARK;
          case CLOSED -> CauseWords.CLOSES;
          case UNRESOLVED -> CauseWords.NAME_UNKNOWN;
        };
    say(argument, how, weight, seen.observation(), words, fact.address(), ms);
  }

  /** How another place reaches its advertised address. */
  static Rule fromElsewhere(Says how, double weight, Reach first, Reach... more) {
    var wanted = EnumSet.of(first, more);
    return (argument, file, subject) ->
        file.of(Fact.ReachedFrom.class).reversed().stream()
            .filter(s -> s.fact().brokerId() == subject.brokerId())
            .findFirst()
            .filter(s -> wanted.contains(s.fact().reach()))
            .ifPresent(
                s -> {
                  boolean answers =
                      EnumSet.of(Reach.ANSWERED, Reach.SLOW).contains(s.fact().reach());
                  var words = answers ? CauseWords.ANSWERS_ELSEWHERE : CauseWords.FAILS_ELSEWHERE;
                  say(
                      argument,
                      how,
                      weight,
                      s.observation(),
                      words,
                      s.fact().vantage(),
                      s.fact().address());
                });
  }

  /** Sick paths that point at it; others would show them as well. */
  static Rule paths(double weight, Sickness first, Sickness... more) {
    var kinds = EnumSet.of(first, more);
    return (argument, file, subject) -> BrokerSigns.paths(argument, file, kinds, weight);
  }

  /** Its peers' requests are not answered. */
  static Rule peersNoAnswer(double weight) {
    return (argument, file, subject) -> BrokerSigns.peersNoAnswer(argument, file, weight);
  }

  /** Its peers' connects are not answered: two accusers tell, one does not. */
  static Rule peersTimeOut(double weight) {
    var kinds = Set.of(ComplaintKind.CONNECT_TIMEOUT);
    return (argument, file, subject) -> {
      var accusers = file.complaints().accusers(subject.brokerId(), kinds);
      boolean many = accusers.size() >= 2;
      file.complaints()
          .sample(subject.brokerId(), kinds)
          .ifPresent(
              o ->
                  say(
                      argument,
                      many ? TELLS : FITS,
                      many ? weight : weight / 2,
                      o,
                      CauseWords.PEERS_CONNECT_TIMEOUT,
                      accusers,
                      subject.brokerId()));
    };
  }

  static Rule stillRegistered(double weight) {
    return (argument, file, subject) -> BrokerSigns.stillRegistered(argument, file, weight);
  }

  static Rule notRegistered(double weight) {
    return (argument, file, subject) ->
        file.notRegistered(subject.brokerId())
            .ifPresent(
                s ->
                    argument.fits(
                        weight,
                        s.observation(),
                        CauseWords.NOT_REGISTERED,
                        subject.brokerId(),
                        s.fact().via()));
  }

  static Rule fenced(double weight) {
    return (argument, file, subject) ->
        file.complaints()
            .fenced(subject.brokerId())
            .ifPresent(o -> argument.fits(weight, o, CauseWords.FENCED, subject.brokerId()));
  }

  static Rule ejectsMany(double weight) {
    return (argument, file, subject) ->
        file.complaints()
            .ejectsMany(subject.brokerId())
            .ifPresent(
                o ->
                    argument.fits(
                        weight,
                        o,
                        CauseWords.EJECTS_MANY,
                        subject.brokerId(),
                        file.complaints().ejectedBy(subject.brokerId()).size()));
  }

  /** It complained about all others in one second. */
  static Rule wokeUp(Says how, double weight) {
    return (argument, file, subject) ->
        file.complaints()
            .wokeUp(subject.brokerId())
            .ifPresent(
                o ->
                    say(
                        argument,
                        how,
                        weight,
                        o,
                        CauseWords.WOKE_UP,
                        subject.brokerId(),
                        file.complaints().targetsOfBurst(subject.brokerId())));
  }

  static Rule logGoesOn(Says how, double weight) {
    return (argument, file, subject) -> {
      if (BrokerSigns.logGoesOn(file)) {
        var log = file.log(subject.brokerId()).orElseThrow();
        long onS = (log.fact().lastWallMs() - file.sickSinceMs(subject.brokerId())) / 1_000;
        say(
            argument,
            how,
            weight,
            log.observation(),
            CauseWords.LOG_GOES_ON,
            subject.brokerId(),
            onS);
      }
    };
  }

  static Rule logGap(Says how, double weight) {
    return (argument, file, subject) ->
        file.log(subject.brokerId())
            .filter(s -> s.fact().gapMs() > 0)
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.LOG_GAP,
                        subject.brokerId(),
                        s.fact().gapMs()));
  }

  /** A path that it leads is healthy, and none is sick. */
  static Rule servesAll(Says how, double weight) {
    return (argument, file, subject) -> {
      if (file.sickPaths().stream().noneMatch(s -> s.fact().leaderId() == subject.brokerId())) {
        serves(how, weight).weigh(argument, file, subject);
      }
    };
  }

  /** A path that it leads is healthy. */
  static Rule serves(Says how, double weight) {
    return (argument, file, subject) ->
        file.healthyPaths().stream()
            .filter(s -> s.fact().leaderId() == subject.brokerId())
            .findFirst()
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.SERVES,
                        s.fact().partition(),
                        subject.brokerId()));
  }

  /** It keeps up with leaders other than itself: it runs, and what it asks for reaches it. */
  static Rule inSync(Says how, double weight) {
    return (argument, file, subject) ->
        file.latest(Fact.Metadata.class)
            .ifPresent(
                s -> {
                  int broker = subject.brokerId();
                  long followed =
                      s.fact().map().partitions().stream()
                          .filter(p -> p.leaderId() >= 0 && p.leaderId() != broker)
                          .filter(p -> p.isr().contains(broker))
                          .count();
                  if (followed > 0) {
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.IN_SYNC,
                        broker,
                        followed);
                  }
                });
  }

  /** Its collector stops it long or often enough to matter. */
  static boolean pausesLong(Fact.CollectorPauses pauses) {
    return pauses.longestMs() >= 6_000
        || (pauses.longestMs() >= 1_000 && pauses.shareOfWindow() >= 0.1);
  }

  static List<Subject> pausedBrokers(CaseFile file) {
    return file.of(Fact.CollectorPauses.class).stream()
        .filter(s -> pausesLong(s.fact()))
        .map(s -> file.suspecting(s.fact().brokerId()).about(s.fact().brokerId()))
        .toList();
  }

  static Rule pauses(Says how, double weight) {
    return (argument, file, subject) ->
        file.of(Fact.CollectorPauses.class).reversed().stream()
            .filter(s -> s.fact().brokerId() == subject.brokerId())
            .findFirst()
            .filter(s -> pausesLong(s.fact()))
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.PAUSES,
                        subject.brokerId(),
                        s.fact().count(),
                        s.fact().longestMs()));
  }
}
