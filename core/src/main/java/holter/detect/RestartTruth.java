package holter.detect;

/** What the process was in truth when the runner came to restart it, by the runner's own look. */
public enum RestartTruth {
  EXITED,
  STOPPED,
  HUNG,
  /** Running and healthy: the one that makes a false restart. */
  HEALTHY,
  /** The runner could not tell. */
  UNKNOWN
}
