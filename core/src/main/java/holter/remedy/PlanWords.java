package holter.remedy;

import holter.words.Phrase;

/** What plans say: why, to what effect, at what cost, and why not. */
public enum PlanWords implements Phrase {
  LEADS_WHILE_SICK("broker {0} leads it and is sick; broker {1} has all its records"),
  WILL_LEAD("broker {0} on {1} leads {2}"),
  WILL_LEAD_SOMEWHERE("broker {0} leads {1}"),
  ONLY_IN_SYNC(
      "{0} stays: only broker {1} is in sync, and a leader outside the ISR would lose records"),
  NO_OTHER_WELL("{0} stays: the others in sync ({1}) are sick as well, or on the same host"),
  MOVES_ALREADY("{0} stays: a reassignment of it is under way; wait, or end it first"),
  NO_LEADER("{0} has no leader: there is none to move"),
  NONE_LED("broker {0} leads nothing: there is no leader to move"),
  TOO_OLD(
      "these brokers take no order of replicas by request (2.4 and later do); run the two"
          + " commands"),
  TOO_OLD_FILE("write to {0}: {1}"),
  COST_ACKS_1(
      "records sent with acks=1 that no follower has yet are lost with each move; with acks=all"
          + " none"),
  COST_REFRESH("clients of {0} partitions learn a new leader, one retry each"),
  COST_LOAD("{0} more partitions are led by broker {1}, which led {2}"),
  MADE("plan {0} was made: {1} steps"),
  SUGGESTED(
      "plan {0} moves {1} leaders off broker {2}; nobody has consented yet; to apply it: {3}"),
  APPLYING("plan {0} moves {1} leaders off broker {2}, by standing consent"),
  APPLIED("plan {0}: {1} of {2} leaders moved, {3} ms after the plan was begun"),
  PROVED("plan {0}: the paths of the moved leaders are well"),
  TAKEN_BACK("plan {0}: the paths did not become well; everything is as it was"),
  NOT_APPLIED("plan {0}: {1}"),
  ROOM_SUGGESTED(
      "plan {0}: {1} steps in Kubernetes make room on {2}; nobody has consented yet; to apply it:"
          + " {3}"),
  STANDING_NOT_ENOUGH("plan {0} is not begun unasked: {1}"),
  COOLS_DOWN("another was, less than {0} minutes ago"),
  LAST_NOT_CURED("plan {0} was, and did not help; not again until Holter is started anew"),
  PAST_UNREAD("plans and their journals cannot be read or written: {0}"),
  NEVER_UNASKED("{0} is never done unasked"),
  KIND_NOT_NAMED("{0} is not among remedies.autoKinds"),
  KIND_NOT_EARNED("of the plans with {0}, {1} in a row helped, and {2} must have"),
  NO_ROOM("nothing can be planned in Kubernetes for {0}: {1}"),
  CONSENTED("plan {0} was consented to: {1}"),
  STEP_DONE("plan {0}, step {1} is done: {2} {3}"),
  STEP_FOUND("plan {0}, step {1} had been done by somebody else: {2}"),
  STEP_FAILED("plan {0}, step {1} failed: {2}: {3}"),
  PROVED_BY("plan {0} is proved: {1}"),
  PROMISES("the network of {0}: {1} % full now, {2} % promised; it is measured afterwards"),
  UNPROVED("plan {0} is not proved wholly: {1}"),
  NO_RELIEF("plan {0} did not bring what it promised; its steps in Kubernetes are taken back: {1}"),
  UNDO_BEGUN("plan {0} is taken back: {1}"),
  STEP_UNDONE("plan {0}, step {1} is taken back: {2}"),
  STEP_STUCK("plan {0}, step {1} could not be taken back: {2}: {3}"),
  NOTHING_PLANNED("no leader can move off broker {0}: {1}"),
  STOPPED("stopped by the kill switch; it goes on when that is let go"),
  NO_STEP("the plan has no step"),
  NO_CONSENT("nobody has consented to {0}"),
  EXPIRED("plan {0} has expired: the cluster may have moved on; make another"),
  CURED("the symptom is gone"),
  NOT_MEASURED(
      "all is done and the paths are well; whether it brought what it promised could not be"
          + " measured"),
  FAILED("step {0} failed, and those after it were not begun"),
  NOTHING_DONE("no step could be done"),
  ALL_UNDONE("everything is as it was"),
  UNDONE_BUT("what can be taken back is as it was; gone for good: {0}"),
  UNDO_FAILED("not everything could be taken back: look yourself");

  private final String english;

  PlanWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
