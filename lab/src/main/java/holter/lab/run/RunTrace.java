package holter.lab.run;

import holter.lab.fleet.TruthLog;
import holter.lab.scenario.Scenario;
import holter.lab.witness.Bite;
import holter.lab.witness.Counterfactual;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one run left behind, in the lab's one clock: what a result is made from.
 *
 * @param scenario as it was run
 * @param calmMs when the timeline began
 * @param endMs when it ended
 * @param truth what really happened
 * @param restarts what the runner was asked for
 * @param sightings what could be seen of Holter from outside
 * @param states each step of each verdict, as Holter's audit told it
 * @param bites per injection what the witness felt of it; absent where it hits no path
 * @param directory how registrations went
 * @param plain what a plain timeout would have done
 * @param led who led, and what leaders ordered
 * @param leaders who led partitions, by the cluster's own word
 * @param applied the plan of Kubernetes that was consented to
 */
record RunTrace(
    Scenario scenario,
    long calmMs,
    long endMs,
    List<TruthLog.Event> truth,
    List<TruthLog.Restart> restarts,
    Sightings sightings,
    List<StateWatch.Change> states,
    Map<Integer, Bite> bites,
    Dials directory,
    Plain plain,
    Led led,
    List<LeadersWatch.Look> leaders,
    Optional<Consent.Applied> applied) {

  /** How registrations went, and which were wrong at the end. */
  record Dials(List<DirectoryWatch.Visible> seen, List<DirectoryWatch.Wrong> wrongAtEnd) {}

  /** What a plain timeout would have done, and for how long each partition gave nothing. */
  record Plain(List<Counterfactual.WouldRestart> restarts, Map<Integer, Long> longestUnreadMs) {}

  /** Leaderships that were seen, and every order that reached the runner. */
  record Led(List<LeaderSight.Led> seen, List<TruthLog.Order> orders) {}

  /** Seconds since the calm start, to the hundredth. */
  double seconds(long atMs) {
    return Math.round((atMs - calmMs) / 10.0) / 100.0;
  }
}
