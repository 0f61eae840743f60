package holter.detect;

import holter.words.Phrase;

/** The sentences of verdicts, gates and holds; one spelling for log, audit, API and record. */
public enum VerdictWords implements Phrase {
  NEVER_HEARD("expected, not yet heard"),
  HEARD_FIRST("heard for the first time"),
  HEARD_AGAIN("heard again after {0} ms"),
  REBORN("a new life is heard: incarnation {0}"),
  PLANNED("stops on purpose, expected back within {0} ms"),
  GRACE("Holter itself was not listening; silence of that time counts for nothing"),
  NOT_LEADING("this replica does not lead, another one acts"),
  EXITED("the runner reports its exit with code {0}; silent for {1} slots"),
  REFUSED("silent for {0} slots; its host answers and refuses its port"),
  IDLE("it beats, and its work has not moved for {0} ms; {1} ms are allowed"),
  REFUSED_LATE("a beat is late, and the port that it had open refuses; its host answers"),
  HUNG("silent for {0} slots; it answers, and its beat loop has not turned for {1} ms"),
  HOST_GONE("silent for {0} slots; nothing on its host {1} answers that answered before"),
  SILENT("silent for {0} slots on healthy paths of {1} partitions, and deaf to {2} questions"),
  SILENT_UNASKED("silent for {0} slots on healthy paths; it has no address to ask"),
  LIVES_UNHEARD("silent for {0} slots, yet it answers with progress: its way to Kafka is sick"),
  HOST_SILENT("silent for {0} slots; asked {1} times, and nothing on its host answers"),
  HOST_DOUBTED("silent for {0} slots; others on host {1} fell silent too, or that host is sick"),
  HOST_UNKNOWN("silent for {0} slots; where it runs is not known, and some host's path is sick"),
  PROBE_PATH("silent for {0} slots; none of {1} questions brought any outcome back"),
  ON_SICK_PATHS("silent for {0} slots, none of them on a path proved healthy"),
  ALL_DARK("silent for {0} slots while no path is healthy"),
  MISSED("missed {0} slots on healthy paths"),
  OVERDUE("not heard within {0} ms of its start"),
  LAST_LOOK_ALIVE("the last look does not agree with its death"),
  BREAKER_OPEN("the breaker is open: {0} inferred deaths within {1} s"),
  BREAKER_FALSE("the breaker is open: a restart met a healthy process"),
  BACKOFF("restarted {0} times lately; the next restart waits {1} ms"),
  CRASH_LOOP("{0} restarts within 15 minutes or three lives shorter than 30 s: no more"),
  ANTI_FLAP("restarted by inference {0} s ago; not again by inference within 15 minutes"),
  HOST_BUDGET("another inferred restart on host {0} was {1} s ago"),
  SPENT("the budget of {0} restarts is spent"),
  ORDERED("restart ordered: {0}"),
  ADOPTED("ordered by the leader before us, its answer not seen: {0}"),
  ADVISED("restart advised, and left to you: {0}"),
  RESTART_DONE("restarted; the runner found the old process {0}"),
  RESTART_REFUSED("the runner refused the restart: {0}"),
  RESTART_LOST("the runner did not answer within {0} ms");

  private final String english;

  VerdictWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
