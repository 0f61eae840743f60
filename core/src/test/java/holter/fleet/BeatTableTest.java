package holter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Order is (incarnation, seq); clocks in beats are never looked at. */
class BeatTableTest {
  private static final InstanceId DAC = new InstanceId("dac-07");

  private final BeatTable table = new BeatTable();

  @BeforeEach
  void fivePartitions() {
    table.partitions(5);
  }

  private static Beat agent(long life, long seq, int partition, long sentWallMs) {
    return new Beat(
        new Beat.Sender(DAC, new Incarnation(life, "b" + life), SenderKind.AGENT),
        seq,
        1_000,
        new Beat.Place(partition, seq, sentWallMs),
        sentWallMs,
        -1,
        false,
        List.of(),
        "http://h:1",
        "h");
  }

  private static Beat foreign(String id, SenderKind kind, int partition, long intervalMs) {
    return new Beat(
        new Beat.Sender(new InstanceId(id), Incarnation.NONE, kind),
        -1,
        intervalMs,
        new Beat.Place(partition, 9, 0),
        0,
        -1,
        false,
        List.of(),
        "",
        "");
  }

  private Hearing hear(long life, long seq, int partition, long nowMs) {
    return hear(agent(life, seq, partition, nowMs), nowMs);
  }

  private Hearing hear(Beat beat, long nowMs) {
    return table.hear(table.row(beat.from().id()), beat, nowMs);
  }

  @Test
  void aBeatFromThePastDoesNotRevive() {
    hear(3, 10, 0, 1_000);
    assertThat(hear(2, 99, 1, 2_000)).isEqualTo(Hearing.OLD_LIFE);
    assertThat(hear(3, 9, 1, 2_000)).isEqualTo(Hearing.LATE);
    assertThat(hear(3, 10, 1, 2_000)).as("a duplicate").isEqualTo(Hearing.LATE);
    assertThat(table.heardMs(table.row(DAC))).isEqualTo(1_000);
  }

  @Test
  void aClockInABeatChangesNothing() {
    hear(agent(3, 10, 0, 1_000), 1_000);
    assertThat(hear(agent(3, 11, 1, -5_000_000), 2_000)).isEqualTo(Hearing.FRESH);
    assertThat(hear(agent(3, 12, 2, Long.MAX_VALUE), 3_000)).isEqualTo(Hearing.FRESH);
    assertThat(table.heardMs(table.row(DAC))).isEqualTo(3_000);
  }

  @Test
  void aNewLifeBeginsItsNumbersAnew() {
    hear(3, 500, 0, 1_000);
    assertThat(hear(4, 1, 1, 2_000)).isEqualTo(Hearing.REBORN);
    assertThat(hear(4, 2, 2, 3_000)).isEqualTo(Hearing.FRESH);
  }

  @Test
  void aNumberFromTheFutureIsNotBelievedUnlessItGoesOn() {
    hear(3, 10, 0, 1_000);
    assertThat(hear(3, 4_000_000, 1, 2_000)).isEqualTo(Hearing.REFUSED);
    assertThat(hear(3, 11, 1, 2_100)).as("the real sender goes on").isEqualTo(Hearing.FRESH);
    assertThat(hear(3, 5_000_000, 2, 3_000)).isEqualTo(Hearing.REFUSED);
    assertThat(hear(3, 5_000_001, 2, 4_000)).isEqualTo(Hearing.FRESH);
  }

  @Test
  void aLifeFromTheFutureIsNotBelieved() {
    hear(3, 10, 0, 1_000);
    assertThat(hear(Long.MAX_VALUE - 1, 1, 1, 2_000)).isEqualTo(Hearing.REFUSED);
    assertThat(hear(1_700_000_000, 1, 1, 2_000)).as("epoch seconds").isEqualTo(Hearing.REBORN);
  }

  @Test
  void lateBeatsOfAnEndedLifeDoNotReviveIt() {
    hear(3, 10, 0, 1_000);
    table.end(table.row(DAC), false, 6_000);
    assertThat(hear(3, 14, 1, 7_000)).as("sent before the end").isEqualTo(Hearing.LATE);
    assertThat(hear(3, 18, 1, 9_000)).as("cannot have been").isEqualTo(Hearing.FRESH);
  }

  @Test
  void afterAnExitOnlyANewLifeCounts() {
    hear(3, 10, 0, 1_000);
    table.end(table.row(DAC), true, 6_000);
    assertThat(hear(3, 60, 1, 60_000)).isEqualTo(Hearing.LATE);
    assertThat(hear(4, 1, 1, 61_000)).isEqualTo(Hearing.REBORN);
  }

  @Test
  void aSenderWithoutNumbersComesBackWithTwoBeatsApart() {
    var beat = foreign("savoir", SenderKind.FOREIGN_KEYED, 4, 5_000);
    hear(beat, 1_000);
    table.end(table.row(beat.from().id()), false, 20_000);
    assertThat(hear(beat, 21_000)).isEqualTo(Hearing.LATE);
    assertThat(hear(beat, 21_010)).as("a drained backlog").isEqualTo(Hearing.LATE);
    assertThat(hear(beat, 26_000)).isEqualTo(Hearing.FRESH);
  }

