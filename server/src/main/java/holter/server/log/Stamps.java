package holter.server.log;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Reads the date that a line begins with: Kafka's {@code [2023-02-02 18:05:41,431]}, ISO 8601 with
 * or without a zone, log4j2's and logback's named patterns, the epoch in seconds or milliseconds,
 * syslog and {@code dmesg -T}, and the date in a JSON line. A few words may stand before it, as
 * container tools put them. Not thread-safe: the last hour's offset is kept.
 */
final class Stamps {
  /** No date. */
  static final long NONE = -1;

  /** A prefix before the date is no longer than this. */
  private static final int PREFIX_MAX = 80;

  private static final int JSON_MAX = 8192;
  private static final long DAY_MS = 86_400_000;
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  private static final List<String> KEYS =
      List.of(
          "\"@timestamp\"",
          "\"timestamp\"",
          "\"time\"",
          "\"ts\"",
          "\"timeMillis\"",
          "\"epochSecond\"",
          "\"asctime\"",
          "\"date\"");

  private final ZoneId zone;
  private final long writtenMs;
  private final long startedMs;
  private long hour = Long.MIN_VALUE;
  private long hourOffsetMs;

  /**
   * @param zone of dates that tell none
   * @param writtenMs when the file was written last; completes what has no year or no day, −1 to
   *     leave such lines undated
   */
  Stamps(ZoneId zone, long writtenMs) {
    this(zone, writtenMs, NONE);
  }

  /**
   * @param startedMs when the process started whose lines tell its age, {@code [12.345s]} or {@code
   *     12.345: [}, as collectors' logs do; −1 for none
   */
  Stamps(ZoneId zone, long writtenMs, long startedMs) {
    this.zone = zone;
    this.writtenMs = writtenMs;
    this.startedMs = startedMs;
  }

  /** The date of the line in these bytes, in milliseconds; {@link #NONE} when there is none. */
  long date(byte[] b, int from, int end) {
    int at = from;
    if (end - at > 3 && b[at] == (byte) 0xEF && b[at + 1] == (byte) 0xBB) {
      at += 3; // a byte order mark
    }
    if (end - at < 10) {
      return NONE;
    }
    byte first = b[at];
    if (startedMs >= 0) {
      long ageMs = Digits.ageMs(b, at, end);
      if (ageMs >= 0) return startedMs + ageMs;
    }
    if (first == '[') {
      long dated = Digits.digit(b[at + 1]) ? full(b, at + 1, end) : named(b, at + 1, end);
      return dated != NONE ? dated : behindPrefix(b, at, end);
    }
    if (Digits.digit(first)) {
      long dated = full(b, at, end);
      if (dated != NONE) return dated;
      dated = Digits.epoch(b, at, end);
      if (dated != NONE) return dated;
      dated = clock(b, at, end);
      return dated != NONE ? dated : named(b, at, end);
    }
    if (first == '{') {
      return json(b, at, end);
    }
    if (first == ' ' || first == '\t') {
      return NONE;
    }
    long dated = named(b, at, end);
    return dated != NONE ? dated : behindPrefix(b, at, end);
  }

  private long behindPrefix(byte[] b, int from, int end) {
    int last = Math.min(from + PREFIX_MAX, end - 19);
    for (int at = from + 1; at <= last; at++) {
      boolean begins = b[at] == '2' && b[at + 1] == '0' && (b[at + 4] == '-' || b[at + 4] == '/');
      if (begins && !Digits.digit(b[at - 1])) {
        long dated = full(b, at, end);
        if (dated != NONE) return dated;
      }
    }
    return NONE;
  }

  /** {@code yyyy-MM-dd HH:mm:ss}, with a fraction and a zone if there are any. */
  private long full(byte[] b, int at, int end) {
    if (end - at < 19 || (b[at + 4] != '-' && b[at + 4] != '/') || b[at + 7] != b[at + 4]) {
      return NONE;
    }
    int year = Digits.number(b, at, 4);
    int month = Digits.number(b, at + 5, 2);
    int day = Digits.number(b, at + 8, 2);
    byte between = b[at + 10];
    long time = between == ' ' || between == 'T' || between == '_' ? time(b, at + 11, end) : NONE;
    if (time == NONE || year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) {
      return NONE;
    }
    int after = at + 19 + Digits.fractionLength(b, at + 19, end);
    long local = Digits.days(year, month, day) * DAY_MS + time;
    return local - offsetMs(b, after, end, local);
  }

  /** {@code HH:mm:ss[,SSS]} as milliseconds of a day. */
  private static long time(byte[] b, int at, int end) {
    if (end - at < 8 || b[at + 2] != ':' || b[at + 5] != ':') {
      return NONE;
    }
    int hour = Digits.number(b, at, 2);
    int minute = Digits.number(b, at + 3, 2);
    int second = Digits.number(b, at + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return NONE;
    }
    long ms = 0;
    int digits = Digits.fractionLength(b, at + 8, end) - 1;
    for (int i = 0; i < 3; i++) {
      ms = ms * 10 + (i < digits ? b[at + 9 + i] - '0' : 0);
    }
    return ((hour * 60L + minute) * 60 + second) * 1000 + ms;
  }

