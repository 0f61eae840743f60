package holter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A limit that holds a broker back is a cause once somebody feels it. */
class StarvedTest {
  private static final String HOST = "iota-n2";

  /** All paths are just about healthy. */
  private static Evidence answering(double ms, double throttled) {
    return new Evidence()
        .map()
        .healthy(0, 1, 2, 3, 4)
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, ms)
        .calmPeers()
        .pressed(HOST, 0.05, 0.02, 0.5)
        .measured(Metric.CPU_THROTTLED_SHARE, HOST, throttled);
  }

  @Test
  void whoIsThrottledAndAnswersFarLaterThanItsPeersIsStarved() {
    var found = Told.confirmed(answering(200, 0.95), CauseCode.F07, 1001, HOST);
    assertThat(found.speaksFor())
        .extracting(c -> c.claim().phrase())
        .contains(CauseWords.MEASURED, CauseWords.ANSWERS_LATER);
  }

  @Test
  void whoIsThrottledAndAsFastAsItsPeersIsWell() {
    Told.nothing(answering(3, 0.95));
  }

  @Test
  void whoIsLateAndNotThrottledIsNotStarved() {
    Told.not(answering(200, 0), CauseCode.F07);
  }

  @Test
  void aThrottledBrokerIsLookedAtBeforeAFollowerThatSeemsSick() {
    var beside = answering(400, 0.9).sick(0, 1001, holter.channel.Sickness.ISR, 1002);
    assertThat(Told.codes(beside.diagnose())).containsExactly(CauseCode.F07);
  }
}
