package holter.server.log;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a log into entries, piece by piece. An entry begins with a dated line; all that has no date
 * belongs to the entry before it. What stands before the first date, as when a log is read from its
 * middle, is dropped. Binary garbage is text like any other; of UTF-16 the zero bytes are dropped.
 * Holds one entry at a time. Not thread-safe.
 */
final class EntryReader {
  /** An entry's text is cut here: a stack trace says what it has to say in its first lines. */
  static final int TEXT_MAX = 4096;

  /** A line is cut here. */
  private static final int LINE_MAX = 16 * 1024;

  /** So many bytes tell whether a piece is UTF-16. */
  private static final int SAMPLE = 512;

  private final Stamps stamps;
  private final long skewMs;
  private final Consumer<LogEntry> out;
  private final byte[] line = new byte[LINE_MAX];
  private int lineLength;
  private final byte[] text = new byte[TEXT_MAX];
  private int length;
  private long wallMs = Stamps.NONE;

  /**
   * @param skewMs how far the log's clock is ahead of the reader's
   */
  EntryReader(Stamps stamps, long skewMs, Consumer<LogEntry> out) {
    this.stamps = stamps;
    this.skewMs = skewMs;
    this.out = out;
  }

  /**
   * @param zone of the log's clock
   */
  EntryReader(ZoneId zone, long skewMs, Consumer<LogEntry> out) {
    this(new Stamps(zone, Stamps.NONE), skewMs, out);
  }

  /**
   * Reads one file, or the end of one. A last line that is only half written counts as it stands.
   */
  void read(byte[] bytes) {
    feed(bytes, bytes.length);
    end();
  }

  /** Reads the next piece of a file; the array may be changed, and be used again. */
  void feed(byte[] bytes, int count) {
    int size = wide(bytes, count) ? withoutZeros(bytes, count) : count;
    int begin = 0;
    for (int at = 0; at < size; at++) {
      if (bytes[at] == '\n') {
        if (lineLength > 0) {
          keep(bytes, begin, at);
          line(line, 0, lineLength);
          lineLength = 0;
        } else {
          line(bytes, begin, at);
        }
        begin = at + 1;
      }
    }
    keep(bytes, begin, size);
  }

  /** The file ends. */
  void end() {
    if (lineLength > 0) {
      line(line, 0, lineLength);
      lineLength = 0;
    }
    flush();
  }

  private void keep(byte[] bytes, int begin, int end) {
    int more = Math.min(end - begin, LINE_MAX - lineLength);
    System.arraycopy(bytes, begin, line, lineLength, more);
    lineLength += more;
  }

  private static boolean wide(byte[] bytes, int count) {
    int zeros = 0;
    int sample = Math.min(count, SAMPLE);
    for (int at = 0; at < sample; at++) {
      zeros += bytes[at] == 0 ? 1 : 0;
    }
    return zeros * 4 > sample;
  }

  private static int withoutZeros(byte[] bytes, int count) {
    int size = 0;
    for (int at = 0; at < count; at++) {
      boolean mark = at < 2 && (bytes[at] == (byte) 0xFF || bytes[at] == (byte) 0xFE);
      if (bytes[at] != 0 && !mark) {
        bytes[size++] = bytes[at];
      }
    }
    return size;
  }

  private void line(byte[] bytes, int begin, int lineEnd) {
    int end = lineEnd > begin && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    long dated = stamps.date(bytes, begin, end);
    if (dated != Stamps.NONE) {
      flush();
      wallMs = dated;
    } else if (wallMs == Stamps.NONE || end == begin) {
      return;
    }
    int room = TEXT_MAX - length;
    if (room > 1) {
      if (length > 0) {
        text[length++] = '\n';
      }
      int taken = Math.min(end - begin, TEXT_MAX - length);
      System.arraycopy(bytes, begin, text, length, taken);
      length += taken;
    }
  }

  private void flush() {
    if (wallMs != Stamps.NONE) {
      out.accept(new LogEntry(wallMs - skewMs, Arrays.copyOf(text, length)));
    }
    wallMs = Stamps.NONE;
    length = 0;
  }
}
