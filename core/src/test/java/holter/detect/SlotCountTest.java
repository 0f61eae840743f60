package holter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.channel.Channel;
import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.fleet.Beat;
import holter.fleet.BeatTable;
import holter.fleet.Hearing;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which silence counts: two partitions, an agent that alternates between them once per second. */
class SlotCountTest {
  private final BeatTable table = new BeatTable();
  private final Channel channel = new Channel();
  private final SlotCount slots = new SlotCount(table, channel);

  @BeforeEach
  void beatUntilTenSeconds() {
    var isr = List.of(1, 2);
    var partitions =
        List.of(new PartitionMap(0, 1, 1, isr, isr), new PartitionMap(1, 2, 1, isr, isr));
    var brokers = List.of(new BrokerNode(1, "a", 1), new BrokerNode(2, "b", 1));
    channel.mapped(new ClusterMap("HeartBeat", brokers, partitions, 0, "kafka"));
    table.partitions(2);
    for (int second = 1; second <= 10; second++) {
      lanes(second * 1_000L);
      hear(beat(second), second * 1_000L);
    }
  }

  private static Beat beat(int seq) {
    return new Beat(
        new Beat.Sender(new InstanceId("dac"), new Incarnation(1, "b"), SenderKind.AGENT),
        seq,
        1_000,
        new Beat.Place(seq % 2, seq, 0),
        0,
        -1,
        false,
        List.of(),
        "http://h",
        "h");
  }

  private void lane(int partition, long sentMs, LaneOutcome outcome) {
    channel.sampled(new LaneSample(partition, partition + 1, 1, sentMs, sentMs + 10, outcome));
  }

  private void lanes(long sentMs) {
    for (int p = 0; p < 2; p++) {
      lane(p, sentMs, new LaneOutcome.Seen(4, 9));
      channel.readThrough(p, sentMs + 20);
    }
  }

  private Misses countAt(long nowMs) {
    return slots.count(0, nowMs, Long.MIN_VALUE);
  }

  private Hearing hear(Beat beat, long nowMs) {
    return table.hear(table.row(beat.from().id()), beat, nowMs);
  }

  @Test
  void silenceOnProvedPathsCounts() {
    for (int second = 11; second <= 14; second++) {
      lanes(second * 1_000L + 600);
    }
    assertThat(countAt(14_700)).isEqualTo(new Misses(4, 2, 0, 0));
  }

  @Test
  void silenceBeyondTheProofDoesNotCountYet() {
    lanes(11_600);
    assertThat(countAt(14_700)).isEqualTo(new Misses(1, 1, 0, 3));
  }

  @Test
  void aTwinThatTheReaderHasNotPassedProvesNothing() {
    for (int second = 11; second <= 14; second++) {
      lane(0, second * 1_000L + 600, new LaneOutcome.Seen(4, 9));
      lane(1, second * 1_000L + 600, new LaneOutcome.Seen(4, 9));
    }
    assertThat(countAt(14_700).countable()).isZero();
  }

  @Test
  void aReaderWithoutATwinProvesNothing() {
    channel.readThrough(0, 60_000);
    channel.readThrough(1, 60_000);
    assertThat(countAt(14_700).countable()).isZero();
  }

  @Test
  void silenceOnASickPathDoesNotCount() {
    for (int second = 11; second <= 14; second++) {
      lane(1, second * 1_000L + 600, new LaneOutcome.Seen(4, 9));
      channel.readThrough(1, second * 1_000L + 700);
      lane(0, second * 1_000L + 600, new LaneOutcome.Unacked("TIMEOUT"));
    }
    assertThat(channel.sick(0)).isTrue();
    assertThat(countAt(14_700)).isEqualTo(new Misses(2, 1, 2, 0));
  }

  @Test
  void silenceOfOurOwnPauseDoesNotCount() {
    for (int second = 11; second <= 14; second++) {
      lanes(second * 1_000L + 600);
    }
    assertThat(slots.count(0, 14_700, 14_100)).isEqualTo(Misses.NONE);
    assertThat(slots.count(0, 14_700, 13_500)).isEqualTo(new Misses(1, 1, 0, 0));
    assertThat(slots.count(0, 14_700, Long.MAX_VALUE)).isEqualTo(new Misses(0, 0, 4, 0));
  }

  @Test
  void aPathThatTheFleetFailsOnDoesNotCount() {
    for (int second = 11; second <= 14; second++) {
      lanes(second * 1_000L + 600);
    }
    for (int i = 0; i < 6; i++) {
      channel.told(1, i % 3, -1, 14_000);
    }
    channel.tick(14_500);
    assertThat(countAt(14_700)).isEqualTo(new Misses(2, 1, 2, 0));
  }

  @Test
  void nothingIsDueBeforeIntervalAndSlack() {
    assertThat(slots.due(0, 11_499)).isFalse();
    assertThat(slots.due(0, 11_500)).isTrue();
  }

  @Test
  void whatKeepsSlotsPendingIsToldByPartition() {
    assertThat(countAt(12_600).pending()).isEqualTo(2);
    assertThat(slots.unproved().stream()).containsExactly(0, 1);
    lane(1, 11_600, new LaneOutcome.Seen(4, 9));
    channel.readThrough(1, 11_700);
    assertThat(countAt(12_600)).isEqualTo(new Misses(1, 1, 0, 1));
    assertThat(slots.unproved().stream()).containsExactly(0);
  }
}
