package holter.server.log;

import static holter.server.log.Wording.Origin.BROKER;
import static holter.server.log.Wording.Origin.EITHER;
import static holter.server.log.Wording.row;

import holter.diagnose.LogSign;
import java.util.List;

/** What brokers' logs say of their process, session, disk and data. */
final class BrokerWordings {
  private BrokerWordings() {}

  static final List<Wording> PROCESS =
      List.of(
          broker(
              LogSign.STARTING,
              "kafka.server.KafkaServer 0.10–3.9",
              "INFO starting (kafka.server.KafkaServer)"),
          broker(
              LogSign.STARTING,
              "kafka.server.BrokerServer 2.8–4.x",
              "[BrokerServer id=<n>] Transition from SHUTDOWN to STARTING"),
          broker(
              LogSign.STARTED, "kafka.server.KafkaServer 0.10–0.11", "[Kafka Server <n>], started"),
          broker(
              LogSign.STARTED, "kafka.server.KafkaServer 1.0–3.9", "[KafkaServer id=<n>] started"),
          broker(
              LogSign.STARTED,
              "kafka.server.BrokerServer 2.8–4.x",
              "[BrokerServer id=<n>] Transition from STARTING to STARTED"),
          broker(
              LogSign.STOPPED_CLEANLY,
              "kafka.server.KafkaServer 0.10–0.11",
              "[Kafka Server <n>], shut down completed"),
          broker(
              LogSign.STOPPED_CLEANLY,
              "kafka.server.KafkaServer 1.0–3.9",
              "[KafkaServer id=<n>] shut down completed"),
          broker(
              LogSign.STOPPED_CLEANLY,
              "kafka.server.BrokerServer 2.8–4.x",
              "[BrokerServer id=<n>] shut down completed"),
          // log4j2 ends with the process: of an orderly stop of 4.x this may be the last line
          broker(
              LogSign.STOPPED_CLEANLY,
              "o.a.k.common.utils.LoggingSignalHandler 1.1–4.x",
              "Terminating process due to signal SIG"),
          broker(
              LogSign.RECOVERING_LOGS,
              "kafka.log.Log 0.10–2.8, LogLoader 3.x–4.x",
              "Recovering unflushed segment <n>"),
          // of a fresh directory there is nothing to recover: 2.8 says so of those too
          broker(
              LogSign.RECOVERING_LOGS,
              "kafka.log.LogManager 3.x–4.x",
              "Recovering <some> logs from <*> since no clean shutdown file was found"),
          row(LogSign.OUT_OF_MEMORY, EITHER, "JVM, all versions", "java.lang.OutOfMemoryError"),
          broker(
              LogSign.TOO_MANY_FILES,
              "kafka.network.Acceptor 0.10–4.x with the system's message",
              "Too many open files"),
          broker(
              LogSign.TOO_MANY_CONNECTIONS,
              "kafka.network.Acceptor 0.10–4.x",
              "Rejected connection from <addr>, address already has the configured maximum of"),
          broker(
              LogSign.KILLED_FOR_MEMORY,
              "Linux mm/oom_kill.c since 4.19",
              "ut of memory: Killed process <n> (java)"),
          broker(
              LogSign.KILLED_FOR_MEMORY,
              "Linux mm/oom_kill.c before 4.19",
              "ut of memory: Kill process <n> (java)"));

  static final List<Wording> SESSION =
      List.of(
          broker(
              LogSign.SESSION_EXPIRED,
              "org.I0Itec.zkclient.ZkClient 0.8–0.10 (Kafka 0.10–1.0)",
              "zookeeper state changed (Expired)"),
          broker(
              LogSign.SESSION_EXPIRED,
              "kafka.zookeeper.ZooKeeperClient 1.1–3.9",
              "[ZooKeeperClient <*>] Session expired."),
          broker(
              LogSign.REGISTERED_AGAIN,
              "kafka.server.KafkaHealthcheck 0.10–1.0",
              "INFO re-registering broker info in ZK for broker <broker>"),
          broker(
              LogSign.HEARTBEAT_TO_CONTROLLER_LATE,
              "kafka.server.BrokerLifecycleManager 2.8–4.x",
              "Unable to send a heartbeat because the RPC got timed out before it could be sent"),
          broker(
              LogSign.UNFENCED,
              "o.a.k.controller.BrokerHeartbeatManager 2.8–4.x",
              "The request from broker <broker> to unfence has been granted"),
          broker(
              LogSign.ZOOKEEPER_SLOW,
              "o.a.zookeeper.server.persistence.FileTxnLog 3.4–3.9",
              "fsync-ing the write ahead log in <*> took <n>ms"),
          broker(
              LogSign.STALE_LEADER,
              "kafka.cluster.Partition 0.10–2.5",
              "Partition <tp> <*>not equal to that in zookeeper, skip updating ISR"),
          broker(
              LogSign.STALE_LEADER,
              "kafka.cluster.Partition 2.6–2.8",
              "[Partition <tp> broker=<n>] Failed to update ISR to <*>"
                  + " since we sent an old leader epoch. Giving up."),
          broker(
              LogSign.STALE_LEADER,
              "kafka.cluster.Partition 3.x–4.x",
              "[Partition <tp> broker=<n>] Failed to alter partition to <*>"
                  + " since the leader epoch is old"),
          broker(
              LogSign.STALE_LEADER,
              "kafka.server.DefaultAlterPartitionManager 2.7–4.x",
              "Broker had a stale broker epoch (<n>)"),
          // from 1.0 on this is said of cuts only; 0.10 says it each time it follows a leader
          broker(
              LogSign.TRUNCATED,
              "kafka.log.Log 1.0–2.8, UnifiedLog 3.x–4.x",
              "partition=<tp>, dir=<dir>] Truncating to offset <n>"));

