package holter.server.log;

/** Numbers of dates in bytes. */
final class Digits {
  private Digits() {}

  /** Ten digits of seconds, with a fraction if any, or thirteen of milliseconds. */
  static long epoch(byte[] b, int at, int end) {
    int digits = 0;
    while (digits < 14 && at + digits < end && digit(b[at + digits])) {
      digits++;
    }
    if ((digits != 10 && digits != 13) || b[at] < '1' || b[at] > '3') {
      return Stamps.NONE;
    }
    long told = 0;
    for (int i = 0; i < digits; i++) {
      told = told * 10 + b[at + i] - '0';
    }
    if (digits == 13) {
      return told;
    }
    int fraction = fractionLength(b, at + 10, end) - 1;
    long ms = 0;
    for (int i = 0; i < 3; i++) {
      ms = ms * 10 + (i < fraction ? b[at + 11 + i] - '0' : 0);
    }
    return told * 1000 + ms;
  }

  static int fractionLength(byte[] b, int at, int end) {
    if (at + 1 >= end || (b[at] != ',' && b[at] != '.') || !digit(b[at + 1])) {
      return 0;
    }
    int length = 1;
    while (at + length < end && length < 10 && digit(b[at + length])) {
      length++;
    }
    return length;
  }

  /** Days since 1970 by the Gregorian calendar (H. Hinnant, days_from_civil). */
  static long days(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long ofEra = y - era * 400;
    long ofYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
  }

  static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  static int number(byte[] b, int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      if (i >= b.length || !digit(b[i])) {
        return -1;
      }
      value = value * 10 + b[i] - '0';
    }
    return value;
  }

  /** How old the process was by the line, in milliseconds; −1 when it does not tell. */
  static long ageMs(byte[] b, int from, int end) {
    int at = from < end && b[from] == '[' ? from + 1 : from;
    long whole = 0;
    int digits = 0;
    while (at < end && digit(b[at]) && digits < 10) {
      whole = whole * 10 + b[at++] - '0';
      digits++;
    }
    int fraction = fractionLength(b, at, end);
    if (digits == 0 || fraction < 2) {
      return -1;
    }
    long ms = 0;
    for (int i = 1; i <= 3; i++) {
      ms = ms * 10 + (i < fraction ? b[at + i] - '0' : 0);
    }
    at += fraction;
    boolean unified = b[from] == '[' && at + 1 < end && b[at] == 's' && b[at + 1] == ']';
    boolean plain = b[from] != '[' && at + 2 < end && b[at] == ':' && b[at + 2] == '[';
    return unified || plain ? whole * 1000 + ms : -1;
  }
}
