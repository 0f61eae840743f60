package holter.server.kafka;

import holter.fleet.Beat;
import holter.server.kafka.KnownSenders.Known;
import holter.server.kafka.KnownSenders.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a beat that is worded just as the agent words it: known keys, no blanks, no escapes, ASCII,
 * no failed sends. It gives up on every other one, which {@link BeatParser} then reads; what it
 * does read, it reads as that one does. Three times as fast, and most beats are such. One instance
 * reads one beat.
 */
final class SwiftParser {
  /** In the order in which the agent writes them; another order costs time only. */
  private enum Key {
    V,
    KIND,
    INSTANCE,
    INCARNATION,
    SEQ,
    INTERVAL_MS,
    PARTITION,
    PARTITIONS,
    SENT_WALL_MS,
    SENT_MONO_MS,
    RESULTS,
    WORK,
    DTUS,
    PLANNED,
    ANSWER_AT,
    HOST,
    AGENT
  }

  private static final Key[] KEYS = Key.values();

  private static final byte[][] WORDS =
      Stream.of(
              "v",
              "kind",
              "instance",
              "incarnation",
              "seq",
              "intervalMs",
              "partition",
              "partitions",
              "sentWallMs",
              "sentMonoMs",
              "results",
              "work",
              "dtus",
              "planned",
              "answerAt",
              "host",
              "agent")
          .map(key -> ascii("\"" + key + "\":"))
          .toArray(byte[][]::new);

  private static final byte[] BEAT = ascii("\"beat\"");
  private static final byte[] N = ascii("{\"n\":");
  private static final byte[] BOOT = ascii(",\"boot\":");
  private static final byte[] COUNT = ascii("{\"count\":");
  private static final byte[] DIGEST = ascii(",\"digest\":");
  private static final byte[] P = ascii("{\"p\":");
  private static final byte[] OF = ascii(",\"seq\":");
  private static final byte[] ACK = ascii(",\"ackMs\":");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private static final int DIGITS_MAX = 18;
  private static final int HEX_DIGITS = 8;
  private static final int PARTITIONS_USUAL_MAX = 128;

  private final byte[] in;
  private final int end;
  private final Told told;
  private int at;
  private boolean kind;
  private boolean planned;
  private long dtus = -1;
  private int digest;
  private long seq = -1;
  private long intervalMs = -1;
  private long partitions;
  private long sentWallMs;
  private long work = -1;
  private @Nullable ToldResults results;

  SwiftParser(byte[] in, int from, int length) {
    this.in = in;
    this.at = from;
    this.end = from + length;
    this.told = new Told(in);
  }

  /** The beat; null when it is not worded so, or no sane beat. */
  @Nullable Beat read(KnownSenders senders, Beat.Place place, long wallNowMs) {
    if (!byteIs('{')) {
      return null;
    }
    int expected = 0;
    do {
      int key = key(expected);
      if (key < 0 || !value(KEYS[key])) {
        return null;
      }
      expected = key + 1;
    } while (byteIs(','));
    boolean sane =
        byteIs('}')
            && kind
            && told.instance != 0
            && told.counter >= 0
            && seq >= 0
            && intervalMs > 0
            && intervalMs <= BeatParser.MAX_INTERVAL_MS;
    Known from = sane ? senders.find(told) : null;
    return from == null
        ? null
        : new Beat(
            from.sender,
            seq,
            intervalMs,
            place,
            BeatMapping.trusted(sentWallMs, wallNowMs),
            work,
            planned,
            results == null ? List.of() : results,
            from.answerAt,
            from.host);
  }

  private int key(int expected) {
    for (int n = 0; n < WORDS.length; n++) {
      int key = expected + n;
      key = key < WORDS.length ? key : key - WORDS.length;
      if (word(WORDS[key])) {
        return key;
      }
    }
    return -1;
  }

