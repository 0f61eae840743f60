package holter.server.log;

/**
 * The end of one log file that came over the network.
 *
 * @param name for people
 * @param bytes its last bytes, unpacked
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes; nobody compares them
record LogFile(String name, byte[] bytes) {
  /** A collector's log, by its name. */
  static boolean ofCollector(String name) {
    return name.matches("(.*/)?[^/]*\\bgc\\b[^/]*");
  }
}
