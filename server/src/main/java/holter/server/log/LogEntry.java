package holter.server.log;

import java.nio.charset.StandardCharsets;

/**
 * One entry of a log: its dated line and what follows it without a date, as stack traces and
 * hard-wrapped lines do.
 *
 * @param wallMs by the reader's clock: zone and skew are taken out
 * @param bytes its text with line breaks, bounded, in whatever encoding; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and most are never decoded
record LogEntry(long wallMs, byte[] bytes) {
  /** Decoded; what is no UTF-8 is replaced. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The first line, for people. */
  String firstLine() {
    String text = text();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
