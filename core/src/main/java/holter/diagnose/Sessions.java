package holter.diagnose;

import static holter.diagnose.Signs.say;

import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How brokers come and go: sessions lost, registrations made anew, logs recovered. */
final class Sessions {
  private static final Set<LogSign> LOST =
      EnumSet.of(
          LogSign.SESSION_EXPIRED,
          LogSign.REGISTERED_AGAIN,
          LogSign.HEARTBEAT_TO_CONTROLLER_LATE,
          LogSign.UNFENCED);

  /** A registration younger than this is of the sickness that is looked at. */
  private static final long ANEW_MS = 300_000;

  /** Sessions that end within this of one another end for one reason. */
  private static final long AT_ONCE_MS = 10_000;

  /** What a start brings with it is over after this. */
  private static final long OF_A_START_MS = 60_000;

  /** A broker that was stopped in order for longer than this is down; and quiet this long, well. */
  private static final long STOPPED_MS = 120_000;

  /** So many returns within a log's window are no single pause. */
  private static final int COMES_AND_GOES = 3;

  private Sessions() {}

  /** Brokers that lost a session, or that answer and are not registered. */
  static List<Subject> flapping(CaseFile file) {
    var brokers = new TreeSet<Integer>();
    for (var seen : file.of(Fact.Logged.class)) {
      if (LOST.contains(seen.fact().sign()) && seen.fact().brokerId() >= 0) {
        brokers.add(seen.fact().brokerId());
      }
    }
    file.of(Fact.NotRegistered.class).forEach(s -> brokers.add(s.fact().brokerId()));
    return brokers.stream().map(b -> file.suspecting(b).about(b)).toList();
  }

  /** Started or stopped, it comes and goes in order; what was lost long after that was not. */
  static void ofAStart(Argument argument, CaseFile file, Subject subject) {
    long lostMs =
        Signs.sighting(file, subject, LOST.toArray(LogSign[]::new))
            .map(s -> s.fact().lastWallMs())
            .orElse(Long.MIN_VALUE);
    Signs.sighting(file, subject, LogSign.STARTING, LogSign.STARTED, LogSign.STOPPED_CLEANLY)
        .filter(s -> lostMs < s.fact().lastWallMs() + OF_A_START_MS)
        .ifPresent(s -> Signs.said(argument, Says.EXCLUDES, 0, s));
  }

  /** Let in again more than once: a single time may be the controller's own pause. */
  static void again(Argument argument, CaseFile file, Subject subject) {
    Signs.sighting(file, subject, LogSign.REGISTERED_AGAIN, LogSign.UNFENCED)
        .ifPresent(
            s ->
                Signs.said(
                    argument,
                    s.fact().count() >= 2 ? Says.DECIDES : Says.FITS,
                    s.fact().count() >= 2 ? 3 : 0.5,
                    s));
  }

  /** One pause explains one return: who comes and goes has another reason. */
  static void comesAndGoes(Argument argument, CaseFile file, Subject subject) {
    manyReturns(file, subject).ifPresent(s -> Signs.said(argument, Says.AGAINST, 3, s));
  }

  private static Optional<Seen<Fact.Logged>> manyReturns(CaseFile file, Subject subject) {
    return Signs.sighting(file, subject, LogSign.REGISTERED_AGAIN, LogSign.UNFENCED)
        .filter(s -> s.fact().count() >= COMES_AND_GOES);
  }

  /** It stood still, and that is why it was let go; not of one that comes and goes. */
  static void ofOnePause(Argument argument, CaseFile file, Subject subject) {
    if (manyReturns(file, subject).isEmpty()) {
      Slept.against(3).weigh(argument, file, subject);
    }
  }

  /** Its log, where it was read, tells no start; unread it may just be starting. */
  static void upButOut(Argument argument, CaseFile file, Subject subject) {
    boolean answers =
        file.reach(subject.brokerId())
            .filter(s -> EnumSet.of(Reach.ANSWERED, Reach.SLOW).contains(s.fact().reach()))
            .isPresent();
    file.notRegistered(subject.brokerId())
        .filter(s -> answers)
        .ifPresent(
            s ->
                say(
                    argument,
                    file.log(subject.brokerId()).isPresent() ? Says.DECIDES : Says.TELLS,
                    file.log(subject.brokerId()).isPresent() ? 2.5 : 1.4,
                    s.observation(),
                    CauseWords.UP_BUT_OUT,
                    subject.brokerId(),
                    s.fact().via()));
  }

