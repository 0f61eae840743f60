package holter.diagnose;

import static holter.diagnose.BrokerRules.door;
import static holter.diagnose.BrokerRules.ejectsMany;
import static holter.diagnose.BrokerRules.firstOf;
import static holter.diagnose.BrokerRules.paths;
import static holter.diagnose.BrokerRules.peersNoAnswer;
import static holter.diagnose.BrokerRules.serves;
import static holter.diagnose.BrokerRules.stillRegistered;
import static holter.diagnose.HostRules.disk;
import static holter.diagnose.HostRules.nicFull;
import static holter.diagnose.Sessions.overOnceStarted;
import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.brokersThatLog;
import static holter.diagnose.Signs.coded;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;
import static holter.diagnose.Signs.topicsOf;

import holter.channel.Sickness;
import java.util.List;

/** F15 to F21: disks, directories, segments. */
final class StorageCauses {
  private StorageCauses() {}

  static final List<Cause> ALL =
      List.of(
          diskFull(),
          diskSlow(),
          directoryOffline(),
          replicaCorrupt(),
          unreadDeleted(),
          compacted(),
          tieredStorage());

  /** F15: its own words and the disk's figure; without the words it is a dead broker. */
  private static Entry diskFull() {
    return Entry.told(
            CauseCode.F15,
            brokersThatLog(LogSign.NO_SPACE),
            logged(DECIDES, 3, LogSign.NO_SPACE),
            logged(FITS, 1, LogSign.DISK_HALT, LogSign.ALL_LOG_DIRS_FAILED),
            firstOf(
                measured(FITS, 2, Metric.DISK_USED_SHARE, used -> used >= 0.98),
                measured(FITS, 2, Metric.INODES_USED_SHARE, used -> used >= 0.98),
                measured(EXCLUDES, 0, Metric.DISK_USED_SHARE, used -> used < 0.8)),
            coded(FITS, 1, "KAFKA_STORAGE_ERROR"),
            door(FITS, 1, Reach.REFUSED),
            overOnceStarted(LogSign.NO_SPACE))
        .helps(AidWords.F15_FIRST, AidWords.F15_ROOT)
        .explains(CauseCode.F01, CauseCode.F17);
  }

  /** F16: small requests are fast and produces slow, where processors or network slow both. */
  private static Entry diskSlow() {
    return Entry.ofSuspects(
            CauseCode.F16,
            firstOf(
                measured(DECIDES, 3, Metric.DISK_AWAIT_MS, ms -> ms >= 100),
                measured(DECIDES, 3, Metric.IO_STALLED_SHARE, share -> share >= 0.3),
                disk(TELLS, 2, share -> share >= 0.95),
                measured(EXCLUDES, 0, Metric.IO_STALLED_SHARE, share -> share < 0.02),
                measured(AGAINST, 2, Metric.DISK_AWAIT_MS, ms -> ms < 20),
                disk(AGAINST, 2, share -> share < 0.6)),
            firstOf(
                measured(TELLS, 2, Metric.PRODUCE_LOCAL_MS, ms -> ms >= 500),
                Limits.often(TELLS, 1.5, LogSign.SLOW_ROLL, 3),
                logged(FITS, 0.5, LogSign.SLOW_ROLL)),
            door(FITS, 1, Reach.ANSWERED),
            door(AGAINST, 1, Reach.SLOW),
            door(FITS, 0.5, Reach.SILENT),
            door(EXCLUDES, 0, Reach.REFUSED),
            firstOf(
                Canaries.slowBesideFastDoor(2),
                paths(1, Sickness.HANG, Sickness.SLOW, Sickness.ISR)),
            peersNoAnswer(1),
            ejectsMany(1),
            stillRegistered(1),
            nicFull(AGAINST, 2),
            measured(AGAINST, 2, Metric.MEMORY_STALLED_SHARE, share -> share >= 0.2))
        .helps(AidWords.F16_FIRST, AidWords.F16_ROOT)
        .explains(CauseCode.F13);
  }

  /** F17: the partitions of one directory, while the broker's others are well. */
  private static Entry directoryOffline() {
    return Entry.told(
            CauseCode.F17,
            Directories::failed,
            Directories::told,
            logged(DECIDES, 2.5, LogSign.LOG_DIR_FAILED),
            Directories::othersWell,
            serves(FITS, 1),
            coded(FITS, 1, "KAFKA_STORAGE_ERROR"),
            overOnceStarted(LogSign.LOG_DIR_FAILED))
        .helps(AidWords.F17_FIRST, AidWords.F17_ROOT)
        .explains(CauseCode.F01);
  }

  /** F18: one replica stays out for minutes; out for a moment it only followed a new leader. */
  private static Entry replicaCorrupt() {
    return Entry.told(
            CauseCode.F18,
            Replicas::doubtful,
            logged(DECIDES, 3, LogSign.CORRUPT_DATA),
            Replicas::failedLong,
            Replicas::outAlone,
            Replicas::back)
        .helps(AidWords.F18_FIRST, AidWords.F18_ROOT);
  }

  /** F19: the oldest record left is newer than what was read last; nothing was refused. */
  private static Entry unreadDeleted() {
    return Entry.told(
            CauseCode.F19,
            Offsets::topicsAhead,
            Offsets::beforeStart,
            Offsets.pastEnd(EXCLUDES, 0),
            Offsets::deletedUnread,
            logged(FITS, 1.5, LogSign.OFFSET_OUT_OF_RANGE),
            Limits.configured(FITS, 0.5, "retention.ms", ms -> ms >= 0 && ms < 3_600_000),
            logged(EXCLUDES, 0, LogSign.UNCLEAN_ELECTION))
        .helps(AidWords.F19_FIRST, AidWords.F19_ROOT);
  }

  /** F20: the topic keeps the last record of each key and takes none without a key. */
  private static Entry compacted() {
    return Entry.told(
            CauseCode.F20,
            topicsOf(LogSign.NULL_KEY_COMPACTED),
            logged(DECIDES, 3, LogSign.NULL_KEY_COMPACTED),
            Limits.set(FITS, 2, "cleanup.policy", policy -> policy.contains("compact")),
            Limits.set(EXCLUDES, 0, "cleanup.policy", policy -> policy.equals("delete")),
            coded(FITS, 1, "INVALID_RECORD", "CORRUPT_MESSAGE"))
        .helps(AidWords.F20_FIRST, AidWords.F20_ROOT);
  }

  /** F21: only what was moved to the outer store is out of reach; new records flow. */
  private static Entry tieredStorage() {
    return Entry.told(
            CauseCode.F21,
            topicsOf(LogSign.REMOTE_STORAGE_FAILED),
            firstOf(
                Limits.often(DECIDES, 3, LogSign.REMOTE_STORAGE_FAILED, 3),
                logged(FITS, 1, LogSign.REMOTE_STORAGE_FAILED)),
            Limits.set(FITS, 1, "remote.storage.enable", "true"::equals),
            Limits.set(EXCLUDES, 0, "remote.storage.enable", "false"::equals),
            coded(FITS, 1, "OFFSET_MOVED_TO_TIERED_STORAGE"),
            Replicas::pathsWell)
        .helps(AidWords.F21_FIRST, AidWords.F21_ROOT);
  }
}
