package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A pause that is over is told by what it left in the logs, and by nothing less. */
class SleptTest {
  private static final String HOST = "iota-n2";
  private static final long WOKE_MS = NOW_MS - 600_000;
  private static final long STOPPED_MS = WOKE_MS - 38_000;

  /** The logs of brokers that all run, on an idle cluster that started well before. */
  private static Evidence quiet() {
    return new Evidence()
        .topic("HeartBeat", "kafka:1002", partition(4, 1002, List.of(1001, 1002), 1002, 1001))
        .healthy(0, 1, 2, 3)
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, 2)
        .says(1001, LogSign.STARTED, "", 1, STOPPED_MS - 9_000, STOPPED_MS - 9_000)
        .says(1001, LogSign.STOOD_STILL, "", 1, STOPPED_MS, WOKE_MS)
        .log(1001, WOKE_MS + 2_000, WOKE_MS - STOPPED_MS)
        .says(1002, LogSign.STOOD_STILL, "", 1, WOKE_MS - 22_000, WOKE_MS)
        .log(1002, WOKE_MS + 2_000, 22_000);
  }

  private static Evidence fenced() {
    return quiet().complaint(1, 1001, ComplaintKind.FENCED, WOKE_MS - 16_000, WOKE_MS - 16_000);
  }

  @Test
  void aGapInWhichTheControllerGaveItUpWasAPause() {
    var found =
        Told.confirmed(
            fenced().says(1001, LogSign.UNFENCED, "", 1, WOKE_MS + 300, WOKE_MS + 300),
            CauseCode.F02,
            1001,
            HOST);
    assertThat(found.over()).isTrue();
    assertThat(found.speaksFor())
        .extracting(c -> c.claim().phrase())
        .contains(CauseWords.SLEPT, CauseWords.FENCED, CauseWords.LED_ELSEWHERE);
    assertThat(found.remedies().getFirst().phrase()).isEqualTo(RemedyWords.PREFERRED_BACK);
    assertThat(Told.codes(fenced().diagnose())).containsExactly(CauseCode.F02);
  }

  @Test
  void whoComesBackAgainAndAgainWasNotPausedOnce() {
    var often = fenced().says(1001, LogSign.UNFENCED, "", 3, STOPPED_MS, WOKE_MS + 300);
    assertThat(often.diagnose().found())
        .filteredOn(found -> found.code() == CauseCode.F02)
        .allMatch(found -> found.confidence() != Confidence.CONFIRMED);
  }

  @Test
  void aLongerGapOnAnIdleClusterDoesNotHideIt() {
    Told.confirmed(
        fenced().says(1001, LogSign.STOOD_STILL, "", 1, WOKE_MS + 2_000, NOW_MS - 10_000),
        CauseCode.F02,
        1001,
        HOST);
  }

  @Test
  void aQuietLogAloneIsNoPause() {
    Told.nothing(quiet());
  }

  @Test
  void aFencingOutsideTheGapIsNotOfAPause() {
    Told.not(
        quiet().complaint(1, 1001, ComplaintKind.FENCED, WOKE_MS + 60_000, WOKE_MS + 60_000),
        CauseCode.F02);
  }

  @Test
  void aStartInTheGapOrAfterItWasARestart() {
    Told.not(
        fenced().says(1001, LogSign.STARTING, "", 1, WOKE_MS, WOKE_MS),
        CauseCode.F02,
        CauseCode.F05);
    Told.not(
        fenced().says(1001, LogSign.STARTED, "", 1, NOW_MS - 90_000, NOW_MS - 90_000),
        CauseCode.F02);
  }

  /** With ZooKeeper a session may outlast the pause: then only the ISRs tell of it. */
  private static Evidence ejected(long byOthersMs) {
    return quiet()
        .complaint(1002, 1001, ComplaintKind.ISR_EJECTED, byOthersMs, byOthersMs)
        .complaint(1003, 1001, ComplaintKind.ISR_EJECTED, byOthersMs, byOthersMs)
        .complaint(1001, 1002, ComplaintKind.ISR_EJECTED, WOKE_MS + 5, WOKE_MS + 5)
        .complaint(1001, 1003, ComplaintKind.ISR_EJECTED, WOKE_MS + 5, WOKE_MS + 5);
  }

  @Test
  void whoEjectsItsFollowersLongAfterTheyEjectedItHadSleptMeanwhile() {
    var found = Told.claimed(ejected(WOKE_MS - 8_000), CauseCode.F02, 1001, HOST);
    assertThat(found.over()).isTrue();
    assertThat(Told.codes(ejected(WOKE_MS - 8_000).diagnose())).containsExactly(CauseCode.F02);
  }

  @Test
  void whoEjectsThemAtTheSameTimeHadNot() {
    Told.not(ejected(WOKE_MS - 2_000), CauseCode.F02);
  }

  @Test
  void severalThatFallSilentAtOnceAreNotFrozen() {
    var one = new Evidence().map().othersAnswer().reach(1001, Reach.SILENT, -1).calmPeers();
    one.load("iota-n2", 20_000, 10);
    assertThat(one.diagnose().found())
        .anyMatch(f -> f.code() == CauseCode.F02 && f.confidence() == Confidence.CONFIRMED);
    one.reach(1002, Reach.SILENT, -1).reach(1003, Reach.SILENT, -1);
    assertThat(one.diagnose().found())
        .noneMatch(f -> f.code() == CauseCode.F02 && f.confidence() == Confidence.CONFIRMED);
  }
}
