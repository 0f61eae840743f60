package holter.engine;

import holter.detect.HoldReason;
import holter.words.Phrase;

/** What timelines and roster decisions say. */
public enum IncidentWords implements Phrase {
  OPENED("incident opened"),
  NOTICED("incident opened, {0} s after its first symptom"),
  RECALLED("Holter was restarted; the incident goes on"),
  PATH_SICK("partition {0} is sick ({1})"),
  PATH_SICK_LED("partition {0} is sick ({1}); leader {2}"),
  PATH_SICK_OVER("partition {0} is sick ({1}); leader {2}, to be looked at: broker {3}"),
  PATH_SICK_ON("partition {0} is sick ({1}); leader {2}, to be looked at: broker {3} on host {4}"),
  PATH_HEALED("partition {0} is healthy"),
  PATH_UNKNOWN("partition {0} is unknown"),
  LEADER_MOVED("the leader of partition {0} moved from {1} to {2}"),
  LEADER_LOST("partition {0} has lost its leader, broker {1}"),
  LEADER_FOUND("partition {0} has a leader again, broker {1}"),
  NAMED_ONE("named: partition {0}, broker {1}, host {2}"),
  NAMED_BROKER("named: broker {0}"),
  NAMED("named: partitions {0}, broker {1}, host {2}"),
  HELD_CHANNEL_PARTITION("{0} is held: its silence falls on sick partitions ({1})"),
  HELD_CHANNEL_ALL("{0} is held: every path is sick or unknown ({1})"),
  HELD_OBSERVER_GRACE("{0} is held: Holter itself was not listening ({1})"),
  HELD_PROBE_PATH("{0} is held: the way to ask it is sick ({1})"),
  HELD_HOST_PATH("{0} is held: its host answers nothing, or its way to Kafka is sick ({1})"),
  HELD_COHORT("{0} is held: many fell silent with a common cause ({1})"),
  HELD_BUDGET("{0} is held: the restart budget is spent ({1})"),
  HELD_BREAKER("{0} is held: the breaker is open, inferred deaths are not acted on ({1})"),
  HELD_NOT_LEADER("{0} is held: this replica does not lead ({1})"),
  RELEASED("{0} is no longer held"),
  DIED("{0} is dead: {1}"),
  RESTARTING("{0}: restart ordered"),
  RESTARTED("{0}: restarted, the old process was {1}"),
  RESTART_REFUSED("{0}: the restart was not done"),
  EXITED("{0}: the runner reports an exit with code {1}"),
  BACK("{0} beats again"),
  DIAGNOSED_CONFIRMED("diagnosis: {0} confirmed"),
  DIAGNOSED_LIKELY("diagnosis: {0} likely"),
  PAUSED("Holter itself paused for {0} ms, its clock stepped by {1} ms"),
  CLOSED("closed: nothing was sick for {0} s"),
  FORGOTTEN("an operator removed it from the roster"),
  PLANNED("an operator says that it will be down on purpose for {0} ms"),
  SET_FREE("an operator releases it: it may be restarted again"),
  NOTHING_TO_RELEASE("an operator releases it; nothing kept it from being restarted"),
  BREAKER_CLOSED("an operator closes the breaker: inferred deaths may be acted on again"),
  RETURNED("known from before our own restart, not yet heard again");

  private final String english;

  IncidentWords(String english) {
    this.english = english;
  }

  /** That an instance is held, with the reason in words. */
  static IncidentWords held(HoldReason reason) {
    return valueOf("HELD_" + reason.name());
  }

  @Override
  public String english() {
    return english;
  }
}
