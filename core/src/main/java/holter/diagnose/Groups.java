package holter.diagnose;

import holter.diagnose.ClusterFact.GroupLag;
import holter.diagnose.ClusterFact.GroupSeen;
import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about consumer groups and how far they are. */
final class Groups {
  /** Fewer changes than this are a deployment. */
  private static final int MANY = 3;

  /** Rebalances further apart than this, in the mean, are no storm. */
  private static final long STORM_MS = 60_000;

  /** A storm that was quiet this long is over. */
  private static final long QUIET_MS = 120_000;

  /** It takes less than this share of what comes. */
  private static final double BEHIND_SHARE = 0.8;

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

  static String group(Subject subject) {
    return subject.name(What.GROUP).orElse("");
  }

  /** Rebalances close after one another, and lately. */
  static Rule rebalances(Says how, double weight) {
    return (argument, file, subject) ->
        Signs.sighting(file, subject, LogSign.GROUP_REBALANCES)
            .filter(s -> storm(file, s.fact()))
            .ifPresent(s -> Signs.said(argument, how, weight, s));
  }

  /** More often than its late members explain, who bring two rebalances each: out, and in again. */
  static void rebalancesBesides(Argument argument, CaseFile file, Subject subject) {
    int left = 0;
    for (var sign : List.of(LogSign.POLL_TOO_LATE, LogSign.COMMIT_FAILED)) {
      left =
          Math.max(left, Signs.sighting(file, subject, sign).map(s -> s.fact().count()).orElse(0));
    }
    int explained = 2 * left + 1;
    Signs.sighting(file, subject, LogSign.GROUP_REBALANCES)
        .filter(s -> storm(file, s.fact()) && s.fact().count() > explained)
        .ifPresent(s -> Signs.said(argument, Says.AGAINST, 1, s));
  }

  /** Out of its group when it was looked at, or back in it: it lives, and is not reliably there. */
  static void comesAndGoes(Argument argument, CaseFile file, Subject subject) {
    seen(file, group(subject))
        .ifPresent(
            s -> {
              boolean there = s.fact().state().equals("Stable") && s.fact().members() > 0;
              argument.fits(
                  there ? 0.5 : 1,
                  s.observation(),
                  CauseWords.GROUP_IS,
                  s.fact().group(),
                  s.fact().state(),
                  s.fact().members());
            });
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

  static Optional<Seen<GroupSeen>> seen(CaseFile file, String group) {
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

  /** Groups that read less than comes, and have more before them than came meanwhile. */
  static List<Subject> fallingBehind(CaseFile file) {
    return file.of(GroupLag.class).stream()
        .filter(s -> behind(s.fact()) || late(file, s.fact()))
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

  /** Long behind, by a stable group that stands within the log: whoever is out of it is reset. */
  private static boolean late(CaseFile file, GroupLag lag) {
    boolean stands = lag.produced() > 0 && lag.advanced() <= 0;
    return lag.behindMs() > 0
        && !stands
        && lag.committed() >= lag.startOffset()
        && seen(file, lag.group())
            .filter(s -> s.fact().state().equalsIgnoreCase("Stable") && s.fact().members() > 0)
            .isPresent();
  }

  /** Who lost its coordinator lately is late for that; at its start it finds none yet. */
  static void coordinatorGoneLately(Argument argument, CaseFile file, Subject subject) {
    Signs.sighting(file, subject, LogSign.COORDINATOR_GONE)
        .filter(s -> file.nowMs() - s.fact().lastWallMs() <= QUIET_MS)
        .ifPresent(s -> Signs.said(argument, Says.EXCLUDES, 0, s));
  }

  /** Commits are seconds apart, so who is slow may seem to stand: how old its next record is. */
  static void isLate(Argument argument, CaseFile file, Subject subject) {
    lags(file, group(subject)).stream()
        .filter(s -> late(file, s.fact()))
        .max(Comparator.comparingLong(s -> s.fact().behindMs()))
        .ifPresent(
            s ->
                argument.tells(
                    2,
                    s.observation(),
                    CauseWords.GROUP_LATE,
                    s.fact().group(),
                    s.fact().topic() + "-" + s.fact().partition(),
                    s.fact().behindMs() / 1000));
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
}
