package holter.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One lane, sampled once per second, as the claims say. */
class PathJudgeTest {
  private static final Peers WELL = new Peers(true, 12);
  private static final Peers NOBODY_WELL = new Peers(false, 12);

  private final PathJudge judge = new PathJudge();
  private long nowMs = 1_000;
  private boolean readerKeepsUp = true;

  private void sample(LaneOutcome outcome, Peers peers) {
    judge.sample(new LaneSample(0, 1001, 3, nowMs, nowMs + 20, outcome), peers);
    if (readerKeepsUp) {
      judge.proof().readThrough(nowMs);
    }
    nowMs += 1_000;
  }

  private void good(int times) {
    for (int i = 0; i < times; i++) {
      sample(new LaneOutcome.Seen(5, 10), WELL);
    }
  }

  private void hang(int times, Peers peers) {
    for (int i = 0; i < times; i++) {
      sample(new LaneOutcome.Unacked("TIMEOUT"), peers);
    }
  }

  @Test
  void nothingIsKnownBeforeThreeGoodSamples() {
    good(2);
    assertThat(judge.state()).isInstanceOf(PathState.Unknown.class);
    good(1);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void twoUnansweredSamplesAreSickWhenOtherLanesAreWell() {
    good(5);
    long firstBad = nowMs;
    hang(2, WELL);
    assertThat(judge.state()).isEqualTo(new PathState.Sick(Sickness.HANG, firstBad, 1001));
  }

  @Test
  void aThirdIsWaitedForWhenNoLaneIsWell() {
    good(5);
    hang(2, NOBODY_WELL);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
    hang(1, NOBODY_WELL);
    assertThat(judge.state()).isInstanceOf(PathState.Sick.class);
  }

  @Test
  void oneLostSampleIsNoSickness() {
    good(5);
    hang(1, WELL);
    good(3);
    hang(1, WELL);
    good(5);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void healingTakesTenGoodSamples() {
    good(5);
    hang(3, WELL);
    good(9);
    assertThat(judge.state()).isInstanceOf(PathState.Sick.class);
    good(1);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  private void slow(long ms, Peers peers, int times) {
    good(10);
    for (int i = 0; i < times; i++) {
      sample(new LaneOutcome.Seen(ms - 5, ms), peers);
    }
  }

  @Test
  void manyTimesSlowerIsNotSlowBelowTheFloor() {
    slow(PathJudge.SLOW_FLOOR_MS - 1, WELL, 10);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void slowLikeItsPeersIsNotSlow() {
    slow(1_500, new Peers(true, 900), 10);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void slowAgainstItsHistoryItsPeersAndTheFloorIsSick() {
    slow(1_500, WELL, 2);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
    sample(new LaneOutcome.Seen(1_400, 1_500), WELL);
    assertThat(judge.state())
        .isInstanceOfSatisfying(
            PathState.Sick.class, s -> assertThat(s.kind()).isEqualTo(Sickness.SLOW));
  }

  @Test
  void acknowledgedAndUnseenIsTheIsr() {
    good(5);
    sample(new LaneOutcome.AckedUnseen(8), WELL);
    sample(new LaneOutcome.AckedUnseen(8), WELL);
    assertThat(judge.state())
        .isInstanceOfSatisfying(
            PathState.Sick.class,
            s -> {
              assertThat(s.kind()).isEqualTo(Sickness.ISR);
              assertThat(s.subjectBrokerId()).as("the leader is innocent").isEqualTo(-1);
            });
  }

  @Test
  void withoutSamplesAPathIsUnknownAgain() {
    good(5);
    judge.tick(nowMs + PathJudge.STALE_MS);
    assertThat(judge.state()).isInstanceOf(PathState.Unknown.class);
  }

  @Test
  void aMovedLeaderIsANewPath() {
    good(5);
    hang(3, WELL);
    judge.sample(new LaneSample(0, 1002, 4, nowMs, nowMs + 9, new LaneOutcome.Seen(4, 8)), WELL);
    assertThat(judge.state()).isInstanceOf(PathState.Unknown.class);
  }

  @Test
  void whatWasSentBeforeOurOwnPauseSaysNothingBad() {
    good(5);
    judge.paused(nowMs + 10_000);
    hang(4, WELL);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void whatWasSeenBeforeOurOwnPauseAndReadAfterItMakesNoPathUnknown() {
    good(5);
    long woke = nowMs + 12_000;
    judge.paused(woke);
    good(1);
    judge.proof().readThrough(woke);
    judge.tick(woke);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void voidedSamplesSayNothing() {
    good(5);
    for (int i = 0; i < 4; i++) {
      sample(new LaneOutcome.Voided("epoch"), WELL);
    }
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void seenLateThoughAcknowledgedSoonIsTheIsrToo() {
    good(10);
    for (int i = 0; i < 3; i++) {
      sample(new LaneOutcome.Seen(6, 1_500), WELL);
    }
    assertThat(judge.state())
        .isInstanceOfSatisfying(
            PathState.Sick.class, s -> assertThat(s.kind()).isEqualTo(Sickness.ISR));
  }

  @Test
  void aPathThatNobodyReadsIsUnknown() {
    good(5);
    readerKeepsUp = false;
    for (int i = 0; i < 11; i++) {
      good(1);
      judge.tick(nowMs);
    }
    assertThat(judge.state()).isInstanceOf(PathState.Unknown.class);
    good(20);
    assertThat(judge.state()).isInstanceOf(PathState.Unknown.class);
    readerKeepsUp = true;
    good(2);
    assertThat(judge.state()).isInstanceOf(PathState.Healthy.class);
  }

  @Test
  void aPathIsProvedOnlyWhenTheTwinWasSeenAndTheReaderPassedIt() {
    readerKeepsUp = false;
    sample(new LaneOutcome.Seen(5, 10), WELL); // sent at 1000, seen at 1020
    assertThat(judge.proof().throughMs()).isEqualTo(-1);
    judge.proof().readThrough(1_019);
    assertThat(judge.proof().throughMs()).isEqualTo(-1);
    judge.proof().readThrough(1_020);
    assertThat(judge.proof().throughMs()).isEqualTo(1_000);
  }

  @Test
  void aReaderAloneProvesNothing() {
    sample(new LaneOutcome.AckedUnseen(5), WELL);
    judge.proof().readThrough(60_000);
    assertThat(judge.proof().throughMs()).isEqualTo(-1);
  }

  @Test
  void aSampleThatIsGivenUpLateDoesNotSpoilTheHealingAfterIt() {
    good(5);
    hang(3, WELL);
    long lastLostMs = nowMs;
    nowMs += 1_000;
    good(5);
    long givenUpMs = nowMs;
    judge.sample(
        new LaneSample(0, 1001, 3, lastLostMs, givenUpMs, new LaneOutcome.Unacked("TIMEOUT")),
        WELL);
    good(PathJudge.GOOD_TO_HEAL - 5);
    assertThat(judge.state()).isEqualTo(new PathState.Healthy(lastLostMs + 1_000));
  }
}
