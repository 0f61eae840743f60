package holter.diagnose;

import holter.diagnose.ClusterFact.Called;
import holter.diagnose.ClusterFact.GroupSeen;
import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rules about the coordinators of consumer groups. */
final class Coordinators {
  private static final Set<String> GONE =
      Set.of("COORDINATOR_NOT_AVAILABLE", "NOT_COORDINATOR", "COORDINATOR_LOAD_IN_PROGRESS");

  private Coordinators() {}

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
            .filter(
                s -> s.fact().about().isEmpty() || s.fact().about().equals(Groups.group(subject)))
            .findFirst()
            .ifPresent(s -> Signs.said(argument, how, weight, s));
  }

  private static int coordinator(CaseFile file, Fact.Logged said) {
    return said.brokerId() >= 0
        ? said.brokerId()
        : Groups.seen(file, said.about()).map(s -> s.fact().coordinatorId()).orElse(-1);
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
