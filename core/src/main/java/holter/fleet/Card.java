package holter.fleet;

/**
 * What beats tell of their sender beside being heard, packed: a healthy instance costs little more
 * than this. Immutable.
 */
final class Card {
  /** Longer texts are none that an agent or a group would send. */
  private static final int TEXT_MAX = Short.MAX_VALUE;

  private final String text; // id, boot id, address: one string is smaller than three
  private final short idEnd;
  private final short bootEnd;
  private final int intervalMs;
  private final long life;
  private final SenderKind kind;
  private final String host;

  private Card(InstanceId id, Incarnation life, SenderKind kind, Rest rest) {
    this.text = id.value().concat(life.bootId()).concat(rest.answerAt());
    if (text.length() > TEXT_MAX) {
      throw new IllegalArgumentException("an instance described by more than 32 767 characters");
    }
    this.idEnd = (short) id.value().length();
    this.bootEnd = (short) (idEnd + life.bootId().length());
    this.life = life.counter();
    this.kind = kind;
    this.intervalMs = rest.intervalMs();
    this.host = rest.host();
  }

  private record Rest(int intervalMs, String answerAt, String host) {}

  /**
   * The sender of a beat.
   *
   * @param host its host's name, as all cards of that host share it
   */
  static Card of(Beat beat, String host) {
    var rest = new Rest(clipped(beat.intervalMs()), beat.answerAt(), host);
    return new Card(beat.from().id(), beat.from().incarnation(), beat.from().kind(), rest);
  }

  /** An expected instance; when it was heard is the table's to say. */
  static Card of(KnownInstance known, String host) {
    var rest = new Rest(clipped(known.intervalMs()), known.answerAt(), host);
    return new Card(known.id(), known.incarnation(), known.kind(), rest);
  }

  /** The same instance in another life. */
  Card inLife(Incarnation other) {
    return new Card(id(), other, kind, new Rest(intervalMs, answerAt(), host));
  }

  /** Three weeks are as good as for ever. */
  private static int clipped(long intervalMs) {
    return (int) Math.min(intervalMs, Integer.MAX_VALUE);
  }

  boolean names(InstanceId id) {
    return holds(id.value(), 0, idEnd);
  }

  /** Whether a beat of this instance tells nothing else. */
  boolean describes(Beat beat) {
    var told = beat.from().incarnation();
    return life == told.counter()
        && kind == beat.from().kind()
        && intervalMs == clipped(beat.intervalMs())
        && host.equals(beat.host())
        && holds(told.bootId(), idEnd, bootEnd)
        && holds(beat.answerAt(), bootEnd, text.length());
  }

  private boolean holds(String part, int from, int to) {
    return part.length() == to - from && text.startsWith(part, from);
  }

  InstanceId id() {
    return new InstanceId(text.substring(0, idEnd));
  }

  Incarnation incarnation() {
    return life == 0 && idEnd == bootEnd
        ? Incarnation.NONE
        : new Incarnation(life, text.substring(idEnd, bootEnd));
  }

  /** What is known of the instance, with what the table has to add. */
  KnownInstance known(long paceMs, long heardMs) {
    return new KnownInstance(id(), incarnation(), kind, paceMs, answerAt(), host, heardMs);
  }

  /** The counter of its life. */
  long life() {
    return life;
  }

  String answerAt() {
    return text.substring(bootEnd);
  }

  boolean answers() {
    return bootEnd < text.length();
  }

  /** As declared; 0 when it is not. */
  int intervalMs() {
    return intervalMs;
  }

  SenderKind kind() {
    return kind;
  }

  String host() {
    return host;
  }

  /** Orders by id. */
  static int byId(Card one, Card other) {
    int common = Math.min(one.idEnd, other.idEnd);
    for (int i = 0; i < common; i++) {
      int differs = one.text.charAt(i) - other.text.charAt(i);
      if (differs != 0) {
        return differs;
      }
    }
    return one.idEnd - other.idEnd;
  }
}
