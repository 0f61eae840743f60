package holter.cli.lab;

/** Keeps the log lines of the lab's own Kafka clients off the terminal. */
final class QuietLogs {
  private QuietLogs() {}

  /** Must be called before the first logger is made. */
  static void set() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-lab.xml");
    }
  }
}
