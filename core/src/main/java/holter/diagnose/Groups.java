package holter.diagnose;

import holter.diagnose.ClusterFact.Called;
import holter.diagnose.ClusterFact.GroupLag;
import holter.diagnose.ClusterFact.GroupSeen;
import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rules about consumer groups, their coordinators and how far they are. */
final class Groups {
  /** Fewer changes than this are a deployment. */
  private static final int MANY = 3;

  /** Rebalances further apart than this, in the mean, are no storm. */
  private static final long STORM_MS = 60_000;

  /** A storm that was quiet this long is over. */
  private static final long QUIET_MS = 120_000;

  /** It takes less than this share of what comes. */
  private static final double BEHIND_SHARE = 0.8;

  private static final Set<String> GONE =
      Set.of("COORDINATOR_NOT_AVAILABLE", "NOT_COORDINATOR", "COORDINATOR_LOAD_IN_PROGRESS");

  private Groups() {}

  /** Groups whose members change. */
  static List<Subject> changing(CaseFile file) {
    var groups =
        file.of(GroupSeen.class).stream()
            .filter(s -> s.fact().memberships() >= MANY)
            .map(s -> s.fact().group());
    var logged =
        file.of(Fact.Logged.class).stream()
            .filter(s -> s.fact().sign() == LogSign.GROUP_REBALANCES)
            .map(s -> s.fact().about())
            .filter(about -> !about.isEmpty());
    return Stream.concat(groups, logged).distinct().map(g -> Subject.of(What.GROUP, g)).toList();
  }

  private static String group(Subject subject) {
    return subject.name(What.GROUP).orElse("");
  }

