package holter.agent;

/** A way that beats take. */
interface BeatPath {
  /** Takes a beat, or leaves it; never waits. Called by the beat loop only. */
  void offer(Beat beat);

  /** Waits for what was taken, no longer than until {@code deadlineNanos}, and ends. */
  void close(long deadlineNanos);
}
