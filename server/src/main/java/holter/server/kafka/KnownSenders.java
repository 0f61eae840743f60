package holter.server.kafka;

import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What agents tell of themselves in every beat, made once and used again. A table of fixed size: a
 * sender that finds no place takes another's, who is made anew with its next beat.
 *
 * <p>Thread-safe: entries are immutable, and a lost update costs a making.
 */
final class KnownSenders {
  private static final int SLOTS = 1 << 16;
  private static final int WAYS = 4;

  private final @Nullable Known[] slots = new @Nullable Known[SLOTS];

  /**
   * A sender as its beats describe it, the bytes of the description in one piece: to compare it
   * with strings here and there in the memory took longer than to read the whole beat.
   */
  static final class Known {
    final Beat.Sender sender;
    final String answerAt;
    final String host;
    private final long counter;
    private final long lengths;
    private final byte[] told;

    private Known(InstanceId id, Told told) {
      this.sender =
          new Beat.Sender(
              id, new Incarnation(told.counter, text(told.in, told.boot)), SenderKind.AGENT);
      this.answerAt = text(told.in, told.answerAt);
      this.host = text(told.in, told.host);
      this.counter = told.counter;
      this.lengths = lengths(told);
      this.told =
          (id.value() + sender.incarnation().bootId() + answerAt + host)
              .getBytes(StandardCharsets.US_ASCII);
    }

    private boolean isOf(Told other) {
      int length = length(other.instance);
      return (short) lengths == length && same(0, other.in, other.instance);
    }

    private boolean is(Told other) {
      if (counter != other.counter || lengths != lengths(other)) {
        return false;
      }
      int boot = length(other.instance);
      int answer = boot + length(other.boot);
      return same(boot, other.in, other.boot)
          && same(answer, other.in, other.answerAt)
          && same(answer + length(other.answerAt), other.in, other.host);
    }

    private boolean same(int mine, byte[] in, long span) {
      int from = from(span);
      int length = length(span);
      return Arrays.equals(told, mine, mine + length, in, from, from + length);
    }

    /** Of the four texts, 16 bits each, so that no two descriptions run together. */
    private static long lengths(Told told) {
      return length(told.instance)
          | ((long) length(told.boot) << 16)
          | ((long) length(told.answerAt) << 32)
          | ((long) length(told.host) << 48);
    }
  }

  /** Where in some bytes a beat describes its sender; spans are of ASCII text. */
  static final class Told {
    final byte[] in;
    long instance;
    long counter = -1;
    long boot;
    long answerAt;
    long host;

    Told(byte[] in) {
      this.in = in;
    }

    /** Whether no text of it was unreadable. */
    boolean plain() {
      return instance >= 0 && answerAt >= 0 && host >= 0;
    }
  }

  /** A piece of the bytes, in one number. */
  static long span(int from, int length) {
    return ((long) from << 32) | length;
  }

  private static int from(long span) {
    return (int) (span >>> 32);
  }

  private static int length(long span) {
    return (int) span;
  }

  /** The sender as told now; null when its id is none. */
  @Nullable Known find(Told told) {
    int hash = hash(told.in, told.instance);
    for (int way = 0; way < WAYS; way++) {
      int slot = (hash + way) & (SLOTS - 1);
      Known known = slots[slot];
      if (known == null) {
        return put(slot, told);
      }
      if (known.isOf(told)) {
        return known.is(told) ? known : put(slot, told);
      }
    }
    return put((hash + (hash >>> 30)) & (SLOTS - 1), told);
  }

  private @Nullable Known put(int slot, Told told) {
    InstanceId id;
    try {
      id = BeatMapping.id(text(told.in, told.instance));
    } catch (GarbledBeat nonsense) {
      return null;
    }
    var known = new Known(id, told);
    slots[slot] = known;
    return known;
  }

  private static String text(byte[] in, long span) {
    return new String(in, from(span), length(span), StandardCharsets.US_ASCII);
  }

  private static int hash(byte[] in, long span) {
    int hash = 1;
    int from = from(span);
    for (int at = from; at < from + length(span); at++) {
      hash = 31 * hash + in[at];
    }
    int mixed = hash * 0x9e3779b1;
    return mixed ^ (mixed >>> 15);
  }
}
