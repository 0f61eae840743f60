package holter.lab.agree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One kind of death, or the living, of one group in one scenario: live beside simulated.
 *
 * @param scenario its name
 * @param group name of the group
 * @param how killed, stopped, hung, deployed; {@code living}
 * @param live how many live courses
 * @param liveWays courses, or the steps of the living, as they were live
 * @param onlyLive those of them that no simulated trial has
 * @param missing what the simulation does as a rule, and no live one did
 * @param liveP50 seconds to the verdict; null when there was none
 * @param simP50 the same, simulated
 */
record Agreement(
    String scenario,
    String group,
    String how,
    int live,
    List<String> liveWays,
    List<String> onlyLive,
    List<String> missing,
    @Nullable Double liveP50,
    @Nullable Double simP50) {
  /** As much as two medians may differ. */
  static final double P50_MAX_S = 0.5;

  /** A median of fewer says nothing. */
  static final int P50_OF = 5;

  static final String LIVING = "living";

  /** More than this share of the simulated is a rule. */
  private static final double RULE = 0.5;

  /** Compares all kinds of death of a group, and its living. */
  static List<Agreement> of(String scenario, String group, Account live, List<Account> simulated) {
    var kinds = new TreeSet<String>();
    live.deaths().forEach(course -> kinds.add(course.how()));
    simulated.forEach(trial -> trial.deaths().forEach(course -> kinds.add(course.how())));
    var all = new ArrayList<Agreement>();
    for (var how : kinds) {
      all.add(deaths(scenario, group, how, live, simulated));
    }
    all.add(living(scenario, group, live, simulated));
    return all;
  }

  private static Agreement deaths(
      String scenario, String group, String how, Account live, List<Account> simulated) {
    var lived = live.deaths().stream().filter(course -> course.how().equals(how)).toList();
    var played =
        simulated.stream()
            .flatMap(trial -> trial.deaths().stream())
            .filter(course -> course.how().equals(how))
            .toList();
    var liveWays = new TreeSet<>(lived.stream().map(Account.Course::decided).toList());
    var simWays = new HashSet<>(played.stream().map(Account.Course::decided).toList());
    var missing = new TreeSet<String>();
    for (var way : simWays) {
      long count = played.stream().filter(course -> course.decided().equals(way)).count();
      if (count > RULE * played.size() && !liveWays.contains(way)) {
        missing.add(way);
      }
    }
    return new Agreement(
        scenario,
        group,
        how,
        lived.size(),
        List.copyOf(new TreeSet<>(lived.stream().map(Account.Course::path).toList())),
        without(liveWays, simWays),
        List.copyOf(missing),
        p50(lived),
        p50(played));
  }

  private static Agreement living(
      String scenario, String group, Account live, List<Account> simulated) {
    var liveWays = new TreeSet<String>();
    live.livingSteps().forEach(step -> liveWays.add(step.toString()));
    var simWays = new HashSet<String>();
    simulated.forEach(trial -> trial.livingSteps().forEach(step -> simWays.add(step.toString())));
    var missing = new TreeSet<String>();
    for (var way : simWays) {
      long trials =
          simulated.stream()
              .filter(trial -> trial.livingSteps().stream().anyMatch(s -> s.toString().equals(way)))
              .count();
      if (trials > RULE * simulated.size() && !liveWays.contains(way)) {
        missing.add(way);
      }
    }
    return new Agreement(
        scenario,
        group,
        LIVING,
        0,
        List.copyOf(liveWays),
        without(liveWays, simWays),
        List.copyOf(missing),
        null,
        null);
  }

  private static List<String> without(Set<String> all, Set<String> known) {
    return all.stream().filter(each -> !known.contains(each)).toList();
  }

  private static @Nullable Double p50(List<Account.Course> courses) {
    var sorted =
        courses.stream().map(Account.Course::verdictS).filter(Objects::nonNull).sorted().toList();
    if (sorted.isEmpty()) {
      return null;
    }
    int half = sorted.size() / 2;
    double low = sorted.get((sorted.size() - 1) / 2);
    return Math.round((low + sorted.get(half)) * 50) / 100.0;
  }

  boolean sameStates() {
    return onlyLive.isEmpty() && missing.isEmpty();
  }

  /** Whether the medians agree; too few, or none on both sides, are not held against it. */
  boolean sameP50() {
    Double here = liveP50;
    Double there = simP50;
    if (here == null || there == null) {
      return here == null && there == null;
    }
    return live < P50_OF || Math.abs(here - there) <= P50_MAX_S;
  }

  boolean agrees() {
    return sameStates() && sameP50();
  }

  /** The difference of the medians, with its sign. */
  String difference() {
    Double here = liveP50;
    Double there = simP50;
    return here == null || there == null ? "" : "%+.2f".formatted(here - there);
  }
}
