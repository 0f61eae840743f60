package holter.detect;

import static holter.detect.Cases.DEAF_HOST_DOWN;
import static holter.detect.Cases.DEAF_HOST_UP;
import static holter.detect.Cases.NOW_MS;
import static holter.detect.Cases.REFUSED;
import static holter.detect.Cases.answered;
import static org.assertj.core.api.Assertions.assertThat;

import holter.words.Sentence;
import org.junit.jupiter.api.Test;

/** The state table, one claim per rule. */
class StateTableTest {
  private static final Verdict SUSPECT = new Verdict.Suspect(NOW_MS - 3_000);
  private static final Verdict HELD =
      new Verdict.Held(NOW_MS - 9_000, HoldReason.CHANNEL_PARTITION);

  private static Cases c() {
    return new Cases();
  }

  private static void assertDead(Cases c, DeathProof proof) {
    assertThat(c.ruled()).isEqualTo(new Verdict.Dead(NOW_MS, proof));
  }

  private static void assertHeld(Cases c, HoldReason reason) {
    assertThat(c.ruled()).isEqualTo(new Verdict.Held(NOW_MS, reason));
  }

  @Test
  void whoBeatsStaysAlive() {
    assertThat(c().judge()).isNull();
  }

  @Test
  void theFirstCountableMissIsASuspicion() {
    assertThat(c().misses(1, 1, 0).ruled()).isInstanceOf(Verdict.Suspect.class);
  }

  @Test
  void missesOnSickPathsAloneAreNoSuspicion() {
    assertThat(c().misses(0, 0, 2).judge()).isNull();
  }

  @Test
  void oneBeatClearsASuspicionTwoEndAHold() {
    var suspect = c().verdict(SUSPECT);
    suspect.beats = 1;
    assertThat(suspect.ruled()).isInstanceOf(Verdict.Alive.class);
    var held = c().verdict(HELD);
    held.beats = 1;
    assertThat(held.judge()).isNull();
    held.beats = 2;
    assertThat(held.ruled()).isInstanceOf(Verdict.Alive.class);
  }

  @Test
  void anExitIsADeathWithoutAnyMiss() {
    var c = c();
    c.exitCode = 137;
    assertDead(c, DeathProof.EXIT_EVENT);
  }

  @Test
  void inGraceNobodyDies() {
    var c = c().verdict(SUSPECT).misses(0, 0, 9).asked(REFUSED);
    c.grace = true;
    c.exitCode = 1;
    assertHeld(c, HoldReason.OBSERVER_GRACE);
  }

  @Test
  void aRefusedPortAloneKillsNobody() {
    assertThat(c().misses(1, 1, 0).asked(REFUSED).ruled()).isInstanceOf(Verdict.Suspect.class);
  }

  @Test
  void aPortThatThisLifeHadOpenAndThatRefusesIsAProofAtTheFirstMissedBeat() {
    assertDead(c().misses(1, 1, 0).met(3).asked(REFUSED), DeathProof.PORT_REFUSED);
  }

  @Test
  void whileABeatIsOnlyLateThePortMustRefuseTwice() {
    assertThat(c().late(1).met(3).asked(REFUSED).ruled()).isInstanceOf(Verdict.Alive.class);
    assertDead(c().late(1).met(3).asked(REFUSED).asked(REFUSED), DeathProof.PORT_REFUSED);
  }

  @Test
  void anotherLifesOpenPortSaysNothingOfThisOne() {
    assertThat(c().late(1).met(2).asked(REFUSED).asked(REFUSED).ruled())
        .isInstanceOf(Verdict.Alive.class);
  }

  @Test
  void whoBeatsAndWhoseWorkStandsLongerThanAllowedIsDead() {
    assertThat(c().work(60_000, 0).ruled()).as("no limit set").isInstanceOf(Verdict.Alive.class);
    assertThat(c().work(-1, 30_000).ruled()).as("tells none").isInstanceOf(Verdict.Alive.class);
    assertThat(c().work(29_000, 30_000).ruled()).isInstanceOf(Verdict.Alive.class);
    assertDead(c().work(30_000, 30_000), DeathProof.IDLE);
  }

