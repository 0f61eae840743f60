package holter.detect;

import static holter.detect.Cases.DEAF_HOST_DOWN;
import static holter.detect.Cases.NOW_MS;
import static holter.detect.Cases.answered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A beat loop that stands still by its own word, and a proof that silence does not unsay. */
class HungTest {
  private static Cases c() {
    return new Cases();
  }

  private static void assertDead(Cases c, DeathProof proof) {
    assertThat(c.ruled()).isEqualTo(new Verdict.Dead(NOW_MS, proof));
  }

  @Test
  void answeringTwiceWithoutProgressIsHung() {
    assertThat(c().misses(2, 2, 0).asked(answered(5_000)).ruled())
        .isInstanceOf(Verdict.Suspect.class);
    assertDead(c().misses(2, 2, 0).asked(answered(5_000)).asked(answered(5_500)), DeathProof.HUNG);
  }

  @Test
  void aHungBeatLoopIsProvedByItsOwnWordOnUnprovedPathsToo() {
    assertDead(c().late(1).asked(answered(2_300)).asked(answered(2_700)), DeathProof.HUNG);
  }

  @Test
  void aBeatLoopThatMissedOneTurnIsNotHung() {
    assertThat(c().late(1).asked(answered(1_800)).asked(answered(2_200)).judge()).isNull();
  }

  @Test
  void whoseBeatLoopJustStoppedIsNotHeldForItsPath() {
    var suspect = new Verdict.Suspect(NOW_MS - 1_000);
    var c = c().verdict(suspect).misses(3, 3, 0).asked(answered(900)).asked(answered(3_100));
    assertThat(c.judge()).isNull();
  }

  @Test
  void aLoopThatTurnedBetweenTwoAnswersIsNotHung() {
    var c = c().late(1).asked(answered(2_300));
    c.asked(new ProbeOutcome.Answered(3, 41, 100, 7, 2_300));
    assertThat(c.judge()).isNull();
  }

  @Test
  void aWorkerWhoseWorkMovesIsNotHung() {
    var c = c().late(1).asked(answered(2_300));
    c.asked(new ProbeOutcome.Answered(3, 40, 100, 8, 2_700));
    assertThat(c.judge()).isNull();
  }

  @Test
  void aHostThatStaysSilentDoesNotUnsayThatItIsGone() {
    var gone = new Verdict.Dead(NOW_MS - 2_500, DeathProof.HOST_GONE);
    var c = c().verdict(gone).misses(0, 0, 5);
    for (int i = 0; i < 4; i++) {
      c.asked(DEAF_HOST_DOWN);
    }
    assertThat(c.ruled()).isEqualTo(gone);
  }
}
