package holter.diagnose;

import holter.detect.ProbeOutcome;
import holter.diagnose.ClusterFact.SenderSeen;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Senders whose records ended while others' went on in the same partitions. That is no proof of a
 * death: a net that was cut, a right that was taken or a quota would look the same in the records,
 * so the sender's own log is asked; and those that ended together have a cause in common.
 */
final class SilentSenders {
  /** Shorter is no silence. */
  private static final long SHORT_MS = 10_000;

  /** So many of its intervals, and of the longest that it ever took, make a silence. */
  private static final int INTERVALS = 5;

  private static final int LONGEST = 3;

  /** What comes so much later than it used to is late, and not missing. */
  private static final long LATE_MS = 2_000;

  /** Who ended within this of one another ended together. */
  private static final long TOGETHER_MS = 5_000;

  /** Of more silent ones than one in so many, none is silent by itself. */
  private static final int ONE_IN = 3;

  /** A request is given up after 30 s by default: until then a cut-off client may say nothing. */
  private static final long GIVEN_UP_MS = 35_000;

  private static final int NAMED_MAX = 5;

  private static final Set<ClusterFact.Scope> QUOTAS =
      EnumSet.of(ClusterFact.Scope.CLIENT_QUOTA, ClusterFact.Scope.USER_QUOTA);

  private SilentSenders() {}

  /** Each that is silent by itself; none where many are. */
  static List<Subject> subjects(CaseFile file) {
    var silent = file.of(SenderSeen.class).stream().filter(s -> silent(s.fact())).toList();
    int all = file.of(SenderSeen.class).size();
    if (silent.size() * ONE_IN > all || silent.size() > NAMED_MAX) {
      return List.of();
    }
    var alone = new ArrayList<Subject>();
    for (var one : silent) {
      if (silent.stream().noneMatch(s -> together(one.fact(), s.fact()))) {
        alone.add(new Subject(List.of(), -1, "", List.of(one.fact().sender())));
      }
    }
    return alone;
  }

  private static boolean silent(SenderSeen seen) {
    long enough =
        Math.max(SHORT_MS, Math.max(INTERVALS * seen.everyMs(), LONGEST * seen.longestMs()));
    return seen.silentMs() >= enough && seen.others() > 0 && seen.lateMs() < LATE_MS;
  }

  private static boolean together(SenderSeen one, SenderSeen other) {
    long within = Math.max(TOGETHER_MS, 2 * Math.max(one.everyMs(), other.everyMs()));
    return !one.sender().equals(other.sender())
        && Math.abs(one.lastWallMs() - other.lastWallMs()) <= within;
  }

  /** Its records ended, and others' go on. */
  static void ended(Argument argument, CaseFile file, Subject subject) {
    var seen = of(file, subject);
    argument.tells(
        2,
        seen.observation(),
        CauseWords.SENDER_ENDED,
        seen.fact().sender(),
        seen.fact().records(),
        seen.fact().everyMs(),
        seen.fact().partitions(),
        seen.fact().silentMs() / 1_000,
        seen.fact().others());
  }

  /** The paths of its partitions pass; over a sick one its silence says nothing. */
  static void itsPaths(Argument argument, CaseFile file, Subject subject) {
    var partitions = of(file, subject).fact().partitions();
    file.sickPaths().stream()
        .filter(s -> partitions.contains(s.fact().partition()))
        .findFirst()
        .ifPresent(
            s -> argument.excluded(s.observation(), CauseWords.PATH_OF_SENDER_SICK, partitions));
    file.healthyPaths().stream()
        .filter(s -> partitions.contains(s.fact().partition()))
        .findFirst()
        .ifPresent(
            s -> argument.fits(0.5, s.observation(), CauseWords.PATH_OF_SENDER_WELL, partitions));
  }

