package holter.server;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.ProbeOutcome;
import holter.detect.ProbeWords;
import holter.detect.RestartTruth;
import holter.words.Sentence;
import org.junit.jupiter.api.Test;

class OwnLookTest {
  private static RestartTruth truth(ProbeOutcome outcome) {
    return OwnLook.told(outcome, 3_000).truth();
  }

  private static ProbeOutcome answered(long beatAgeMs) {
    return new ProbeOutcome.Answered(5, 1, 1, 1, beatAgeMs);
  }

  @Test
  void whoAnswersIsHealthyWhileItsBeatLoopTurnsAndHungWhenItStands() {
    assertThat(truth(answered(200))).isEqualTo(RestartTruth.HEALTHY);
    assertThat(truth(answered(3_001))).isEqualTo(RestartTruth.HUNG);
    assertThat(truth(answered(-1))).isEqualTo(RestartTruth.UNKNOWN);
    assertThat(OwnLook.told(answered(200), 3_000).life()).isEqualTo(5);
  }

  @Test
  void silenceIsHungOnlyWithAWitness() {
    assertThat(truth(new ProbeOutcome.TimedOut(true, true))).isEqualTo(RestartTruth.HUNG);
    assertThat(truth(new ProbeOutcome.TimedOut(true, false))).isEqualTo(RestartTruth.UNKNOWN);
  }

  @Test
  void whatWasNotAskedIsUnknownAndARefusedPortToo() {
    assertThat(truth(new ProbeOutcome.Refused())).isEqualTo(RestartTruth.UNKNOWN);
    assertThat(truth(new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.NO_ADDRESS))))
        .isEqualTo(RestartTruth.UNKNOWN);
  }
}