  @Test
  void anIdleOnesBeatsDoNotReviveItAndItsWorkDoes() {
    var dead = new Verdict.Dead(NOW_MS - 2_000, DeathProof.IDLE);
    var idle = c().verdict(dead).work(32_000, 30_000);
    idle.beats = 2;
    assertThat(idle.ruled()).isEqualTo(dead);
    var works = c().verdict(dead).work(0, 30_000);
    works.beats = 1;
    assertThat(works.ruled()).isInstanceOf(Verdict.Alive.class);
  }

  @Test
  void aRefusedPortAndSilenceIsAProof() {
    assertDead(c().verdict(SUSPECT).misses(2, 2, 0).asked(REFUSED), DeathProof.PORT_REFUSED);
  }

  @Test
  void aRefusedPortProvesADeathOnSickPathsToo() {
    assertDead(c().misses(0, 0, 3).asked(REFUSED), DeathProof.PORT_REFUSED);
  }

  @Test
  void whoWasNeverHeardSinceOurStartIsNotDeadByAnOldAddress() {
    var c = c().verdict(new Verdict.Joining(1_000)).misses(0, 0, 9).asked(REFUSED);
    c.ever = false;
    assertThat(c.ruled()).isNotInstanceOf(Verdict.Dead.class);
  }

  @Test
  void silentAndAnsweringWithProgressIsHeldNotDead() {
    assertHeld(c().verdict(SUSPECT).misses(5, 3, 0).asked(answered(300)), HoldReason.HOST_PATH);
  }

  @Test
  void theAnswerOfANewLifeDoesNotAccuseTheHostOfTheOldOne() {
    var c = c().verdict(SUSPECT).misses(5, 3, 0);
    c.asked(new ProbeOutcome.Answered(4, 0, -1, 0, 100));
    assertThat(c.judge()).isNull();
  }

  @Test
  void silenceOnAPathThatIsNeverProvedIsNoSignOfLife() {
    assertThat(c().late(4).foreign().judge()).as("silent for 4 s").isNull();
    var c = c().late(6).foreign();
    c.unheardMs = 6_000;
    assertHeld(c, HoldReason.CHANNEL_PARTITION);
  }

  @Test
  void aSilenceWhileWeDidNotListenAccusesNoPath() {
    var c = c().late(6).foreign();
    c.silentMs = 20_000;
    c.unheardMs = 2_000;
    assertThat(c.judge()).isNull();
  }

  @Test
  void threeMissesOnTwoPartitionsAndThreeDeafAnswersAreAnInference() {
    assertDead(deaf(c().verdict(SUSPECT).misses(3, 2, 0)), DeathProof.SILENCE);
  }

  private static Cases deaf(Cases c) {
    return c.asked(DEAF_HOST_UP).asked(DEAF_HOST_UP).asked(DEAF_HOST_UP);
  }

  @Test
  void missesOnOnePartitionAccuseThePartition() {
    assertThat(deaf(c().verdict(SUSPECT).misses(9, 1, 0)).judge()).isNull();
  }

  @Test
  void twoDeafAnswersMayBeAStarvedProcess() {
    var c = c().verdict(SUSPECT).misses(4, 3, 0).asked(DEAF_HOST_UP).asked(DEAF_HOST_UP);
    assertThat(c.judge()).isNull();
  }

  @Test
  void aDeafHostProvesNothingAboutItsWorker() {
    assertHeld(
        c().verdict(SUSPECT).misses(9, 4, 0).asked(DEAF_HOST_DOWN).asked(DEAF_HOST_DOWN),
        HoldReason.HOST_PATH);
  }

  @Test
  void aCommonCauseIsHeldBeforeItIsInferred() {
    var c = deaf(c().verdict(SUSPECT).misses(9, 4, 0));
    c.doubt = HoldReason.COHORT;
    assertHeld(c, HoldReason.COHORT);
  }

