package holter.diagnose;

import holter.words.Phrase;

/**
 * What a line of a broker's, controller's or client's log can say that bears on a cause. One sign
 * stands for the wordings of all versions; the patterns stand in {@code holter.server.log}.
 */
public enum LogSign implements Phrase {
  // the process
  STARTING("it starts"),
  STARTED("it has started"),
  STOPPED_CLEANLY("it was shut down in order"),
  RECOVERING_LOGS("it recovers its logs after an unclean stop"),
  OUT_OF_MEMORY("out of memory"),
  TOO_MANY_FILES("too many open files"),
  TOO_MANY_CONNECTIONS("an address has its maximum of connections"),
  /** Of the host's own log: the kernel's, read by whoever asks the host. */
  KILLED_FOR_MEMORY("the system killed it for want of memory"),
  /** Of no line: a long gap between lines, from its first moment to its last. */
  STOOD_STILL("its log stood still"),
  // the session
  SESSION_EXPIRED("its ZooKeeper session expired"),
  REGISTERED_AGAIN("it registers again"),
  HEARTBEAT_TO_CONTROLLER_LATE("its heartbeat to the controller timed out"),
  UNFENCED("the controller lets it in again"),
  ZOOKEEPER_SLOW("ZooKeeper writes its log slowly"),
  STALE_LEADER("it was refused an ISR change: another leader was elected meanwhile"),
  TRUNCATED("it cut its log back to the new leader's"),
  // the disk
  NO_SPACE("no space left on device"),
  DISK_HALT("it halts because it cannot write"),
  LOG_DIR_FAILED("it stops serving the replicas of a directory"),
  ALL_LOG_DIRS_FAILED("it shuts down because all its directories have failed"),
  SLOW_ROLL("rolling or flushing a segment took long"),
  CORRUPT_DATA("data in a segment is corrupt"),
  PARTITION_FAILED("a replica is marked as failed"),
  RETENTION_DELETED("segments are deleted by retention"),
  NULL_KEY_COMPACTED("a record without a key was refused by a compacted topic"),
  REMOTE_STORAGE_FAILED("tiered storage does not answer"),
  // the network
  ANSWER_WITHOUT_CONNECTION("an answer could not be sent: its connection was gone"),
  CONTROLLER_CANNOT_REACH("the controller cannot reach a broker"),
  // replication and control
  UNDER_MIN_ISR("fewer replicas in sync than required"),
  LAST_ISR_KEPT("the last replica in sync is gone and is waited for"),
  UNCLEAN_ELECTION("a replica that was not in sync was elected"),
  CONTROLLER_MOVED("another controller took over"),
  CONTROLLER_SILENT("the controller does not answer"),
  REASSIGNMENT("partitions are reassigned"),
  REPLICA_TOO_LARGE("a record is larger than a follower may fetch"),
  TOPIC_CREATED_BY_ASKING("a topic was created because somebody asked for it"),
  PARTITIONS_ADDED("partitions were added to a topic"),
  // producers
  NETWORK_EXCEPTION("a send ended with NETWORK_EXCEPTION"),
  REQUEST_TIMED_OUT("a request timed out"),
  BATCH_EXPIRED("records expired in the sender before they were sent"),
  BUFFER_EXHAUSTED("the sender's buffer is full"),
  METADATA_MISSING("the sender got no metadata of a topic"),
  RECORD_TOO_LARGE("a record is too large"),
  NOT_ENOUGH_REPLICAS("a send was refused: too few replicas in sync"),
  NOT_LEADER("a request went to a broker that does not lead"),
  OUT_OF_SEQUENCE("a producer's sequence is out of order"),
  PRODUCER_FENCED("a producer was fenced by another with its id"),
  TIMESTAMP_REFUSED("a record's timestamp was refused"),
  LAST_LINE("its last line"),
  CLOSED_WITH_RECORDS_LEFT("a sender was closed before its records were sent"),
  // connections of clients
  NAME_UNRESOLVED("a broker's name cannot be resolved"),
  NODE_UNREACHABLE("a connection to a broker could not be made"),
  NODE_DISCONNECTED("a broker closed the connection"),
  IDLE_DISCONNECTED("a connection was found dead after being idle"),
  LISTENER_MISSING("a leader has no matching listener"),
  VERSION_UNSUPPORTED("a request's version is not supported"),
  // consumers
  GROUP_REBALANCES("a group rebalances"),
  MEMBER_EXPELLED("a member of a group was removed"),
  POLL_TOO_LATE("a consumer polled too late and left its group"),
  COMMIT_FAILED("a commit was refused: the group had moved on"),
  OFFSET_OUT_OF_RANGE("an offset is out of range"),
  OFFSET_RESET("a consumer's offset was reset"),
  COORDINATOR_GONE("a group's coordinator is unavailable"),
  OFFSETS_LOADED_SLOWLY("loading a group's offsets took long"),
  // rights
  ACCESS_DENIED("an operation was denied"),
  LOGIN_FAILED("a login failed"),
  TLS_FAILED("a TLS handshake failed"),
  CERTIFICATE_EXPIRED("a certificate has expired or is not valid yet"),
  // whoever restarts
  RESTARTED_FOR_SILENCE("a worker was restarted because its heartbeat was lost");

  private final String english;

  LogSign(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