  /**
   * Its own log: errors after the last record say why, and that it lives; one that ends at that
   * moment is the end of the process; one that is quiet has nothing to say against Kafka.
   */
  static void itsLog(Argument argument, CaseFile file, Subject subject) {
    var seen = of(file, subject).fact();
    var own = line(file, seen.sender());
    if (own.isEmpty()) {
      anyLog(argument, file, seen);
      return;
    }
    var trouble = troubles(file, seen).stream().filter(s -> s.fact().log().equals(seen.sender()));
    var first = trouble.findFirst();
    if (first.isPresent()) {
      Signs.said(argument, Signs.Says.EXCLUDES, 0, first.get());
      return;
    }
    long after = own.get().fact().lastWallMs() - seen.lastWallMs();
    boolean ends = after >= -seen.everyMs() && after <= Math.max(2_000, 2 * seen.everyMs());
    var o = own.get().observation();
    String sample = own.get().fact().sample();
    if (ends) {
      argument.decides(1.5, o, CauseWords.LOG_ENDS_TOO, seen.sender(), sample);
    } else {
      argument.fits(given(file, seen) ? 1 : 0.5, o, CauseWords.LOG_WITHOUT_TROUBLE, seen.sender());
    }
  }

  /** Whether its requests, if it had any, would have been given up and told of by now. */
  private static boolean given(CaseFile file, SenderSeen seen) {
    return file.nowMs() - seen.lastWallMs() >= GIVEN_UP_MS;
  }

  /** While a broker is sick its records may wait in a sender that lives, and has not told yet. */
  static void mayWait(Argument argument, CaseFile file, Subject subject) {
    var seen = of(file, subject);
    if (!file.suspects().isEmpty() && !given(file, seen.fact())) {
      int broker = file.suspects().getFirst();
      argument.against(3, seen.observation(), CauseWords.BROKER_SUSPECTED, broker);
    }
  }

  /** Whose log tells of it is not known: what any client has trouble with may be its trouble. */
  private static void anyLog(Argument argument, CaseFile file, SenderSeen seen) {
    troubles(file, seen).stream()
        .findFirst()
        .ifPresent(s -> Signs.said(argument, Signs.Says.AGAINST, 2, s));
  }

  /** What clients say of their sending since about the last record. */
  private static List<Seen<Fact.Logged>> troubles(CaseFile file, SenderSeen seen) {
    return file.of(Fact.Logged.class).stream()
        .filter(s -> Senders.ERRORS.contains(s.fact().sign()))
        .filter(s -> s.fact().lastWallMs() >= seen.lastWallMs() - seen.everyMs())
        .toList();
  }

  private static Optional<Seen<Fact.Logged>> line(CaseFile file, String sender) {
    return file.of(Fact.Logged.class).reversed().stream()
        .filter(s -> s.fact().sign() == LogSign.LAST_LINE && s.fact().log().equals(sender))
        .findFirst();
  }

  /** Asked directly, it answers with progress. */
  static void answers(Argument argument, CaseFile file, Subject subject) {
    file.of(Fact.WorkerProbed.class).reversed().stream()
        .filter(s -> subject.instances().contains(s.fact().instance().value()))
        .filter(s -> s.fact().outcome() instanceof ProbeOutcome.Answered a && a.beatAgeMs() >= 0)
        .findFirst()
        .ifPresent(
            s ->
                argument.excluded(s.observation(), CauseWords.WORKER_ANSWERS, s.fact().instance()));
  }

  /** Somebody is held back on purpose, and a sender that is looks like one that ended. */
  static void limits(Argument argument, CaseFile file, Subject subject) {
    file.of(ClusterFact.Configured.class).stream()
        .filter(s -> QUOTAS.contains(s.fact().scope()))
        .findFirst()
        .ifPresent(
            s ->
                argument.against(
                    1.5,
                    s.observation(),
                    CauseWords.CONFIGURED,
                    s.fact().of(),
                    s.fact().key(),
                    s.fact().value()));
  }

  private static Seen<SenderSeen> of(CaseFile file, Subject subject) {
    return file.of(SenderSeen.class).reversed().stream()
        .filter(s -> s.fact().sender().equals(subject.instances().getFirst()))
        .findFirst()
        .orElseThrow();
  }
}
