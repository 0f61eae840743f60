package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is silent in a partition, by the records of those who are not. */
final class SenderTallyTest {
  private static final long NOW_MS = 1_700_000_000_000L;

  private final SenderTally tally = new SenderTally();

  /** One record of each of these per half second, from so many seconds ago until so many. */
  private void sends(int fromS, int untilS, String... keys) {
    for (long ms = NOW_MS - fromS * 1_000L; ms < NOW_MS - untilS * 1_000L; ms += 500) {
      for (String key : keys) {
        tally.take(key, ms);
      }
    }
  }

  private SenderTally.Sender of(String key) {
    var seen = tally.senders(NOW_MS).get(key);
    assertThat(seen).as(key).isNotNull();
    return java.util.Objects.requireNonNull(seen);
  }

  @Test
  void whoEndsWhileOthersGoOnIsSilentForAsLong() {
    sends(60, 30, "dac-1", "dac-2", "dac-7");
    sends(30, 0, "dac-1", "dac-2");
    var ended = of("dac-7");
    assertThat(ended.silentMs()).isBetween(29_000L, 30_500L);
    assertThat(ended.everyMs()).isEqualTo(500);
    assertThat(ended.longestMs()).isEqualTo(500);
    assertThat(ended.records()).isEqualTo(60);
    assertThat(ended.others()).isEqualTo(2);
    assertThat(ended.lateMs()).isZero();
    assertThat(of("dac-1").silentMs()).isLessThan(1_000);
  }

  @Test
  void aStretchInWhichNobodySendsMakesNobodySilent() {
    sends(60, 40, "dac-1", "dac-7");
    sends(2, 0, "dac-1");
    assertThat(of("dac-7").silentMs()).isLessThan(SenderTally.STEP_MS + 2_500);
  }

  @Test
  void whoIsHeldBackIsLate() {
    for (long ms = NOW_MS - 60_000; ms < NOW_MS; ms += 500) {
      tally.take("dac-1", ms);
      if (ms < NOW_MS - 40_000) tally.take("dac-7", ms);
      if (ms == NOW_MS - 20_000) tally.take("dac-7", ms - 15_000);
    }
    assertThat(of("dac-7").lateMs()).isEqualTo(15_000);
  }

  @Test
  void aClockThatIsApartMakesNobodyLate() {
    for (long ms = NOW_MS - 60_000; ms < NOW_MS; ms += 500) {
      tally.take("dac-1", ms);
      tally.take("dac-7", ms - 90_000);
    }
    assertThat(of("dac-7").lateMs()).isZero();
    assertThat(of("dac-7").silentMs()).isLessThan(1_000);
  }

  @Test
  void whatWasNotReadCountsForNobodysIntervals() {
    sends(600, 590, "dac-1", "dac-7", "dac-8");
    tally.skip();
    sends(20, 0, "dac-1", "dac-8");
    assertThat(of("dac-7").silentMs()).isBetween(18_000L, 20_500L);
    assertThat(of("dac-8").longestMs()).isEqualTo(500);
  }

  @Test
  void whereNobodySendsNothingIsTold() {
    sends(120, 62, "dac-1", "dac-7");
    assertThat(tally.senders(NOW_MS)).isEmpty();
  }

  @Test
  void whereAllRecordsComeLateThoseThatAreMissingAreMissing() {
    sends(60, 50, "dac-1", "dac-2", "dac-7");
    sends(50, 20, "dac-1", "dac-2");
    assertThat(of("dac-7").silentMs()).isBetween(29_000L, 30_500L);
    assertThat(of("dac-2").silentMs()).isLessThan(1_000);
  }

  @Test
  void keysWithoutNumberAreNoSenders() {
    for (int order = 0; order <= SenderTally.SENDERS_MAX; order++) {
      tally.take("order-" + order, NOW_MS - 1_000);
    }
    assertThat(tally.many()).isTrue();
    assertThat(tally.senders(NOW_MS)).isEmpty();
  }
}