  static void registeredAnew(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    file.registered(broker)
        .filter(s -> file.nowMs() - s.fact().registeredAtWallMs() < ANEW_MS)
        .filter(s -> file.log(broker).isPresent())
        .filter(s -> s.fact().registeredAtWallMs() > file.startedMs(broker) + OF_A_START_MS)
        .ifPresent(
            s ->
                argument.tells(
                    1,
                    s.observation(),
                    CauseWords.REGISTERED_ANEW,
                    broker,
                    (file.nowMs() - s.fact().registeredAtWallMs()) / 1_000));
  }

  /** Several at the same time have a reason that is none of theirs. */
  static Rule manyAtOnce(Says how, double weight) {
    return (argument, file, subject) -> {
      var expired = lostTogether(file);
      if (expired.size() >= 2) {
        var o = lost(file).getLast().observation();
        say(argument, how, weight, o, CauseWords.MANY_AT_ONCE, expired);
      }
    };
  }

  /** Brokers whose sessions were lost within ten seconds of one another. */
  static Set<Integer> lostTogether(CaseFile file) {
    var most = new TreeSet<Integer>();
    var lost = lost(file);
    for (var one : lost) {
      var together = new TreeSet<Integer>();
      for (var other : lost) {
        if (Math.abs(other.fact().lastWallMs() - one.fact().lastWallMs()) <= AT_ONCE_MS) {
          together.add(other.fact().brokerId());
        }
      }
      if (together.size() > most.size()) {
        most.clear();
        most.addAll(together);
      }
    }
    return most;
  }

  static List<Seen<Fact.Logged>> lost(CaseFile file) {
    return file.of(Fact.Logged.class).stream()
        .filter(s -> LOST.contains(s.fact().sign()) && s.fact().brokerId() >= 0)
        .filter(s -> beside(file, s.fact()))
        .toList();
  }

  /** A start brings registrations with it, but no session that expires after it. */
  private static boolean beside(CaseFile file, Fact.Logged sign) {
    long startedMs = file.startedMs(sign.brokerId());
    return startedMs < 0
        || (sign.sign() == LogSign.SESSION_EXPIRED && sign.lastWallMs() > startedMs);
  }

  /** Its last word of recovering is newer than its last word of having started. */
  static void stillRecovering(Argument argument, CaseFile file, Subject subject) {
    var recovering = Signs.sighting(file, subject, LogSign.RECOVERING_LOGS).orElseThrow();
    var started = Signs.sighting(file, subject, LogSign.STARTED);
    boolean done =
        started.isPresent() && started.get().fact().lastWallMs() >= recovering.fact().lastWallMs();
    var told = done ? started.get() : recovering;
    Signs.said(argument, done ? Says.EXCLUDES : Says.DECIDES, 3, told);
  }

  /** These signs are history: it started anew since, and answers. */
  static Rule overOnceStarted(LogSign... signs) {
    return (argument, file, subject) -> {
      var last = Signs.sighting(file, subject, signs);
      boolean answers =
          file.reach(subject.brokerId())
              .filter(s -> s.fact().reach() == Reach.ANSWERED)
              .isPresent();
      if (last.isPresent()
          && answers
          && file.startedMs(subject.brokerId()) > last.get().fact().lastWallMs()) {
        argument.over();
      }
    };
  }

  /** These signs are history: none is of the last two minutes, and it answers. */
  static Rule overOnceQuiet(LogSign... signs) {
    return (argument, file, subject) ->
        Signs.sighting(file, subject, signs)
            .filter(s -> file.nowMs() - s.fact().lastWallMs() > STOPPED_MS)
            .filter(s -> file.notRegistered(subject.brokerId()).isEmpty())
            .filter(
                s ->
                    file.reach(subject.brokerId())
                        .filter(r -> r.fact().reach() == Reach.ANSWERED)
                        .isPresent())
            .ifPresent(s -> argument.over());
  }

  /** Its last pause was minutes ago, and it answers. */
  static void collectedBefore(Argument argument, CaseFile file, Subject subject) {
    boolean before =
        file.of(Fact.CollectorPauses.class).stream()
            .filter(s -> s.fact().brokerId() == subject.brokerId())
            .allMatch(s -> file.nowMs() - s.fact().lastWallMs() > STOPPED_MS);
    boolean answers =
        file.reach(subject.brokerId()).filter(s -> s.fact().reach() == Reach.ANSWERED).isPresent();
    if (before && answers) {
      argument.over();
    }
  }

  /** It was shut down in order a moment ago: somebody restarts it, and waits for it too. */
  static Rule stoppedInOrder(Says how, double weight) {
    return (argument, file, subject) ->
        Signs.sighting(file, subject, LogSign.STOPPED_CLEANLY)
            .filter(s -> s.fact().lastWallMs() > file.startedMs(subject.brokerId()))
            .filter(s -> file.nowMs() - s.fact().lastWallMs() < STOPPED_MS)
            .ifPresent(s -> Signs.said(argument, how, weight, s));
  }
}
