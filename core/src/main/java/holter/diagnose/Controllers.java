package holter.diagnose;

import holter.channel.PathState;
import holter.diagnose.ClusterFact.Called;
import holter.diagnose.ClusterFact.ControllerSeen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules about who controls the cluster, and about ZooKeeper behind it. */
final class Controllers {
  private static final String TIMEOUT = "TIMEOUT";

  /** Registrations this far apart were made together. */
  private static final long TOGETHER_MS = 60_000;

  /** Older registrations are of another day. */
  private static final long LATELY_MS = 300_000;

  /** What was last logged longer ago than this does not hold now. */
  private static final long NOW_MS = 30_000;

  private Controllers() {}

  /** The controller, where anything hints that it does not work. */
  static List<Subject> lost(CaseFile file) {
    boolean hint =
        !said(file, LogSign.CONTROLLER_SILENT).isEmpty()
            || heartbeats(file).size() >= 2
            || file.of(ControllerSeen.class).stream().anyMatch(s -> s.fact().brokerId() < 0)
            || quorumSilent(file).isPresent()
            || active(file).size() >= 2;
    if (!hint) {
      return List.of();
    }
    int id =
        file.of(ControllerSeen.class).stream()
            .mapToInt(s -> s.fact().brokerId())
            .filter(b -> b >= 0)
            .findFirst()
            .orElse(-1);
    return List.of(Subject.broker(id, file.hostOf(id)));
  }

  private static List<Seen<Fact.Logged>> said(CaseFile file, LogSign sign) {
    return file.of(Fact.Logged.class).stream().filter(s -> s.fact().sign() == sign).toList();
  }

  /** Logs in which the controller does not answer, now. */
  static List<Seen<Fact.Logged>> silences(CaseFile file) {
    return said(file, LogSign.CONTROLLER_SILENT).stream()
        .filter(s -> file.nowMs() - s.fact().lastWallMs() <= NOW_MS)
        .toList();
  }

  /** Brokers to which the controller does not answer now, by their logs. */
  static Set<Integer> silentTo(CaseFile file) {
    var brokers = new TreeSet<Integer>();
    silences(file).forEach(s -> brokers.add(s.fact().brokerId()));
    return brokers;
  }

  private static int brokers(CaseFile file) {
    return file.map().map(m -> m.brokers().size()).orElse(0);
  }

  /** Whose logs were read, controllers' of their own left out. */
  private static Set<Integer> read(CaseFile file) {
    var brokers = new TreeSet<Integer>();
    file.of(Fact.LogShape.class).stream()
        .map(s -> s.fact().brokerId())
        .filter(b -> !file.hostOf(b).isEmpty())
        .forEach(brokers::add);
    return brokers;
  }

  /**
   * Brokers log that it does not answer. One of several that were read has a trouble of its own,
   * and that the others say nothing speaks for the controller. Where no other log was read it is
   * open whose trouble it is.
   */
  static void silentLog(Argument argument, CaseFile file, Subject subject) {
    var now = silences(file);
    var silentTo = silentTo(file);
    var read = read(file);
    if (now.isEmpty()) {
      said(file, LogSign.CONTROLLER_SILENT).stream()
          .max(java.util.Comparator.comparingLong(s -> s.fact().lastWallMs()))
          .ifPresent(s -> Signs.said(argument, Signs.Says.FITS, 0.5, s));
    } else if (silentTo.size() == 1 && read.size() >= 2 && !silentTo.contains(subject.brokerId())) {
      argument.against(
          3, now.getLast().observation(), CauseWords.ONLY_ITS_LOG, read.size(), silentTo);
    } else {
      boolean aloneRead = silentTo.size() == 1 && brokers(file) > 1;
      now.stream()
          .max(java.util.Comparator.comparingLong(s -> s.fact().lastWallMs()))
          .ifPresent(
              s ->
                  Signs.said(
                      argument,
                      aloneRead ? Signs.Says.FITS : Signs.Says.DECIDES,
                      aloneRead ? 1 : 2.5,
                      s));
    }
  }

  /** Every source that tells of controllers knows of none. */
  static void unknown(Argument argument, CaseFile file, Subject subject) {
    var seen = file.of(ControllerSeen.class);
    var none = seen.stream().filter(s -> s.fact().brokerId() < 0).toList();
    if (none.isEmpty()) {
      return;
    }
    var o = none.getLast().observation();
    var via = none.stream().map(s -> s.fact().via()).toList();
    if (none.size() == seen.size()) {
      argument.decides(2.5, o, CauseWords.NO_CONTROLLER, via);
    } else {
      argument.fits(0.5, o, CauseWords.NO_CONTROLLER, via);
    }
  }

  static void differ(Argument argument, CaseFile file, Subject subject) {
    var known =
        file.of(ControllerSeen.class).stream().filter(s -> s.fact().brokerId() >= 0).toList();
    for (var other : known) {
      var first = known.getFirst();
      if (other.fact().brokerId() != first.fact().brokerId()) {
        argument.fits(
            1,
            other.observation(),
            CauseWords.CONTROLLERS_DIFFER,
            first.fact().via(),
            other.fact().via(),
            first.fact().brokerId(),
            other.fact().brokerId());
        return;
      }
    }
  }

  /** No answer of the controller through one broker, and none through another. */
  private static Optional<Seen<Called>> quorumSilent(CaseFile file) {
    var calls = file.of(Called.class).stream().filter(s -> ofController(s.fact())).toList();
    return calls.stream()
        .filter(s -> s.fact().code().equals(TIMEOUT))
        .filter(s -> calls.stream().noneMatch(o -> o.fact().code().isEmpty()))
        .findFirst();
  }

