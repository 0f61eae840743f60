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

  /** Topics whose oldest record left is newer than a group's place. */
  static List<Subject> topicsAhead(CaseFile file) {
    var topics = new TreeSet<String>();
    for (var seen : file.of(GroupLag.class)) {
      if (before(seen.fact())) {
        topics.add(seen.fact().topic());
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

  static void beforeStart(Argument argument, CaseFile file, Subject subject) {
    of(file, subject).stream()
        .filter(s -> before(s.fact()))
        .findFirst()
        .ifPresent(
            s ->
                argument.decides(
                    3,
                    s.observation(),
                    CauseWords.GROUP_BEFORE_START,
                    s.fact().group(),
                    s.fact().committed(),
                    s.fact().topic() + "-" + s.fact().partition(),
                    s.fact().startOffset()));
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
    return file.of(GroupLag.class).stream()
        .filter(s -> subject.name(What.TOPIC).filter(s.fact().topic()::equals).isPresent())
        .toList();
  }
}