  @Test
  void whoCannotBeAskedGetsOneMoreSlot() {
    assertThat(c().foreign().verdict(SUSPECT).misses(3, 1, 0).judge()).isNull();
    assertDead(c().foreign().verdict(SUSPECT).misses(4, 1, 0), DeathProof.SILENCE);
  }

  @Test
  void aForeignSenderOnASickPathIsHeld() {
    var c = c().foreign().misses(0, 0, 2);
    c.healthyPaths = 4;
    assertHeld(c, HoldReason.CHANNEL_PARTITION);
    c.healthyPaths = 0;
    assertHeld(c, HoldReason.CHANNEL_ALL);
  }

  @Test
  void aRotatingSenderIsHeldOnlyWhenSickPathsDoNotExplainItsSilence() {
    var c = c().misses(0, 0, 3);
    c.healthyPaths = 2;
    assertThat(c.judge()).isNull();
    c.misses(0, 0, 4);
    assertHeld(c, HoldReason.CHANNEL_PARTITION);
  }

  @Test
  void questionsWithoutAnyOutcomeAccuseTheWayToAsk() {
    var c = c().verdict(SUSPECT).misses(3, 2, 0);
    c.asked.asked();
    c.asked.asked();
    c.asked.asked();
    assertHeld(c, HoldReason.PROBE_PATH);
  }

  @Test
  void aSpentBudgetOfQuestionsDoesNotMakeAnInference() {
    var c = c().verdict(SUSPECT).misses(9, 4, 0);
    c.asked(new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.SPENT)));
    assertThat(c.ruled()).isNotInstanceOf(Verdict.Dead.class);
    for (int i = 0; i < 4; i++) {
      c.asked(new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.NOT_ALLOWED)));
    }
    assertDead(c, DeathProof.SILENCE);
  }

  @Test
  void whatAnAnswerSaidIsNotForgottenWhenAQuestionIsNotAsked() {
    var c = c().verdict(SUSPECT).misses(5, 3, 0).asked(answered(300));
    c.asked(new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.ALREADY)));
    assertHeld(c, HoldReason.HOST_PATH);
  }

  @Test
  void aGoodbyeIsPlannedAndOnlySilenceAfterItsTimeCounts() {
    var c = c();
    c.beats = 1;
    c.planned = true;
    assertThat(c.ruled()).isEqualTo(new Verdict.Planned(NOW_MS, NOW_MS + StateTable.PLANNED_MS));
    var within = c().verdict(new Verdict.Planned(1_000, NOW_MS + 1)).misses(30, 5, 0);
    within.planned = true;
    assertThat(within.judge()).isNull();
    var after = c().verdict(new Verdict.Planned(1_000, NOW_MS - 1)).misses(30, 5, 0);
    assertThat(after.ruled()).isInstanceOf(Verdict.Suspect.class);
  }

  @Test
  void aRestartUnderWayIsChangedByLifeOnly() {
    var c = c().verdict(new Verdict.Restarting(1_000, "k")).misses(30, 5, 0).asked(REFUSED);
    assertThat(c.judge()).isNull();
    c.beats = 1;
    c.reborn = true;
    assertThat(c.ruled()).isInstanceOf(Verdict.Alive.class);
  }

  @Test
  void theLastLookMayFindTheDeadAlive() {
    var dead = new Verdict.Dead(NOW_MS - 4_000, DeathProof.PORT_REFUSED);
    assertThat(c().verdict(dead).misses(5, 3, 0).asked(answered(100)).ruled())
        .isInstanceOf(Verdict.Suspect.class);
  }

  @Test
  void aHostIsGoneOnlyByWitnessesFromElsewhere() {
    var c = c().verdict(SUSPECT).misses(9, 4, 0).asked(DEAF_HOST_DOWN).asked(DEAF_HOST_DOWN);
    c.hostGone = true;
    assertDead(c, DeathProof.HOST_GONE);
  }

  @Test
  void whoDoesNotJoinInTimeIsSuspect() {
    var c = c().verdict(new Verdict.Joining(1_000)).misses(1, 2, 0);
    c.ever = false;
    assertThat(c.ruled()).isInstanceOf(Verdict.Suspect.class);
  }
}
