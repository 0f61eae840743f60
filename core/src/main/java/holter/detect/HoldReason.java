package holter.detect;

import holter.words.Phrase;

/** Why a restart is held; the same words in log, metric, API and record. */
public enum HoldReason implements Phrase {
  CHANNEL_PARTITION("its silence falls on sick partitions"),
  CHANNEL_ALL("every path is sick or unknown"),
  OBSERVER_GRACE("Holter itself was not listening"),
  PROBE_PATH("the way to ask it is sick"),
  HOST_PATH("its host answers nothing, or its way to Kafka is sick"),
  COHORT("many fell silent with a common cause"),
  BUDGET("the restart budget is spent"),
  BREAKER("the breaker is open: inferred deaths are not acted on"),
  NOT_LEADER("this replica does not lead");

  private final String english;

  HoldReason(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
