package holter.server.kafka;

/**
 * What takes the records of a topic. Called by several threads, one per leader; for one partition
 * in the order of its offsets. A call that blocks holds back the partitions of one leader only.
 */
public interface RecordSink {
  /** A record was read. */
  void record(ReadRecord read);

  /** A record could not be read at all: corrupt, or larger than any buffer. */
  void garbled(int partition, long offset, String why);

  /**
   * The read barrier: everything that was visible on this partition at {@code throughMs}, engine
   * time, has been handed over.
   */
  void readThrough(int partition, long throughMs);
}
