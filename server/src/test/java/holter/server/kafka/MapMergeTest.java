package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MapMergeTest {
  private static final BrokerNode ONE = new BrokerNode(1, "a", 9092);
  private static final BrokerNode TWO = new BrokerNode(2, "b", 9092);

  private final MapMerge merge = new MapMerge();

  @Test
  void theHigherLeaderEpochIsRightWhoeverToldItLast() {
    merge.take(told(ONE, 2, 5, 1000));
    merge.take(told(TWO, 1, 4, 1100));
    assertThat(leader(merge.map("T", 1200))).isEqualTo(2);
  }

  @Test
  void withoutEpochsTheWordThatChangedLastIsRight() {
    merge.take(told(ONE, 1, -1, 1000));
    merge.take(told(TWO, 1, -1, 1000));
    merge.take(told(TWO, 2, -1, 3000));
    merge.take(told(ONE, 1, -1, 3100)); // cut off: it tells what it always told
    assertThat(leader(merge.map("T", 3200))).isEqualTo(2);
    merge.take(told(ONE, 1, -1, 5000));
    merge.take(told(TWO, 2, -1, 5000));
    assertThat(leader(merge.map("T", 5100))).isEqualTo(2);
  }

  @Test
  void theMapIsAsOldAsItsFreshestWord() {
    merge.take(told(ONE, 1, 1, 1000));
    assertThat(merge.map("T", 9000).asOfMs()).isEqualTo(1000);
  }

  @Test
  void aTopicThatNobodyNamesHasNoPartitions() {
    merge.take(told(ONE, 1, 1, 1000));
    assertThat(merge.map("other", 1000).partitions()).isEmpty();
  }

  @Test
  void aViewThatIsNotRenewedIsForgotten() {
    merge.take(told(ONE, 1, 9, 1000));
    merge.take(told(TWO, 2, 8, 30_000));
    assertThat(leader(merge.map("T", 30_000))).isEqualTo(2);
  }

  private static int leader(ClusterMap map) {
    return map.partition(0).orElseThrow().leaderId();
  }

  private static MetadataAnswer told(BrokerNode by, int leader, int epoch, long atMs) {
    var partition = new PartitionMap(0, leader, epoch, List.of(1, 2), List.of(1, 2));
    return new MetadataAnswer(
        by.address(), List.of(ONE, TWO), Map.of("T", List.of(partition)), 1, atMs);
  }
}
