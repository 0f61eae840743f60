package holter.detect;

import holter.words.Sentence;

/** What came of asking an instance directly, over a path that is not Kafka. */
public sealed interface ProbeOutcome {
  /**
   * It answered.
   *
   * @param incarnationCounter of the life that answered
   * @param seq its last beat's sequence number
   * @param lastAckAgeMs milliseconds since a leader last acknowledged a beat; −1 for never
   * @param workProgress its work counter; −1 when it has none
   * @param beatAgeMs milliseconds since its beat loop last turned, by its own monotonic clock
   */
  record Answered(
      long incarnationCounter, long seq, long lastAckAgeMs, long workProgress, long beatAgeMs)
      implements ProbeOutcome {}

  /** Its host is up and refused the connection: nobody listens there. */
  record Refused() implements ProbeOutcome {}

  /**
   * No answer in time.
   *
   * @param connected whether TCP connected before the silence
   * @param hostAnswered whether anything else on that host answered in the same window
   */
  record TimedOut(boolean connected, boolean hostAnswered) implements ProbeOutcome {}

  /** It could not be asked at all: no address, or one outside the allow-list. */
  record NotAsked(Sentence why) implements ProbeOutcome {}
}
