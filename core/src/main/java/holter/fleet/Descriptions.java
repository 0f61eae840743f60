package holter.fleet;

/** What beats tell of their senders beside being heard. */
final class Descriptions {
  private Descriptions() {}

  /** Whether a beat describes its sender as it is known. */
  static boolean same(KnownInstance was, Beat beat) {
    return was.incarnation().equals(beat.from().incarnation())
        && was.kind() == beat.from().kind()
        && was.intervalMs() == beat.intervalMs()
        && was.answerAt().equals(beat.answerAt())
        && was.host().equals(beat.host());
  }

  /** The same instance in another life. */
  static KnownInstance inLife(KnownInstance was, Incarnation life) {
    return new KnownInstance(
        was.id(), life, was.kind(), was.intervalMs(), was.answerAt(), was.host(), 0);
  }

  /** The sender of a beat; when it was heard is the table's to say. */
  static KnownInstance of(Beat beat) {
    return new KnownInstance(
        beat.from().id(),
        beat.from().incarnation(),
        beat.from().kind(),
        beat.intervalMs(),
        beat.answerAt(),
        beat.host(),
        0);
  }
}
