package holter.diagnose;

import holter.words.Phrase;

/** A figure of a host, broker or client that bears on a cause; the unit ends the name. */
public enum Metric implements Phrase {
  // a host's, 0 to 1 unless the unit says otherwise
  CPU_STALLED_SHARE("share of time that something waited for a processor"),
  IO_STALLED_SHARE("share of time that something waited for the disk"),
  MEMORY_STALLED_SHARE("share of time that something waited for memory"),
  CPU_STEAL_SHARE("share of processor time taken by other machines"),
  CPU_THROTTLED_SHARE("share of periods in which the broker's group was throttled"),
  DISK_USED_SHARE("share of the data disk that is used"),
  INODES_USED_SHARE("share of the data disk's inodes that are used"),
  DISK_AWAIT_MS("mean wait of a disk request in ms"),
  DISK_READ_BYTES_PER_S("bytes read from disk per second"),
  SWAP_PER_S("pages swapped per second"),
  MAJOR_FAULTS_PER_S("pages read back from disk per second"),
  RETRANSMITTED_SHARE("share of TCP segments that were sent again"),
  CLOCK_AHEAD_MS("how far its clock is ahead in ms"),
  LOAD_PER_CPU("runnable processes per processor"),
  // a broker's, by JMX
  HANDLERS_IDLE_SHARE("idle share of the request handlers"),
  NETWORK_IDLE_SHARE("idle share of the network threads"),
  REQUEST_QUEUE("requests that wait"),
  PRODUCE_LOCAL_MS("time at the leader's log of a produce request in ms"),
  PRODUCE_SEND_MS("time to send a produce request's answer in ms"),
  CONVERSIONS_PER_S("records converted to another format per second"),
  FILES_OPEN_SHARE("share of its file descriptors that are open"),
  HEAP_USED_SHARE("share of its heap that is used after collecting"),
  CONNECTIONS("connections it holds"),
  ACTIVE_CONTROLLERS("controllers that hold themselves for active"),
  LATE_TRANSACTIONS("partitions with transactions that do not end"),
  THROTTLE_MS("how long an answer was held back by a quota, in ms"),
  BYTES_IN_PER_S("bytes produced to it per second"),
  /** Of {@code topic-partition}: how fast its end moves, which any version tells. */
  PARTITION_RECORDS_PER_S("records appended to a partition per second, over the last minute"),
  // a client's
  SENT("records given to the sender"),
  ACKED("records acknowledged to the sender"),
  /** Of a leader's id: canary records that were read back although no answer to the send came. */
  UNACKED_SEEN("records that were never acknowledged and stand in the log"),
  PRODUCE_RATE_BYTES_PER_S("bytes per second that a client produces");

  private final String english;

  Metric(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
