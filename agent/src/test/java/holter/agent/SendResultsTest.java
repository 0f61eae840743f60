package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendResultsTest {
  private final SendResults results = new SendResults(0);

  @Test
  void theLastTwoPerPartitionAreToldOldestFirst() {
    results.partitions(3);
    for (int seq = 1; seq <= 10; seq++) {
      results.add(SendResult.acked(seq % 3, seq, 5), seq);
    }
    assertThat(results.latest())
        .extracting(SendResult::seq)
        .containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void manyPartitionsDoNotMakeBeatsGrowWithoutBound() {
    results.partitions(5000);
    for (int seq = 1; seq <= 10_000; seq++) {
      results.add(SendResult.acked(seq % 5000, seq, 5), seq);
    }
    assertThat(results.latest()).hasSize(SendResults.KEPT_MAX);
  }

  @Test
  void nothingHeardIsUnknownAndNeverOk() {
    assertThat(results.channel()).isEqualTo(SendResults.Channel.UNKNOWN);
    assertThat(results.lastAckAgeMs(5_000_000)).isEqualTo(-1);
    assertThat(results.unackedNanos(7)).isEqualTo(7);
  }

  @Test
  void onePartitionThatFailsDegradesTheChannelUntilItAcknowledgesAgain() {
    results.partitions(2);
    results.add(SendResult.acked(0, 1, 5), 1);
    results.add(SendResult.failed(1, 2, "TIMEOUT"), 2);
    assertThat(results.channel()).isEqualTo(SendResults.Channel.DEGRADED);
    results.add(SendResult.acked(1, 3, 5), 3);
    assertThat(results.channel()).isEqualTo(SendResults.Channel.OK);
    results.add(SendResult.failed(0, 4, "TIMEOUT"), 4);
    results.add(SendResult.failed(1, 5, "NETWORK"), 5);
    assertThat(results.channel()).isEqualTo(SendResults.Channel.DOWN);
    assertThat(results.unackedNanos(10)).isEqualTo(7);
  }

  @Test
  void aStartWithoutMetadataIsForgottenOnceAPartitionAcknowledges() {
    results.add(SendResult.failed(Beat.NO_PARTITION, 1, "METADATA"), 1);
    assertThat(results.channel()).isEqualTo(SendResults.Channel.DOWN);
    results.partitions(1);
    results.add(SendResult.acked(0, 2, 5), 2);
    assertThat(results.channel()).isEqualTo(SendResults.Channel.OK);
  }
}
