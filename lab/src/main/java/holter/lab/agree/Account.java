package holter.lab.agree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What became of the workers of one group in one run, live or simulated: the course of each that
 * died, and the steps of those that lived.
 *
 * @param deaths one course each
 * @param livingSteps every step that Holter made with a worker that lived all the time
 */
record Account(List<Course> deaths, Set<Step> livingSteps) {
  Account {
    deaths = List.copyOf(deaths);
    livingSteps = Set.copyOf(livingSteps);
  }

  /** Holter went from one firm state to another with a worker, by the audit's names. */
  record Step(String from, String to) implements Comparable<Step> {
    @Override
    public int compareTo(Step other) {
      return Comparator.comparing(Step::from).thenComparing(Step::to).compare(this, other);
    }

    @Override
    public String toString() {
      return from + " → " + to;
    }
  }

  /** A suspicion is a question under way; whether it shows at all is a matter of milliseconds. */
  static final String SUSPECT = "Suspect";

  /**
   * One death.
   *
   * @param how killed, stopped, hung; {@code deployed} for a stop on purpose
   * @param states from the one that it was held for when it died to the return of its next life
   * @param verdictS from when it could be seen to the verdict; null when there was none
   */
  record Course(String how, List<String> states, @Nullable Double verdictS) {
    /** In words. */
    String path() {
      return String.join(" → ", states);
    }

    /** Without suspicions, which is what is compared. */
    String decided() {
      var firm = new ArrayList<String>();
      for (var state : states) {
        if (!state.equals(SUSPECT) && (firm.isEmpty() || !firm.getLast().equals(state))) {
          firm.add(state);
        }
      }
      return String.join(" → ", firm);
    }
  }

  /** A change of a worker's state, in milliseconds of any clock. */
  record Change(String worker, long atMs, String from, String to) {}

  /**
   * An end of a worker.
   *
   * @param seenFromMs when somebody could have seen it first: later than {@code atMs} when the
   *     orchestrator itself stood still
   */
  record End(String worker, String how, long atMs, long seenFromMs) {}

  /**
   * Puts changes and ends together.
   *
   * @param workers of whom the account is
   * @param changes in order of time
   */
  static Account of(Set<String> workers, List<Change> changes, List<End> ends) {
    Map<String, List<Change>> each = new HashMap<>();
    for (var change : changes) {
      if (workers.contains(change.worker())) {
        each.computeIfAbsent(change.worker(), name -> new ArrayList<>()).add(change);
      }
    }
    var courses = new ArrayList<Course>();
    var dead = new HashSet<String>();
    for (var end : ends) {
      if (workers.contains(end.worker())) {
        dead.add(end.worker());
        courses.add(course(end, each.getOrDefault(end.worker(), List.of())));
      }
    }
    var steps = new TreeSet<Step>();
    each.forEach(
        (worker, itsChanges) -> {
          if (!dead.contains(worker)) {
            steps.addAll(steps(itsChanges));
          }
        });
    return new Account(courses, steps);
  }

  /** Steps from one firm state to another; a suspicion that came to nothing is none. */
  private static List<Step> steps(List<Change> changes) {
    var steps = new ArrayList<Step>();
    String firm = "Alive";
    for (var change : changes) {
      firm = change.from().equals(SUSPECT) ? firm : change.from();
      if (!change.to().equals(SUSPECT) && !change.to().equals(firm)) {
        steps.add(new Step(firm, change.to()));
        firm = change.to();
      }
    }
    return steps;
  }

  private static Course course(End end, List<Change> changes) {
    var states = new ArrayList<String>();
    states.add("Alive");
    Double verdictS = null;
    boolean restarted = false;
    for (var change : changes) {
      if (change.atMs() < end.atMs()) {
        states.set(0, change.to());
        continue;
      }
      if (states.size() == 1) {
        states.set(0, change.from());
      }
      states.add(change.to());
      if (verdictS == null && change.to().startsWith("Dead(")) {
        verdictS = Math.max(0, change.atMs() - end.seenFromMs()) / 1e3;
      }
      restarted |= change.to().equals("Restarting") || change.to().equals("Planned");
      if (restarted && change.to().equals("Alive")) {
        break;
      }
    }
    return new Course(end.how(), List.copyOf(states), verdictS);
  }
}