  private static boolean ofController(Called call) {
    String name = call.call().toLowerCase(Locale.ROOT);
    return name.contains("quorum") || name.contains("controller");
  }

  /** What only the controller answers gets no answer. */
  static void quorumHangs(Argument argument, CaseFile file, Subject subject) {
    quorumSilent(file)
        .ifPresent(
            s ->
                argument.tells(
                    2,
                    s.observation(),
                    CauseWords.CODED,
                    s.fact().call(),
                    s.fact().of(),
                    s.fact().code()));
  }

  /** Brokers that get no answer again and again, until now: once is what any move leaves. */
  private static Set<Integer> heartbeats(CaseFile file) {
    var brokers = new TreeSet<Integer>();
    said(file, LogSign.HEARTBEAT_TO_CONTROLLER_LATE).stream()
        .filter(s -> s.fact().count() >= 3)
        .filter(s -> file.nowMs() - s.fact().lastWallMs() <= NOW_MS)
        .forEach(s -> brokers.add(s.fact().brokerId()));
    brokers.remove(-1);
    return brokers;
  }

  /** Of several brokers; one alone has a trouble of its own. */
  static void heartbeatsLate(Argument argument, CaseFile file, Subject subject) {
    var late = heartbeats(file);
    if (late.size() >= 2) {
      var o = said(file, LogSign.HEARTBEAT_TO_CONTROLLER_LATE).getLast().observation();
      argument.tells(2, o, CauseWords.HEARTBEATS_LATE, late);
    }
  }

  private static List<Seen<Fact.Measured>> active(CaseFile file) {
    return file.of(Fact.Measured.class).stream()
        .filter(s -> s.fact().metric() == Metric.ACTIVE_CONTROLLERS && s.fact().value() >= 1)
        .toList();
  }

  /** Two hold themselves for it. That none does may only mean that it is none of the brokers. */
  static void activeOnes(Argument argument, CaseFile file, Subject subject) {
    var active = active(file);
    if (active.size() >= 2) {
      argument.decides(
          2,
          active.getLast().observation(),
          CauseWords.MEASURED,
          active.stream().map(s -> s.fact().of()).toList(),
          Metric.ACTIVE_CONTROLLERS,
          active.size());
    }
  }

  /** Paths over it are sick: then it is the broker in it that is sick, and control may move. */
  static void itselfSick(Argument argument, CaseFile file, Subject subject) {
    var paths = file.sickOver(subject.brokerId());
    if (subject.brokerId() >= 0 && !paths.isEmpty()) {
      var partitions = paths.stream().map(s -> s.fact().partition()).toList();
      var kinds =
          paths.stream()
              .map(s -> s.fact().state())
              .filter(PathState.Sick.class::isInstance)
              .map(s -> ((PathState.Sick) s).kind())
              .distinct()
              .toList();
      argument.against(
          4,
          paths.getFirst().observation(),
          CauseWords.PATHS_SICK,
          partitions,
          kinds,
          subject.brokerId());
    }
  }

  /** ZooKeeper, where it says that it is slow or several sessions ended together. */
  static List<Subject> zooKeeper(CaseFile file) {
    boolean hint =
        !said(file, LogSign.ZOOKEEPER_SLOW).isEmpty()
            || Sessions.lostTogether(file).size() >= 2
            || anew(file).size() >= 2;
    return hint ? List.of(Subject.NONE) : List.of();
  }

  /** Sessions with ZooKeeper only: heartbeats to a KRaft controller are another cause's. */
  static void expiredTogether(Argument argument, CaseFile file, Subject subject) {
    var together = Sessions.lostTogether(file);
    var expired = new TreeSet<Integer>();
    said(file, LogSign.SESSION_EXPIRED).forEach(s -> expired.add(s.fact().brokerId()));
    expired.retainAll(together);
    if (expired.size() >= 2) {
      var o = said(file, LogSign.SESSION_EXPIRED).getLast().observation();
      argument.decides(3, o, CauseWords.MANY_AT_ONCE, expired);
    }
  }

  /** Brokers registered lately and together that did not start then. */
  private static List<Seen<Fact.Registered>> anew(CaseFile file) {
    var lately =
        file.of(Fact.Registered.class).stream()
            .filter(s -> file.nowMs() - s.fact().registeredAtWallMs() < LATELY_MS)
            .filter(s -> file.startedMs(s.fact().brokerId()) < 0)
            .filter(s -> file.log(s.fact().brokerId()).isPresent())
            .toList();
    return lately.stream()
        .filter(
            s ->
                lately.stream()
                    .anyMatch(
                        o ->
                            o.fact().brokerId() != s.fact().brokerId()
                                && Math.abs(
                                        o.fact().registeredAtWallMs()
                                            - s.fact().registeredAtWallMs())
                                    <= TOGETHER_MS))
        .toList();
  }

  static void registeredTogether(Argument argument, CaseFile file, Subject subject) {
    var anew = anew(file);
    if (anew.size() >= 2) {
      var brokers = anew.stream().map(s -> s.fact().brokerId()).sorted().toList();
      var o = anew.getLast().observation();
      argument.tells(1.4, o, CauseWords.ALL_REGISTERED_ANEW, brokers, TOGETHER_MS / 1_000);
    }
  }

  static void zooKeeperSilent(Argument argument, CaseFile file, Subject subject) {
    file.of(Fact.Unasked.class).stream()
        .filter(s -> s.observation().source() == Source.ZOOKEEPER)
        .findFirst()
        .ifPresent(
            s -> argument.fits(1, s.observation(), CauseWords.NO_ANSWER_OF, s.fact().subject()));
  }
}
