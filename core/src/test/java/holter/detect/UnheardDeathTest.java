package holter.detect;

import static holter.detect.Cases.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whom we restarted, and what its refused port says before anybody has heard its next life. */
class UnheardDeathTest {
  private static final ProbeOutcome REFUSED = new ProbeOutcome.Refused();
  private static final Verdict JOINING = new Verdict.Joining(NOW_MS - 9_000);

  private static Cases restarted() {
    return new Cases().verdict(JOINING);
  }

  @Test
  void aRestartedOneThatWasUpAndRefusesTwiceDiedUnheard() {
    assertThat(restarted().met(4).asked(REFUSED).ruled()).isEqualTo(JOINING);
    assertThat(restarted().met(4).asked(REFUSED).asked(REFUSED).ruled())
        .isEqualTo(new Verdict.Dead(NOW_MS, DeathProof.PORT_REFUSED));
  }

  @Test
  void aRestartedOneThatWasNotUpYetMayRefuse() {
    assertThat(restarted().met(3).asked(REFUSED).asked(REFUSED).ruled())
        .as("the port that the ended life had open")
        .isEqualTo(JOINING);
  }

  @Test
  void whoIsNotAwaitedIsJudgedByTheLifeThatWasHeard() {
    assertThat(new Cases().met(4).asked(REFUSED).asked(REFUSED).ruled())
        .isInstanceOf(Verdict.Alive.class);
  }

  @Test
  void whoWasDeafWithItsHostAndRefusesNowIsDeadAndStaysSo() {
    var dead = new Verdict.Dead(NOW_MS - 2_000, DeathProof.PORT_REFUSED);
    var deaf = new ProbeOutcome.TimedOut(false, false);
    var c = new Cases().verdict(dead).misses(5, 3, 0).asked(deaf).asked(deaf).asked(deaf);
    assertThat(c.asked(REFUSED).asked(REFUSED).ruled()).isEqualTo(dead);
  }
}
