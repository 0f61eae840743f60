package holter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is forgotten on the way back. */
class LeavingTableTest {
  private static long from(long pathSince, long anySince, long graceEnded, boolean placeKnown) {
    return LeavingTable.countsFromMs(
        new LeavingTable.Left(pathSince, anySince, graceEnded, 1_000, 60_000, placeKnown, true));
  }

  @Test
  void aHealedPathCountsAtOnceForWhomWeCanAskAndAnIntervalLaterForOthers() {
    assertThat(from(50_000, 50_000, Long.MIN_VALUE, true)).isEqualTo(50_000);
    assertThat(unasked(60_000, 50_000)).isEqualTo(51_000);
  }

  @Test
  void aPathThatIsNotHealthyNeverCounts() {
    assertThat(from(Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, true))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nothingCountsFromBeforeOurOwnReturn() {
    assertThat(from(50_000, 50_000, 70_000, true)).isEqualTo(70_000);
  }

  @Test
  void aSenderOfUnknownPlaceWaitsForEveryPath() {
    assertThat(from(50_000, 90_000, Long.MIN_VALUE, false)).isEqualTo(91_000);
    assertThat(from(50_000, 90_000, Long.MIN_VALUE, true)).isEqualTo(50_000);
  }

  @Test
  void whoFellSilentOnASickPathAndCannotBeAskedMayBeBlockedByItsClient() {
    assertThat(unasked(40_000, 50_000)).isEqualTo(110_000);
    assertThat(unasked(60_000, 50_000)).as("heard since it healed").isEqualTo(51_000);
    assertThat(unasked(-1, 50_000)).as("never heard").isEqualTo(51_000);
  }

  private static long unasked(long heard, long pathSince) {
    return LeavingTable.countsFromMs(
        new LeavingTable.Left(pathSince, pathSince, Long.MIN_VALUE, 1_000, heard, true, false));
  }
}