  /** What the line tells of its zone, else the log's own zone at that hour. */
  private long offsetMs(byte[] b, int from, int end, long local) {
    int at = from < end && b[from] == ' ' ? from + 1 : from;
    if (from < end && b[from] == 'Z') {
      return 0;
    }
    if (at + 4 < end && (b[at] == '+' || b[at] == '-') && Digits.digit(b[at + 1])) {
      int hours = Digits.number(b, at + 1, 2);
      int minutes = Digits.number(b, at + (b[at + 3] == ':' ? 4 : 3), 2);
      if (hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60) {
        return (b[at] == '-' ? -1 : 1) * (hours * 60L + minutes) * 60_000;
      }
    }
    return offsetAt(local);
  }

  private long offsetAt(long local) {
    long thisHour = Math.floorDiv(local, 3_600_000L);
    if (thisHour != hour) {
      hour = thisHour;
      LocalDateTime at =
          LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1000L), 0, ZoneOffset.UTC);
      hourOffsetMs = zone.getRules().getOffset(at).getTotalSeconds() * 1000L;
    }
    return hourOffsetMs;
  }

  /** A time of day alone: of the day before the file was written last, at most. */
  private long clock(byte[] b, int at, int end) {
    long time = time(b, at, end);
    if (time == NONE || writtenMs < 0) {
      return NONE;
    }
    long writtenLocal = writtenMs + offsetAt(writtenMs);
    long local = Math.floorDiv(writtenLocal, DAY_MS) * DAY_MS + time;
    long past = local > writtenLocal + 60_000 ? local - DAY_MS : local;
    return past - offsetAt(past);
  }

  /** Dates with a month's name: log4j's DATE, syslog's and dmesg's. */
  private long named(byte[] b, int from, int end) {
    int at = from;
    if (end - at >= 20 && Digits.digit(b[at]) && b[at + 2] == ' ') { // 02 Feb 2023 18:05:41,431
      return named(
          b, end, month(b, at + 3), Digits.number(b, at, 2), Digits.number(b, at + 7, 4), at + 12);
    }
    boolean weekday = end - at >= 24 && month(b, at) < 0 && b[at + 3] == ' ';
    at += weekday ? 4 : 0; // Thu Feb  2 18:05:41 2023
    if (end - at < 15 || month(b, at) < 0 || b[at + 3] != ' ' || b[at + 6] != ' ') {
      return NONE;
    }
    int day = b[at + 4] == ' ' ? Digits.number(b, at + 5, 1) : Digits.number(b, at + 4, 2);
    int year = end - at >= 20 && b[at + 15] == ' ' ? Digits.number(b, at + 16, 4) : -1;
    return named(b, end, month(b, at), day, year, at + 7);
  }

  private long named(byte[] b, int end, int month, int day, int toldYear, int timeAt) {
    long time = time(b, timeAt, end);
    boolean yearKnown = toldYear >= 1970 || writtenMs >= 0;
    if (time == NONE || month < 1 || day < 1 || day > 31 || !yearKnown) {
      return NONE;
    }
    int year =
        toldYear >= 1970
            ? toldYear
            : java.time.Instant.ofEpochMilli(writtenMs).atZone(zone).getYear();
    long local = Digits.days(year, month, day) * DAY_MS + time;
    if (toldYear < 1970 && local > writtenMs + 2 * DAY_MS) {
      local = Digits.days(year - 1, month, day) * DAY_MS + time;
    }
    return local - offsetAt(local);
  }

  private static int month(byte[] b, int at) {
    for (int i = 0; i < MONTHS.size(); i++) {
      if (is(b, at, b.length, MONTHS.get(i))) return i + 1;
    }
    return -1;
  }

  private long json(byte[] b, int from, int end) {
    int last = Math.min(end, from + JSON_MAX);
    for (int at = from; at < last; at++) {
      if (b[at] != '"' || (at > from && b[at - 1] == '\\')) continue;
      for (String key : KEYS) {
        if (is(b, at, last, key)) {
          long dated = value(b, at + key.length(), last);
          if (dated != NONE) return dated;
        }
      }
    }
    return NONE;
  }

  private long value(byte[] b, int from, int end) {
    int at = from;
    while (at < end && (b[at] == ' ' || b[at] == ':' || b[at] == '"')) {
      at++;
    }
    long dated = full(b, at, end);
    return dated != NONE ? dated : Digits.epoch(b, at, end);
  }

  private static boolean is(byte[] b, int at, int end, String word) {
    if (at + word.length() > end) return false;
    for (int i = 0; i < word.length(); i++) {
      if (b[at + i] != word.charAt(i)) return false;
    }
    return true;
  }
}
