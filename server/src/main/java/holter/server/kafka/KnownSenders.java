package holter.server.kafka;

import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import java.nio.charset.StandardCharsets;
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

  /** A sender as its beats describe it. */
  record Known(Beat.Sender sender, String answerAt, String host) {
    private boolean is(Told told) {
      return sender.incarnation().counter() == told.counter
          && same(sender.incarnation().bootId(), told.in, told.boot)
          && same(answerAt, told.in, told.answerAt)
          && same(host, told.in, told.host);
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
      if (same(known.sender.id().value(), told.in, told.instance)) {
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
    var life = new Incarnation(told.counter, text(told.in, told.boot));
    var sender = new Beat.Sender(id, life, SenderKind.AGENT);
    var known = new Known(sender, text(told.in, told.answerAt), text(told.in, told.host));
    slots[slot] = known;
    return known;
  }

  private static String text(byte[] in, long span) {
    return new String(in, from(span), length(span), StandardCharsets.US_ASCII);
  }

  private static boolean same(String text, byte[] in, long span) {
    int length = length(span);
    if (text.length() != length) {
      return false;
    }
    int from = from(span);
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != in[from + i]) {
        return false;
      }
    }
    return true;
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
