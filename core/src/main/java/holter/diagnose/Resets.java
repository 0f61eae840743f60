package holter.diagnose;

import holter.diagnose.ClusterFact.GroupLag;
import holter.diagnose.Signs.Says;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules about readers that went elsewhere than they stood, each by its group where it is known. */
final class Resets {
  /** Whose subject is a group. */
  private static final Set<LogSign> OF_GROUPS =
      EnumSet.of(
          LogSign.GROUP_REBALANCES,
          LogSign.POLL_TOO_LATE,
          LogSign.COMMIT_FAILED,
          LogSign.COORDINATOR_GONE);

  /** How a consumer's lines begin, from 1.0 on. */
  private static final Pattern PREFIX = Pattern.compile("groupId=([^\\],]+)");

  private Resets() {}

  /** Topics whose readers' offsets were reset, with the group of each. */
  static List<Subject> subjects(CaseFile file) {
    return file.of(Fact.Logged.class).stream()
        .map(Seen::fact)
        .filter(s -> s.sign() == LogSign.OFFSET_RESET && !s.about().isEmpty())
        .map(
            s -> {
              var topic = Subject.of(What.TOPIC, Signs.topic(s.about()));
              String group = group(file, s);
              return group.isEmpty() ? topic : topic.and(What.GROUP, group);
            })
        .distinct()
        .toList();
  }

  /** Whose log it is: by its line, else by what else stands in that log; or empty. */
  private static String group(CaseFile file, Fact.Logged said) {
    Matcher prefix = PREFIX.matcher(said.sample());
    if (prefix.find()) {
      return prefix.group(1);
    }
    return file.of(Fact.Logged.class).stream()
        .map(Seen::fact)
        .filter(s -> OF_GROUPS.contains(s.sign()) && s.log().equals(said.log()))
        .map(Fact.Logged::about)
        .filter(about -> !about.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** A reset is a loss where the place was out of range; without that it may be a new group's. */
  static void fromOutside(Argument argument, CaseFile file, Subject subject) {
    var behind = behind(file, subject);
    boolean outside =
        behind.isPresent() || last(file, subject, LogSign.OFFSET_OUT_OF_RANGE).isPresent();
    last(file, subject, LogSign.OFFSET_RESET)
        .ifPresent(
            s -> Signs.said(argument, outside ? Says.DECIDES : Says.FITS, outside ? 2.5 : 1, s));
    last(file, subject, LogSign.OFFSET_OUT_OF_RANGE)
        .ifPresent(s -> Signs.said(argument, Says.FITS, 1, s));
    behind.ifPresent(
        s ->
            argument.fits(
                1.5,
                s.observation(),
                CauseWords.GROUP_BEFORE_START,
                s.fact().group(),
                s.fact().committed(),
                s.fact().topic() + "-" + s.fact().partition(),
                s.fact().startOffset()));
  }

  private static Optional<Seen<Fact.Logged>> last(CaseFile file, Subject subject, LogSign sign) {
    String topic = subject.name(What.TOPIC).orElse("");
    String group = subject.name(What.GROUP).orElse("");
    return file.of(Fact.Logged.class).stream()
        .filter(s -> s.fact().sign() == sign && Signs.topic(s.fact().about()).equals(topic))
        .filter(s -> group(file, s.fact()).equals(group))
        .max(Comparator.comparingLong(s -> s.fact().lastWallMs()));
  }

  private static Optional<Seen<GroupLag>> behind(CaseFile file, Subject subject) {
    String topic = subject.name(What.TOPIC).orElse("");
    var group = subject.name(What.GROUP);
    return file.of(GroupLag.class).reversed().stream()
        .filter(s -> s.fact().topic().equals(topic))
        .filter(s -> group.isEmpty() || group.get().equals(s.fact().group()))
        .filter(s -> s.fact().committed() >= 0 && s.fact().committed() < s.fact().startOffset())
        .findFirst();
  }
}
