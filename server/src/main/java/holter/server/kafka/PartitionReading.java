package holter.server.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;

/** One partition whose records are read for who sends them. Not thread-safe. */
final class PartitionReading {
  /** So much is read up to a partition's end; what lies before it is passed over. */
  private static final long TAIL_BYTES = 512 * 1024;

  private static final int NAME_MAX = 200;

  private final SenderTally tally = new SenderTally();
  private final long from;
  private final long end;
  private long next;
  private long bytes;
  private boolean skipped;
  private boolean over;

  /** Of the records from one offset up to, and without, another. */
  PartitionReading(long from, long end) {
    this.from = from;
    this.next = from;
    this.end = end;
  }

  /** Who sends to it, as far as it was read. */
  SenderTally tally() {
    return tally;
  }

  /** Whether there is more to be asked for. */
  boolean more() {
    return !over && next < end;
  }

  /** The offset to be asked for. */
  long next() {
    return next;
  }

  /** Takes what came, and goes on behind it; returns how many bytes that was. */
  long take(FetchResponseData.PartitionData data) {
    long behind = Calls.endOf(data, next);
    if (data.errorCode() != Errors.NONE.code()
        || behind == next
        || !(data.records() instanceof MemoryRecords records)) {
      over = true;
      return 0;
    }
    try {
      records(records);
    } catch (KafkaException garbled) { // what cannot be unpacked tells of nobody
      over = true;
    }
    bytes += records.validBytes();
    next = behind;
    double each = (double) bytes / (next - from);
    long tail = (long) (TAIL_BYTES / Math.max(each, 1));
    if (!skipped && end - next > tail) {
      next = end - tail;
      skipped = true;
      tally.skip();
    }
    return records.validBytes();
  }

  private void records(MemoryRecords records) {
    for (RecordBatch batch : records.batches()) {
      if (batch.isControlBatch()) continue;
      for (Record record : batch) {
        if (record.offset() < next || record.offset() >= end || !record.hasKey()) continue;
        String name = name(record.key());
        if (!name.isEmpty()) tally.take(name, record.timestamp());
      }
    }
  }

  /** A key as text; empty when it is none. */
  private static String name(ByteBuffer key) {
    if (key.remaining() == 0 || key.remaining() > NAME_MAX) return "";
    String name = StandardCharsets.UTF_8.decode(key).toString();
    boolean plain = name.chars().allMatch(c -> c > ' ' && c != 0xFFFD && c != 0x7F);
    return plain ? name : "";
  }
}
