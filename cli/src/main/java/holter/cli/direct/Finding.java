package holter.cli.direct;

/**
 * One thing that a check found.
 *
 * @param result what it is held to be
 * @param subject a broker, partition, host, or the area itself
 * @param message what was seen, in the user's language
 * @param hint what to do next; empty when there is nothing
 */
record Finding(Result result, String subject, String message, String hint) {
  /** What a check ends with. Not to know is a result of its own. */
  enum Result {
    PASS,
    WARN,
    FAIL,
    UNKNOWN
  }
}