  static final List<Wording> DISK =
      List.of(
          broker(LogSign.NO_SPACE, "the system's message, all", "No space left on device"),
          broker(
              LogSign.DISK_HALT,
              "kafka.server.ReplicaManager 0.10–0.11",
              "Halting due to unrecoverable I/O error while handling produce request"),
          broker(
              LogSign.DISK_HALT,
              "kafka.server.ReplicaManager 0.10–0.11",
              "Error writing to highwatermark file:"),
          broker(
              LogSign.DISK_HALT,
              "kafka.server.ReplicaFetcherThread 0.10–0.11",
              "Disk error while replicating data for"),
          broker(
              LogSign.LOG_DIR_FAILED,
              "kafka.server.ReplicaManager 3.7–4.x",
              "Stopping serving replicas in dir <dir> with uuid"),
          broker(
              LogSign.LOG_DIR_FAILED,
              "kafka.server.ReplicaManager 1.0–3.9",
              "Stopping serving replicas in dir <dir>"),
          broker(
              LogSign.ALL_LOG_DIRS_FAILED,
              "kafka.log.LogManager 1.0–4.x",
              "Shutdown broker because all log dirs in <dir> have failed"),
          broker(
              LogSign.SLOW_ROLL,
              "kafka.log.Log 0.10–2.8, LocalLog 3.x–4.x",
              "Rolled new log segment <*>in <second> ms"),
          broker(
              LogSign.CORRUPT_DATA,
              "kafka.log.Log 0.10–0.11",
              "Corruption found in segment <n> of log <tp>, truncating to offset"),
          broker(
              LogSign.CORRUPT_DATA,
              "kafka.log.Log 1.0–2.8, LogLoader 3.x–4.x",
              "partition=<tp>, dir=<dir>] Corruption found in segment"),
          broker(
              LogSign.CORRUPT_DATA,
              "kafka.server.AbstractFetcherThread 0.10–4.x",
              "Found invalid messages during fetch for partition <tp> offset"),
          broker(
              LogSign.PARTITION_FAILED,
              "kafka.server.AbstractFetcherThread 2.3–4.x",
              "Partition <tp> marked as failed"),
          row(
              LogSign.PARTITION_FAILED,
              BROKER,
              Wording.Use.PARDON,
              "kafka.server.AbstractFetcherThread 2.3–4.x",
              "Partition <tp> has an older epoch (<n>) than the current leader"),
          broker(
              LogSign.RETENTION_DELETED,
              "kafka.log.Log 2.6–2.8",
              "partition=<tp>, dir=<dir>] Deleting segments due to retention"),
          broker(
              LogSign.RETENTION_DELETED,
              "kafka.log.Log 2.8, LocalLog 3.x–4.x",
              "partition=<tp>, dir=<dir>] Deleting segments due to log retention"),
          broker(
              LogSign.RETENTION_DELETED,
              "kafka.log.UnifiedLog 3.x–4.x",
              "partition=<tp>, dir=<dir>] Deleting segment <*> due to log retention"),
          broker(
              LogSign.RETENTION_DELETED,
              "kafka.log.Log 0.10–1.x",
              "Scheduling log segment <n> for log <tp> for deletion"),
          broker(
              LogSign.NULL_KEY_COMPACTED,
              "o.a.k.storage LogValidator 2.4–4.x",
              "Compacted topic cannot accept message without key in topic partition <tp>"),
          broker(
              LogSign.REMOTE_STORAGE_FAILED,
              "kafka.log.remote.RemoteLogReader 3.6–4.x",
              "Error occurred while reading the remote data for <tp>"),
          broker(
              LogSign.REMOTE_STORAGE_FAILED,
              "kafka.server.AbstractFetcherThread 3.6–4.x",
              "Error building remote log auxiliary state for <tp>"));

  private static Wording broker(LogSign sign, String cited, String template) {
    return row(sign, BROKER, cited, template);
  }
}
