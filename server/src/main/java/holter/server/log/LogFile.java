package holter.server.log;

/**
 * The end of one log file.
 *
 * @param name for people
 * @param bytes its last bytes, unpacked
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes; nobody compares them
record LogFile(String name, byte[] bytes) {}
