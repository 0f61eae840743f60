package holter.server.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read. Its buffers are valid only during the call that hands it over.
 *
 * @param partition where it was read
 * @param offset in that partition
 * @param timestampWallMs the record's timestamp; 0 when its format has none
 * @param key null when the sender gave none
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka gives headers as an array; it is only looked into
public record ReadRecord(
    int partition,
    long offset,
    long timestampWallMs,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value,
    Header[] headers) {}