  /** Rebalances close after one another, and lately. */
  static Rule rebalances(Says how, double weight) {
    return (argument, file, subject) ->
        Signs.sighting(file, subject, LogSign.GROUP_REBALANCES)
            .filter(s -> storm(file, s.fact()))
            .ifPresent(
                s ->
                    Signs.say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.LOGGED,
                        s.fact().log(),
                        s.fact().sign(),
                        s.fact().count()));
  }

  private static boolean storm(CaseFile file, Fact.Logged said) {
    long overMs = said.lastWallMs() - said.firstWallMs();
    return said.count() >= MANY
        && overMs <= STORM_MS * (said.count() - 1)
        && file.nowMs() - said.lastWallMs() <= QUIET_MS;
  }

  /** Its members changed often while it was watched. */
  static Rule memberships(Says how, double weight) {
    return (argument, file, subject) ->
        seen(file, group(subject))
            .filter(s -> s.fact().memberships() >= MANY)
            .ifPresent(
                s ->
                    Signs.say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.MEMBERS_CHANGE,
                        s.fact().group(),
                        s.fact().memberships()));
  }

  private static Optional<Seen<GroupSeen>> seen(CaseFile file, String group) {
    return file.of(GroupSeen.class).reversed().stream()
        .filter(s -> s.fact().group().equals(group))
        .findFirst();
  }

  static List<Seen<GroupLag>> lags(CaseFile file, String group) {
    return file.of(GroupLag.class).reversed().stream()
        .filter(s -> s.fact().group().equals(group))
        .toList();
  }

  /** It commits nothing of a partition to which records come. */
  static void standsWhileRecordsCome(Argument argument, CaseFile file, Subject subject) {
    lags(file, group(subject)).stream()
        .filter(s -> s.fact().produced() > 0 && s.fact().advanced() <= 0)
        .findFirst()
        .ifPresent(
            s ->
                argument.fits(
                    1.5,
                    s.observation(),
                    CauseWords.GROUP_STANDS,
                    s.fact().group(),
                    s.fact().topic() + "-" + s.fact().partition(),
                    s.fact().produced()));
  }

  /** A reset is a loss where the place was out of range; without that it may be a new group's. */
  static void resetFromOutside(Argument argument, CaseFile file, Subject subject) {
    String topic = subject.name(What.TOPIC).orElse("");
    var behind =
        file.of(GroupLag.class).reversed().stream()
            .filter(s -> s.fact().topic().equals(topic))
            .filter(s -> s.fact().committed() >= 0)
            .filter(s -> s.fact().committed() < s.fact().startOffset())
            .findFirst();
    boolean outside =
        behind.isPresent()
            || Signs.sighting(file, subject, LogSign.OFFSET_OUT_OF_RANGE).isPresent();
    Signs.logged(outside ? Says.DECIDES : Says.FITS, outside ? 2.5 : 1, LogSign.OFFSET_RESET)
        .weigh(argument, file, subject);
    behind.ifPresent(
        s ->
            argument.fits(
                1.5,
                s.observation(),
                CauseWords.GROUP_BEFORE_START,
                s.fact().group(),
                s.fact().committed(),
                topic + "-" + s.fact().partition(),
                s.fact().startOffset()));
  }

  /** Groups that read less than comes, and have more before them than came meanwhile. */
  static List<Subject> fallingBehind(CaseFile file) {
    return file.of(GroupLag.class).stream()
        .filter(s -> behind(s.fact()))
        .map(s -> Subject.of(What.GROUP, s.fact().group()))
        .distinct()
        .toList();
  }

  private static boolean behind(GroupLag lag) {
    return lag.committed() >= 0
        && lag.advanced() > 0
        && lag.advanced() < BEHIND_SHARE * lag.produced()
        && lag.endOffset() - lag.committed() >= 2 * lag.produced();
  }

  static void fallsBehind(Argument argument, CaseFile file, Subject subject) {
    lags(file, group(subject)).stream()
        .filter(s -> behind(s.fact()))
        .findFirst()
        .ifPresent(
            s ->
                argument.tells(
                    2.5,
                    s.observation(),
                    CauseWords.LAG_GROWS,
                    s.fact().group(),
                    s.fact().topic() + "-" + s.fact().partition(),
                    s.fact().advanced(),
                    s.fact().produced()));
  }

  static void stable(Argument argument, CaseFile file, Subject subject) {
    seen(file, group(subject))
        .filter(s -> s.fact().state().equals("Stable") && s.fact().members() > 0)
        .ifPresent(
            s ->
                argument.fits(
                    1,
                    s.observation(),
                    CauseWords.GROUP_STABLE,
                    s.fact().group(),
                    s.fact().members()));
  }

  /** Coordinators that a client misses; a broker that is suspected anyway explains it by itself. */
  static List<Subject> coordinators(CaseFile file) {
    return gone(file).stream()
        .map(s -> coordinator(file, s.fact()))
        .filter(b -> b >= 0 && !file.suspects().contains(b))
        .distinct()
        .map(b -> Subject.broker(b, file.hostOf(b)))
        .toList();
  }

  private static List<Seen<Fact.Logged>> gone(CaseFile file) {
    return file.of(Fact.Logged.class).stream()
        .filter(s -> s.fact().sign() == LogSign.COORDINATOR_GONE)
        .filter(s -> !foundAgain(file, s.fact()))
        .toList();
  }

  /** Every group looks for its coordinator at first: one that rebalanced since has found it. */
  private static boolean foundAgain(CaseFile file, Fact.Logged gone) {
    return !gone.about().isEmpty()
        && file.of(Fact.Logged.class).stream()
            .map(Seen::fact)
            .filter(said -> said.sign() == LogSign.GROUP_REBALANCES)
            .filter(said -> said.about().equals(gone.about()))
            .anyMatch(said -> said.lastWallMs() > gone.lastWallMs());
  }

  /** The group misses its coordinator, and has not found it since. */
  static Rule missesCoordinator(Says how, double weight) {
    return (argument, file, subject) ->
        gone(file).stream()
            .filter(s -> s.fact().about().isEmpty() || s.fact().about().equals(group(subject)))
            .findFirst()
            .ifPresent(
                s ->
                    Signs.say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.LOGGED,
                        s.fact().log(),
                        s.fact().sign(),
                        s.fact().count()));
  }

  private static int coordinator(CaseFile file, Fact.Logged said) {
    return said.brokerId() >= 0
        ? said.brokerId()
        : seen(file, said.about()).map(s -> s.fact().coordinatorId()).orElse(-1);
  }

  /** All that miss theirs miss this one; where several are missed it is no single broker. */
  static void coordinatorGone(Argument argument, CaseFile file, Subject subject) {
    var all = gone(file);
    var missed = new TreeSet<Integer>();
    var groups = new TreeSet<String>();
    Observation last = all.getLast().observation();
    for (var seen : all) {
      int broker = coordinator(file, seen.fact());
      missed.add(broker);
      if (broker == subject.brokerId()) {
        groups.add(seen.fact().about().isEmpty() ? seen.fact().log() : seen.fact().about());
        last = seen.observation();
      }
    }
    missed.remove(-1);
    if (missed.size() == 1) {
      argument.tells(2, last, CauseWords.COORDINATOR_MISSED, groups, subject.brokerId());
    } else {
      argument.against(3, last, CauseWords.COORDINATORS_MISSED, missed);
    }
  }

  static void othersStable(Argument argument, CaseFile file, Subject subject) {
    file.of(GroupSeen.class).reversed().stream()
        .filter(s -> s.fact().state().equals("Stable"))
        .filter(s -> s.fact().coordinatorId() >= 0)
        .filter(s -> s.fact().coordinatorId() != subject.brokerId())
        .findFirst()
        .ifPresent(
            s ->
                argument.fits(
                    1,
                    s.observation(),
                    CauseWords.GROUP_STABLE_AT,
                    s.fact().group(),
                    s.fact().coordinatorId()));
  }

  /** Asked for a group of this coordinator, it said that it is none, or not yet. */
  static void refusedByCoordinator(Argument argument, CaseFile file, Subject subject) {
    file.of(Called.class).reversed().stream()
        .filter(s -> GONE.contains(s.fact().code()))
        .filter(s -> ofCoordinator(file, s.fact().of(), subject.brokerId()))
        .findFirst()
        .ifPresent(
            s ->
                argument.decides(
                    2,
                    s.observation(),
                    CauseWords.CODED,
                    s.fact().call(),
                    s.fact().of(),
                    s.fact().code()));
  }

  private static boolean ofCoordinator(CaseFile file, String of, int broker) {
    return of.equals(String.valueOf(broker))
        || gone(file).stream()
            .anyMatch(s -> s.fact().about().equals(of) && coordinator(file, s.fact()) == broker);
  }
}
