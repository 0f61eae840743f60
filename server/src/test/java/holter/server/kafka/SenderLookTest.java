package holter.server.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.ClusterFact.KeySilence;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

final class SenderLookTest {
  private static final long T = 1_700_000_000_000L;

  private final SenderLook look = new SenderLook();
  private long offset;

  private void sends(String key, int partition, long fromMs, long untilMs, long everyMs) {
    for (long at = fromMs; at < untilMs; at += everyMs) {
      record(key, partition, at);
    }
  }

  private void record(String key, int partition, long atMs) {
    ByteBuffer bytes = key.isEmpty() ? null : ByteBuffer.wrap(key.getBytes(UTF_8));
    look.record(new ReadRecord(partition, offset++, T + atMs, bytes, null, new Header[0]));
  }

  @Test
  void aKeyThatStoppedWhileOthersOfItsPartitionGoOnIsTold() {
    sends("DAC-7", 1, 0, 60_000, 500);
    sends("DAC-1", 1, 0, 95_000, 500);
    assertThat(look.silent()).containsExactly(new KeySilence("DAC-7", 1, 120, 500, 35_000, 70));
  }

  @Test
  void aWholePartitionThatStopsSaysNothingOfAnyKey() {
    sends("DAC-7", 1, 0, 60_000, 500);
    sends("DAC-1", 1, 0, 60_000, 500);
    sends("DAC-2", 2, 0, 95_000, 500);
    assertThat(look.silent()).isEmpty();
  }

  @Test
  void whoGoesOnOnAnotherPartitionHasNotStopped() {
    sends("DAC-7", 1, 0, 60_000, 500);
    sends("DAC-7", 2, 60_000, 95_000, 500);
    sends("DAC-1", 1, 0, 95_000, 500);
    sends("DAC-1", 2, 0, 95_000, 500);
    assertThat(look.silent()).isEmpty();
  }

  @Test
  void whatNeverCameRegularlyIsNotMissed() {
    for (long at : new long[] {0, 100, 200, 20_000, 20_100, 40_000, 40_100, 60_000}) {
      record("orders", 1, at);
    }
    sends("DAC-1", 1, 0, 95_000, 500);
    assertThat(look.silent()).isEmpty();
  }

  @Test
  void recordsWithoutAKeyTellOfNobody() {
    sends("", 1, 0, 60_000, 500);
    sends("DAC-1", 1, 0, 95_000, 500);
    assertThat(look.silent()).isEmpty();
  }
}