  @Test
  void theRotationIsLearntWhateverItsStride() {
    for (int seq = 0; seq < 4; seq++) {
      hear(1, seq, (2 + seq * 3) % 5, 1_000L * seq);
    }
    int row = table.row(DAC);
    for (int n = 1; n <= 10; n++) {
      assertThat(table.slotPartition(row, n)).isEqualTo((2 + (3 + n) * 3) % 5);
    }
  }

  @Test
  void aGapInTheBeatsDoesNotUnlearnTheRotation() {
    for (int seq : new int[] {0, 1, 2, 5, 6}) {
      hear(1, seq, (seq * 2) % 5, 1_000L * seq);
    }
    assertThat(table.slotPartition(table.row(DAC), 1)).isEqualTo(7 * 2 % 5);
  }

  @Test
  void beatsOfOnePartitionAloneTeachNoRotation() {
    for (int seq = 3; seq < 60; seq += 5) {
      hear(1, seq, 1, 1_000L * seq);
    }
    assertThat(table.slotPartition(table.row(DAC), 1)).isEqualTo(-1);
  }

  @Test
  void aTopicOfOnePartitionNeedsNoLearning() {
    table.partitions(1);
    for (int seq = 0; seq < 4; seq++) {
      hear(1, seq, 0, 1_000L * seq);
    }
    assertThat(table.slotPartition(table.row(DAC), 1)).isEqualTo(0);
  }

  @Test
  void anUnsteadyRotationIsUnknown() {
    int[] partitions = {0, 3, 1, 1, 4, 0};
    for (int seq = 0; seq < partitions.length; seq++) {
      hear(1, seq, partitions[seq], 1_000L * seq);
    }
    assertThat(table.slotPartition(table.row(DAC), 1)).isEqualTo(-1);
  }

  @Test
  void theKeysPartitionIsLearntAndUnlearntWhenItMoves() {
    var id = new InstanceId("savoir");
    for (int i = 0; i < 3; i++) {
      hear(foreign("savoir", SenderKind.FOREIGN_KEYED, 4, 5_000), 5_000L * i);
    }
    assertThat(table.slotPartition(table.row(id), 3)).isEqualTo(4);
    hear(foreign("savoir", SenderKind.FOREIGN_KEYED, 1, 5_000), 20_000);
    assertThat(table.slotPartition(table.row(id), 1)).isEqualTo(-1);
  }

  @Test
  void anUndeclaredIntervalIsLearntAndSilenceTeachesNothing() {
    var id = new InstanceId("other");
    for (int i = 0; i < 8; i++) {
      hear(foreign("other", SenderKind.FOREIGN_KEYLESS, i % 5, 0), 4_000L * i);
    }
    assertThat(table.intervalMs(table.row(id))).isBetween(3_500L, 4_500L);
    hear(foreign("other", SenderKind.FOREIGN_KEYLESS, 0, 0), 600_000);
    assertThat(table.intervalMs(table.row(id))).isBetween(3_500L, 4_500L);
  }

  @Test
  void eachSendResultCountsOnceAlsoWhenASlowOneIsToldLate() {
    hear(1, 1, 0, 1_000);
    assertThat(news(5)).containsExactly(5L);
    assertThat(news(5)).isEmpty();
    assertThat(news(5, 9, 7, 9)).containsExactly(9L, 7L);
    assertThat(news(7, 500, 6)).containsExactly(500L);
    assertThat(news(9)).as("too old to tell").isEmpty();
  }

  private List<Long> news(long... seqs) {
    var told = Arrays.stream(seqs).mapToObj(seq -> new SendResult(0, seq, 5, "")).toList();
    int row = table.row(DAC);
    var news = new ArrayList<Long>();
    for (int i = table.nextNew(row, told, 0); i >= 0; i = table.nextNew(row, told, i + 1)) {
      news.add(told.get(i).seq());
    }
    return news;
  }

  @Test
  void theTableIsBoundedAndReusesRows() {
    for (int i = 0; i < BeatTable.INSTANCES_MAX; i++) {
      hear(foreign("x-" + i, SenderKind.FOREIGN_KEYED, 0, 1_000), 1_000);
    }
    var more = foreign("one-more", SenderKind.FOREIGN_KEYED, 0, 1_000);
    assertThat(hear(more, 2_000)).isEqualTo(Hearing.REFUSED);
    table.forget(new InstanceId("x-17"));
    assertThat(hear(more, 3_000)).isEqualTo(Hearing.FIRST);
  }

  @Test
  void aBeatThatWasLongUnderWaySilencesFromWhenItWasSent() {
    hear(3, 10, 0, 1_000);
    var beat = agent(3, 11, 1, 0);
    assertThat(table.hear(table.row(DAC), beat, 9_000, 2_000)).isEqualTo(Hearing.FRESH);
    assertThat(table.silentFromMs(table.row(DAC))).isEqualTo(2_000);
    assertThat(table.seq(table.row(DAC))).isEqualTo(11);
  }

  @Test
  void noBeatWasSentBeforeTheOneBeforeIt() {
    hear(3, 10, 0, 5_000);
    table.hear(table.row(DAC), agent(3, 11, 1, 0), 9_000, 2_000);
    assertThat(table.heardMs(table.row(DAC))).isEqualTo(5_000);
  }
}
