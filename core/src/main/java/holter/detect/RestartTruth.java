package holter.detect;

import holter.words.Phrase;

/** What the process was in truth when the runner came to restart it, by the runner's own look. */
public enum RestartTruth implements Phrase {
  EXITED("exited"),
  STOPPED("stopped"),
  HUNG("running but hung"),
  /** Running and healthy: the one that makes a false restart. */
  HEALTHY("running and healthy"),
  /** The runner could not tell. */
  UNKNOWN("unknown");

  private final String english;

  RestartTruth(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
