package holter.server.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Consumer;

/**
 * Cuts a log into entries. Dated lines begin {@code [yyyy-MM-dd HH:mm:ss,SSS]}, in local time
 * without a zone, in every version since 0.10; all else belongs to the entry before it. What stands
 * before the first date, as when a log is read from its middle, is dropped. Binary garbage is text
 * like any other.
 */
final class EntryReader {
  /** An entry's text is cut here: a stack trace says what it has to say in its first lines. */
  static final int TEXT_MAX = 4096;

  private static final int DATE_LENGTH = 25;

  private final ZoneId zone;
  private final long skewMs;
  private final Consumer<LogEntry> out;
  private final StringBuilder text = new StringBuilder();
  private long wallMs = -1;
  private String hour = "";
  private long hourWallMs;

  /**
   * @param zone of the log's clock
   * @param skewMs how far that clock is ahead of the reader's
   */
  EntryReader(ZoneId zone, long skewMs, Consumer<LogEntry> out) {
    this.zone = zone;
    this.skewMs = skewMs;
    this.out = out;
  }

  /**
   * Reads one file, or the end of one. A last line that is only half written counts as it stands.
   */
  void read(byte[] bytes) {
    int begin = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '\n') {
        int end = at > begin && bytes[at - 1] == '\r' ? at - 1 : at;
        line(bytes, begin, end);
        begin = at + 1;
      }
    }
    flush();
  }

  private void line(byte[] bytes, int begin, int end) {
    long dated = date(bytes, begin, end);
    if (dated >= 0) {
      flush();
      wallMs = dated;
    } else if (wallMs < 0 || end == begin) {
      return;
    }
    int room = TEXT_MAX - text.length();
    if (room > 1) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      int length = Math.min(end - begin, room);
      text.append(new String(bytes, begin, length, StandardCharsets.UTF_8));
    }
  }

  private void flush() {
    if (wallMs >= 0) {
      out.accept(new LogEntry(wallMs - skewMs, text.toString()));
    }
    wallMs = -1;
    text.setLength(0);
  }

  /** The date that a line begins with, in milliseconds; −1 when it begins with none. */
  private long date(byte[] b, int at, int end) {
    if (end - at < DATE_LENGTH
        || b[at] != '['
        || b[at + 5] != '-'
        || b[at + 14] != ':'
        || b[at + 17] != ':'
        || (b[at + 20] != ',' && b[at + 20] != '.')
        || b[at + 24] != ']') {
      return -1;
    }
    int minute = number(b, at + 15, 2);
    int second = number(b, at + 18, 2);
    int ms = number(b, at + 21, 3);
    long hourMs = hour(new String(b, at + 1, 13, StandardCharsets.ISO_8859_1));
    return hourMs < 0 || minute < 0 || second < 0 || ms < 0
        ? -1
        : hourMs + minute * 60_000L + second * 1000L + ms;
  }

  /** The beginning of an hour; the last one is kept, as lines of one hour come together. */
  private long hour(String told) {
    if (!told.equals(hour)) {
      try {
        hourWallMs =
            LocalDateTime.parse(told.replace(' ', 'T') + ":00")
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
      } catch (DateTimeException noDate) {
        hourWallMs = -1;
      }
      hour = told;
    }
    return hourWallMs;
  }

  private static int number(byte[] b, int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return -1;
      }
      value = value * 10 + b[i] - '0';
    }
    return value;
  }
}
