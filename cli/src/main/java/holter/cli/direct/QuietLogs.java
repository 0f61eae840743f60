package holter.cli.direct;

/** Keeps libraries from logging into the output of a verb that people read. */
final class QuietLogs {
  private QuietLogs() {}

  /** Must run before the first logger is made; without effect when the user set a provider. */
  static void silence() {
    if (System.getenv("HOLTER_DEBUG") == null && System.getProperty("slf4j.provider") == null) {
      System.setProperty("slf4j.internal.verbosity", "ERROR");
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }
  }
}
