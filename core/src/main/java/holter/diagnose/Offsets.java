package holter.diagnose;

import static holter.diagnose.Signs.say;

import holter.diagnose.ClusterFact.GroupLag;
import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.List;
import java.util.TreeSet;

/** Where groups stand against the two ends of a log. */
final class Offsets {
  private Offsets() {}

  /** Topics whose oldest record left is newer than a group's place, or than what a reader asked. */
  static List<Subject> topicsAhead(CaseFile file) {
    var topics = new TreeSet<String>();
    for (var seen : file.of(GroupLag.class)) {
      if (before(seen.fact())) {
        topics.add(seen.fact().topic());
      }
    }
    for (var seen : file.of(Fact.Logged.class)) {
      if (seen.fact().sign() == LogSign.OFFSET_OUT_OF_RANGE && !seen.fact().about().isEmpty()) {
        topics.add(Signs.topic(seen.fact().about()));
      }
    }
    return topics.stream().map(t -> Subject.of(What.TOPIC, t)).toList();
  }

  private static boolean before(GroupLag lag) {
    return lag.committed() >= 0 && lag.committed() < lag.startOffset();
  }

  static boolean past(GroupLag lag) {
    return lag.committed() > lag.endOffset() && lag.endOffset() >= 0;
  }

  /** Of a group with members; one that nobody uses any more stands behind, and harms nobody. */
  static void beforeStart(Argument argument, CaseFile file, Subject subject) {
    var behind = of(file, subject).stream().filter(s -> before(s.fact())).toList();
    var used = behind.stream().filter(s -> members(file, s.fact().group()) > 0).findFirst();
    used.or(() -> behind.stream().findFirst())
        .ifPresent(
            s ->
                say(
                    argument,
                    used.isPresent() ? Says.DECIDES : Says.FITS,
                    used.isPresent() ? 3 : 0.5,
                    s.observation(),
                    CauseWords.GROUP_BEFORE_START,
                    s.fact().group(),
                    s.fact().committed(),
                    s.fact().topic() + "-" + s.fact().partition(),
                    s.fact().startOffset()));
  }

  private static int members(CaseFile file, String group) {
    return file.of(ClusterFact.GroupSeen.class).reversed().stream()
        .map(Seen::fact)
        .filter(g -> g.group().equals(group))
        .mapToInt(ClusterFact.GroupSeen::members)
        .findFirst()
        .orElse(0);
  }

  /** Segments were deleted by retention, and a reader asked for what is out of range. */
  static void deletedUnread(Argument argument, CaseFile file, Subject subject) {
    boolean asked = Signs.sighting(file, subject, LogSign.OFFSET_OUT_OF_RANGE).isPresent();
    Signs.logged(asked ? Says.DECIDES : Says.FITS, asked ? 2 : 1, LogSign.RETENTION_DELETED)
        .weigh(argument, file, subject);
  }

  /** A group stands where the log does not reach any more: its end went down. */
  static Rule pastEnd(Says how, double weight) {
    return (argument, file, subject) ->
        of(file, subject).stream()
            .filter(s -> past(s.fact()))
            .findFirst()
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.GROUP_PAST_END,
                        s.fact().group(),
                        s.fact().committed(),
                        s.fact().topic() + "-" + s.fact().partition(),
                        s.fact().endOffset()));
  }

  private static List<Seen<GroupLag>> of(CaseFile file, Subject subject) {
    var group = subject.name(What.GROUP);
    return file.of(GroupLag.class).stream()
        .filter(s -> subject.name(What.TOPIC).filter(s.fact().topic()::equals).isPresent())
        .filter(s -> group.isEmpty() || group.get().equals(s.fact().group()))
        .toList();
  }
}
