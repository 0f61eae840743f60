package holter.channel;

import holter.words.Sentence;

/** What we hold one partition's path to be. Unknown is neither healthy nor sick. */
public sealed interface PathState {
  /** Nothing proved yet, or the proof is stale. */
  record Unknown(Sentence missing) implements PathState {}

  /** Proved end to end again and again, first by a sample that was sent at {@code sinceMs}. */
  record Healthy(long sinceMs) implements PathState {}

  /**
   * @param kind in which way
   * @param sinceMs engine time of the first bad sample of this spell
   * @param subjectBrokerId the broker to look at: the leader, or for {@link Sickness#ISR} the
   *     follower common to the frozen ISRs; −1 when not known
   */
  record Sick(Sickness kind, long sinceMs, int subjectBrokerId) implements PathState {}
}
