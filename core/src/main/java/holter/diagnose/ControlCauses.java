package holter.diagnose;

import static holter.diagnose.BrokerRules.door;
import static holter.diagnose.BrokerRules.notRegistered;
import static holter.diagnose.BrokerRules.paths;
import static holter.diagnose.BrokerRules.peersNoAnswer;
import static holter.diagnose.HostRules.nicFull;
import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.coded;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.namedBy;
import static holter.diagnose.Signs.topicsOf;

import holter.channel.Sickness;
import java.util.List;

/** F28 to F36: replicas, leaders, controllers, and where the load goes. */
final class ControlCauses {
  private ControlCauses() {}

  static final List<Cause> ALL =
      List.of(
          new ThinIsr(), // before what lacks a leader: it still has one
          leaderless(),
          uncleanElection(),
          controllerStuck(),
          zooKeeperSick(),
          metadataStale(),
          partitionHot(),
          reassignmentFloods(),
          limitsDiffer());

  /** F29: nobody may lead; the last in sync is to come back. Others elsewhere are untouched. */
  private static Entry leaderless() {
    return Entry.told(
            CauseCode.F29,
            Leaders::without,
            Leaders::none,
            Leaders::lastAnswers,
            door(FITS, 1.5, Reach.REFUSED, Reach.DARK, Reach.SILENT),
            notRegistered(1),
            paths(1, Sickness.LEADERLESS),
            logged(FITS, 1, LogSign.LAST_ISR_KEPT),
            coded(FITS, 1, "LEADER_NOT_AVAILABLE"))
        .helps(AidWords.F29_FIRST, AidWords.F29_CARE, AidWords.F29_ROOT);
  }

  /** F30: a leader that lacked records was elected; the end of the log went down. */
  private static Entry uncleanElection() {
    return Entry.told(
            CauseCode.F30,
            topicsOf(LogSign.UNCLEAN_ELECTION),
            logged(DECIDES, 3, LogSign.UNCLEAN_ELECTION),
            Offsets.pastEnd(FITS, 2),
            Limits.set(FITS, 1, "unclean.leader.election.enable", "true"::equals),
            logged(FITS, 0.5, LogSign.OFFSET_OUT_OF_RANGE, LogSign.OFFSET_RESET),
            logged(FITS, 1, LogSign.TRUNCATED))
        .helps(AidWords.F30_FIRST, AidWords.F30_ROOT)
        .explains(CauseCode.F06);
  }

  /**
   * F31: nothing can change, and records flow. A call that hangs is no verdict by itself: the tools
   * hang with the controller, and also with any broker they happen to ask.
   */
  private static Entry controllerStuck() {
    return Entry.told(
            CauseCode.F31,
            Controllers::lost,
            Controllers::silentLog,
            Controllers::unknown,
            Controllers::differ,
            Controllers::quorumHangs,
            Controllers::heartbeatsLate,
            Controllers::activeOnes,
            door(DECIDES, 1.5, Reach.SILENT, Reach.REFUSED, Reach.DARK),
            door(AGAINST, 2, Reach.ANSWERED),
            Controllers::itselfSick,
            Replicas::pathsWell)
        .helps(AidWords.F31_FIRST, AidWords.F31_ROOT)
        .explains(CauseCode.F01, CauseCode.F02);
  }

  /** F32: several brokers lose their sessions at once, and none of them started anew. */
  private static Entry zooKeeperSick() {
    return Entry.told(
            CauseCode.F32,
            Controllers::zooKeeper,
            Controllers::expiredTogether,
            Controllers::registeredTogether,
            logged(TELLS, 1.4, LogSign.ZOOKEEPER_SLOW),
            Controllers::zooKeeperSilent,
            logged(FITS, 0.5, LogSign.CONTROLLER_MOVED))
        .helps(AidWords.F32_FIRST, AidWords.F32_ROOT);
  }

  /** F33: one client goes on asking the wrong broker, where others have long moved on. */
  private static Entry metadataStale() {
    return Entry.told(
            CauseCode.F33,
            namedBy(What.CLIENT, LogSign.NOT_LEADER),
            logged(FITS, 0.5, LogSign.NOT_LEADER),
            Leaders::askedLong,
            Leaders::othersMovedOn,
            Replicas::pathsWell,
            coded(FITS, 1, "FENCED_LEADER_EPOCH", "UNKNOWN_LEADER_EPOCH"))
        .helps(AidWords.F33_FIRST, AidWords.F33_ROOT);
  }

  /** F34: the load of the leader is the load of one partition, or of too many led. */
  private static Entry partitionHot() {
    return Entry.told(
            CauseCode.F34,
            HotPartition::subjects,
            HotPartition::hot,
            HotPartition::leadsMost,
            HotPartition::brokerTakesMost,
            HotPartition::otherLoad,
            paths(1, Sickness.SLOW, Sickness.HANG))
        .helps(AidWords.F34_FIRST, AidWords.F34_ROOT)
        .explains(CauseCode.F04);
  }

  /** F35: the trouble began with the moving of partitions and is where they are moved. */
  private static Entry reassignmentFloods() {
    return Entry.told(
            CauseCode.F35,
            Leaders::movedAtSuspects,
            Leaders::moved,
            Leaders::movedBefore,
            nicFull(TELLS, 1.5),
            peersNoAnswer(1),
            paths(1, Sickness.SLOW, Sickness.HANG, Sickness.ISR),
            Limits.configured(AGAINST, 1.5, "leader.replication.throttled.rate", v -> v > 0))
        .helps(AidWords.F35_FIRST, AidWords.F35_ROOT)
        .explains(CauseCode.F04);
  }

  /** F36: the leader took a record that the follower may not fetch. */
  private static Entry limitsDiffer() {
    return Entry.told(
            CauseCode.F36,
            Leaders::followersThatCannot,
            logged(DECIDES, 3, LogSign.REPLICA_TOO_LARGE),
            Leaders.settingsDiffer("message.max.bytes", "replica.fetch.max.bytes"),
            Leaders::outOfSync,
            logged(EXCLUDES, 0, LogSign.CORRUPT_DATA))
        .helps(AidWords.F36_FIRST, AidWords.F36_ROOT)
        .explains(CauseCode.F04); // old followers fetch that record again and again from its leader
  }
}
