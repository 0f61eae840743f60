package holter.server.log;

/**
 * One entry of a log: its dated line and what follows it without a date, as stack traces and
 * hard-wrapped lines do.
 *
 * @param wallMs by the reader's clock: zone and skew are taken out
 * @param text with line breaks, bounded
 */
record LogEntry(long wallMs, String text) {
  /** The first line, for people. */
  String firstLine() {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
