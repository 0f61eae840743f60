package holter.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All paths together, on the founding incident's partitions. */
class ChannelTest {
  private static final List<List<Integer>> ISR =
      List.of(
          List.of(1003, 1002, 1004),
          List.of(1003, 1004, 1005),
          List.of(1004, 1005, 1001),
          List.of(1002, 1005, 1001),
          List.of(1001, 1002, 1003));
  private static final int[] LEADER = {1002, 1003, 1004, 1005, 1001};

  private final Channel channel = new Channel();
  private long nowMs = 1_000;

  @BeforeEach
  void mapTheIncident() {
    channel.mapped(map(ISR, LEADER[4]));
    for (int i = 0; i < 6; i++) {
      round(p -> new LaneOutcome.Seen(4, 9));
    }
  }

  private ClusterMap map(List<List<Integer>> isr, int leaderOf4) {
    var partitions = new ArrayList<PartitionMap>();
    for (int p = 0; p < 5; p++) {
      int leader = p == 4 ? leaderOf4 : LEADER[p];
      partitions.add(new PartitionMap(p, leader, 1, isr.get(p), isr.get(p)));
    }
    var brokers = new ArrayList<BrokerNode>();
    for (int b = 1001; b <= 1006; b++) {
      brokers.add(new BrokerNode(b, "host-" + b, 6667));
    }
    return new ClusterMap("HeartBeat", brokers, partitions, nowMs, "kafka");
  }

  private void round(java.util.function.IntFunction<LaneOutcome> outcomeOf) {
    for (int p = 0; p < 5; p++) {
      channel.sampled(new LaneSample(p, LEADER[p], 1, nowMs, nowMs + 50, outcomeOf.apply(p)));
    }
    nowMs += 1_000;
  }

  private static LaneOutcome frozen(int p) {
    return p == 2 || p == 3 ? new LaneOutcome.AckedUnseen(6) : new LaneOutcome.Seen(4, 9);
  }

  private int blamedFor(int partition) {
    return channel.state(partition) instanceof PathState.Sick sick ? sick.subjectBrokerId() : -2;
  }

  @Test
  void theFollowerCommonToTheFrozenIsrsIsBlamed() {
    round(ChannelTest::frozen);
    round(p -> p == 4 ? new LaneOutcome.Seen(4, 9) : frozen(p));
    assertThat(blamedFor(2)).as("1005 fetches from others, 1001 is common").isEqualTo(1001);
    assertThat(blamedFor(3)).isEqualTo(1001);
  }

  @Test
  void theLeaderOfASickPartitionIsBlamedForTheIsrsItSitsIn() {
    for (int i = 0; i < 2; i++) {
      round(p -> p == 4 ? new LaneOutcome.Unacked("TIMEOUT") : frozen(p));
    }
    assertThat(blamedFor(2)).isEqualTo(1001);
    assertThat(blamedFor(4)).isEqualTo(1001);
    assertThat(channel.sickBroker()).isEqualTo(1001);
    assertThat(channel.hostOf(channel.sickBroker())).isEqualTo("host-1001");
  }

  @Test
  void theBlameStaysWhenTheGuiltyOneIsRemovedFromTheIsrs() {
    for (int i = 0; i < 2; i++) {
      round(ChannelTest::frozen);
    }
    var shrunk = new ArrayList<>(ISR);
    shrunk.set(2, List.of(1004, 1005));
    channel.mapped(map(shrunk, LEADER[4]));
    round(p -> new LaneOutcome.Seen(4, 9));
    assertThat(blamedFor(2)).as("still healing").isEqualTo(1001);
    assertThat(blamedFor(3)).isEqualTo(1001);
  }

  @Test
  void nobodyIsBlamedWhileTheIsrsDoNotSingleOneOut() {
    for (int i = 0; i < 3; i++) {
      round(p -> new LaneOutcome.AckedUnseen(6));
    }
    assertThat(blamedFor(0)).isEqualTo(-1);
  }

  @Test
  void whenEverythingIsDarkNoBrokerIsSingledOut() {
    for (int i = 0; i < 3; i++) {
      round(p -> new LaneOutcome.Unacked("TIMEOUT"));
    }
    assertThat(channel.sick(0)).isTrue();
    assertThat(channel.sickBroker()).isEqualTo(-1);
  }

  @Test
  void aPartitionWithoutLeaderIsSickOnlyWhenItStaysSo() {
    channel.mapped(map(ISR, -1));
    assertThat(channel.healthy(4)).isTrue();
    nowMs += 2_500;
    channel.mapped(map(ISR, -1));
    assertThat(channel.state(4))
        .isInstanceOfSatisfying(
            PathState.Sick.class, s -> assertThat(s.kind()).isEqualTo(Sickness.LEADERLESS));
  }

  @Test
  void anEmptyReadingDoesNotForgetTheMap() {
    channel.mapped(new ClusterMap("HeartBeat", List.of(), List.of(), nowMs, "kafka"));
    assertThat(channel.mappedPartitions()).isEqualTo(5);
  }

  @Test
  void aBrokerThatIsGoneFromMetadataKeepsItsHost() {
    channel.mapped(
        new ClusterMap(
            "HeartBeat",
            List.of(new BrokerNode(1002, "host-1002", 6667)),
            map(ISR, 1002).partitions(),
            nowMs,
            "kafka"));
    assertThat(channel.hostOf(1001)).isEqualTo("host-1001");
  }

  @Test
  void severalInstancesThatFailOnOnePartitionMakeItsSilenceUncountable() {
    for (int i = 0; i < 6; i++) {
      channel.told(1, i % 3, -1, nowMs);
    }
    channel.tick(nowMs);
    assertThat(channel.healthy(1)).as("our own lane is well").isTrue();
    assertThat(channel.failingForTheFleet(1)).isTrue();
    channel.tick(nowMs + 20_000);
    assertThat(channel.failingForTheFleet(1)).isFalse();
  }

  @Test
  void oneFailingInstanceAccusesNoPartition() {
    for (int i = 0; i < 30; i++) {
      channel.told(1, 7, -1, nowMs);
    }
    channel.tick(nowMs);
    assertThat(channel.failingForTheFleet(1)).isFalse();
  }

  @Test
  void whereTheLaneMayNotWriteTwoSendersProveThePath() {
    round(p -> new LaneOutcome.Fetched(5));
    channel.witnessed(1, 3, 9_000);
    assertThat(channel.provedThroughMs(1)).isEqualTo(-1);
    channel.witnessed(1, 4, 9_400);
    assertThat(channel.provedThroughMs(1)).isEqualTo(9_000);
  }

  @Test
  void whereTheLaneWritesBeatsAreNoProof() {
    channel.witnessed(1, 3, 9_000);
    channel.witnessed(1, 4, 9_400);
    assertThat(channel.provedThroughMs(1)).isEqualTo(-1);
  }
}
