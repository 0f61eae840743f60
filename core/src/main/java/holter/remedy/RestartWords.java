package holter.remedy;

import holter.words.Phrase;

/** What is said about restarts of single workers, and why there is none. */
public enum RestartWords implements Phrase {
  WHY_FOUND("{0} is held for dead ({2}), and all {1} paths are proved well"),
  WHY_NAMED("you named it, it does not beat, and all {0} paths are proved well"),
  WHY_NOT_READY(
      "you named it, no beat has its name for a key, its pod is not ready, and all {0} paths are"
          + " proved well; that it beats again will not be proved"),
  EFFECT("its pod on {0} goes, and {1} makes another, wherever that finds a place"),
  COST(
      "{0} workers restart: what they hold in memory, or in a volume that goes with the pod, is"
          + " lost"),
  NOT_DONE("{0} is not restarted: {1}"),
  PATHS_NOT_WELL(
      "the paths of partitions {0} are sick or not proved, so its silence proves nothing; heal them"
          + " first"),
  NO_PATHS("no path is known, so its silence proves nothing"),
  BEATS("it beats: its last record is {0} s old"),
  NOT_HEARD(
      "no beat has its name for a key, and its pod is ready: whether it beats is not known; look at"
          + " it yourself"),
  NO_POD("no pod is called so; name it as {0}"),
  MANY_PODS("{0} pods are called so; name it as {1}"),
  LEAVING("its pod is leaving already"),
  NOBODY_MAKES("nobody that is known makes another: {0}"),
  ALL_OF_IT("all {0} workers of {1} would go at once: look for what they have in common"),
  MOST("more than {0} in one plan would hide what they have in common"),
  NO_KUBERNETES("nobody said where its pod is; {0} does");

  private final String english;

  RestartWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