  private boolean value(Key key) {
    switch (key) {
      case V, PARTITION, SENT_MONO_MS -> {
        return number() >= 0;
      }
      case KIND -> kind = word(BEAT);
      case INSTANCE -> told.instance = text();
      case INCARNATION -> {
        return incarnation();
      }
      case SEQ -> seq = number();
      case INTERVAL_MS -> intervalMs = number();
      case PARTITIONS -> partitions = number();
      case SENT_WALL_MS -> sentWallMs = number();
      case RESULTS -> {
        return results();
      }
      case WORK -> {
        work = number();
        return work >= 0;
      }
      case DTUS -> {
        return dtus();
      }
      case PLANNED -> {
        planned = word(TRUE);
        return planned || word(FALSE);
      }
      case ANSWER_AT -> told.answerAt = text();
      case HOST -> told.host = text();
      case AGENT -> {
        return text() >= 0;
      }
    }
    return told.plain()
        && partitions >= 0
        && sentWallMs >= 0; // the others are asked for at the end
  }

  /** How many DTUs the sender holds, −1 when it does not tell. */
  int dtuCount() {
    return (int) dtus;
  }

  /** The digest of the DTUs that the sender holds. */
  int dtuDigest() {
    return digest;
  }

  private boolean dtus() {
    dtus = word(COUNT) ? number() : -1;
    return dtus >= 0
        && dtus <= Integer.MAX_VALUE
        && word(DIGEST)
        && byteIs('"')
        && hex()
        && byteIs('"')
        && byteIs('}');
  }

  /** Eight hex digits, as the agent writes them. */
  private boolean hex() {
    int from = at;
    while (at < end && at - from < HEX_DIGITS && Character.digit(in[at], 16) >= 0) {
      digest = digest << 4 | Character.digit(in[at], 16);
      at++;
    }
    return at - from == HEX_DIGITS;
  }

  private boolean incarnation() {
    told.counter = word(N) ? number() : -1;
    told.boot = word(BOOT) ? text() : -1;
    return told.counter >= 0 && told.boot >= 0 && byteIs('}');
  }

  private boolean results() {
    if (!byteIs('[')) {
      return false;
    }
    if (byteIs(']')) {
      results = null;
      return true;
    }
    var read = new ToldResults((int) Math.min(2 * partitions, 2 * PARTITIONS_USUAL_MAX));
    do {
      long partition = word(P) ? number() : -1;
      long of = partition >= 0 && word(OF) ? number() : -1;
      long ackMs = of >= 0 && word(ACK) ? number() : -1;
      if (ackMs < 0 || !byteIs('}') || !read.take(partition, of, ackMs)) {
        return false;
      }
    } while (byteIs(','));
    results = read;
    return byteIs(']');
  }

  /** A whole number as JSON words it, −1 when here is none. */
  private long number() {
    int from = at;
    long number = 0;
    while (at < end && in[at] >= '0' && in[at] <= '9') {
      number = 10 * number + in[at] - '0'; // may overflow beyond the digits allowed below
      at++;
    }
    int digits = at - from;
    boolean zeroFirst = digits > 1 && in[from] == '0';
    return digits == 0 || digits > DIGITS_MAX || zeroFirst ? -1 : number;
  }

  /** The span of a text between quotes, −1 when here is none or it is not plain. */
  private long text() {
    if (!byteIs('"')) {
      return -1;
    }
    int from = at;
    while (at < end && in[at] != '"') {
      if (in[at] < ' ' || in[at] == '\\') { // bytes beyond ASCII are negative
        return -1;
      }
      at++;
    }
    int length = at - from;
    return byteIs('"') && length <= BeatParser.MAX_TEXT ? KnownSenders.span(from, length) : -1;
  }

  private boolean byteIs(char wanted) {
    boolean is = at < end && in[at] == wanted;
    if (is) {
      at++;
    }
    return is;
  }

  private boolean word(byte[] wanted) {
    if (end - at < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (in[at + i] != wanted[i]) {
        return false;
      }
    }
    at += wanted.length;
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
