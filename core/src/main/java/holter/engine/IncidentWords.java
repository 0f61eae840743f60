package holter.engine;

import holter.words.Phrase;

/** What timelines and roster decisions say. */
public enum IncidentWords implements Phrase {
  OPENED("incident opened"),
  RECALLED("Holter was restarted; the incident goes on"),
  PATH_SICK("partition {0} is sick ({1}); leader {2}, to be looked at: broker {3} on host {4}"),
  PATH_HEALED("partition {0} is healthy"),
  PATH_UNKNOWN("partition {0} is unknown"),
  LEADER_MOVED("the leader of partition {0} moved from {1} to {2}"),
  NAMED("named: partitions {0}, broker {1}, host {2}"),
  HELD("{0} is held by rule {1}"),
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
  RETURNED("known from before our own restart, not yet heard again");

  private final String english;

  IncidentWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
