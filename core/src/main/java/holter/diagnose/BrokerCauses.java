package holter.diagnose;

import static holter.diagnose.BrokerRules.door;
import static holter.diagnose.BrokerRules.ejectsMany;
import static holter.diagnose.BrokerRules.fenced;
import static holter.diagnose.BrokerRules.firstOf;
import static holter.diagnose.BrokerRules.fromElsewhere;
import static holter.diagnose.BrokerRules.inSync;
import static holter.diagnose.BrokerRules.logGap;
import static holter.diagnose.BrokerRules.logGoesOn;
import static holter.diagnose.BrokerRules.notRegistered;
import static holter.diagnose.BrokerRules.paths;
import static holter.diagnose.BrokerRules.pauses;
import static holter.diagnose.BrokerRules.peersNoAnswer;
import static holter.diagnose.BrokerRules.peersTimeOut;
import static holter.diagnose.BrokerRules.serves;
import static holter.diagnose.BrokerRules.stillRegistered;
import static holter.diagnose.BrokerRules.wokeUp;
import static holter.diagnose.HostRules.cpu;
import static holter.diagnose.HostRules.disk;
import static holter.diagnose.HostRules.memoryLeft;
import static holter.diagnose.HostRules.nicCalm;
import static holter.diagnose.HostRules.nicFull;
import static holter.diagnose.Sessions.overOnceStarted;
import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.brokersThatLog;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;

import holter.channel.Sickness;
import java.util.List;

/**
 * F03 and F05 to F14: the broker's process and what its host gives it. Those that are told by a
 * figure compete with the full network and the frozen process, whose silence they imitate; a figure
 * that was not measured decides nothing.
 */
final class BrokerCauses {
  private BrokerCauses() {}

  static final List<Cause> ALL =
      List.of(
          hostDark(),
          flapping(),
          withoutMandate(),
          starved(),
          collecting(),
          shortOfMemory(),
          killedForMemory(),
          outOfFiles(),
          connectionLimit(),
          queueFull(),
          recovering());

  /** F03: nothing on the host answers a connect, where the host of a dead broker refuses it. */
  private static Entry hostDark() {
    return Entry.ofSuspects(
            CauseCode.F03,
            door(TELLS, 2, Reach.DARK),
            door(
                EXCLUDES, 0, Reach.REFUSED, Reach.SILENT, Reach.ANSWERED, Reach.SLOW, Reach.CLOSED),
            fromElsewhere(DECIDES, 2, Reach.DARK),
            fromElsewhere(AGAINST, 3, Reach.ANSWERED, Reach.SLOW, Reach.SILENT, Reach.REFUSED),
            peersTimeOut(2),
            Sessions.stoppedInOrder(EXCLUDES, 0),
            HostRules.metricsUnanswered(1.5),
            HostRules.answersMetrics(EXCLUDES, 0),
            HostRules.nodeNotReady(2),
            paths(0.5, Sickness.HANG, Sickness.LEADERLESS),
            notRegistered(1),
            fenced(0.5),
            firstOf(Addresses.outlived(inSync(AGAINST, 3)), inSync(AGAINST, 1)),
            Addresses::odd,
            logGoesOn(EXCLUDES, 0))
        .helps(AidWords.F03_FIRST, AidWords.F03_ROOT);
  }

  /** F05: out of the cluster again and again while its process runs and answers. */
  private static Entry flapping() {
    return Entry.told(
            CauseCode.F05,
            Sessions::flapping,
            Sessions::again,
            Sessions::upButOut,
            Sessions::registeredAnew,
            logged(FITS, 1, LogSign.SESSION_EXPIRED, LogSign.HEARTBEAT_TO_CONTROLLER_LATE),
            fenced(1),
            paths(0.5, Sickness.HANG, Sickness.LEADERLESS),
            wokeUp(AGAINST, 3),
            Sessions::ofOnePause,
            Sessions.manyAtOnce(AGAINST, 3),
            door(EXCLUDES, 0, Reach.REFUSED, Reach.DARK),
            Sessions::ofAStart,
            Sessions.overOnceQuiet(LogSign.REGISTERED_AGAIN, LogSign.UNFENCED))
        .helps(AidWords.F05_FIRST, AidWords.F05_ROOT);
  }

  /** F06: it went on leading after another was elected; what it took meanwhile is cut off. */
  private static Entry withoutMandate() {
    return Entry.told(
            CauseCode.F06,
            Mandates::doubtful,
            Mandates::twoLeaders,
            logged(TELLS, 2, LogSign.STALE_LEADER),
            Mandates::truncatedAlive,
            fenced(1),
            Sessions.overOnceQuiet(LogSign.STALE_LEADER, LogSign.TRUNCATED))
        .helps(AidWords.F06_FIRST, AidWords.F06_CARE, AidWords.F06_ROOT);
  }

  /** F07: even a small request is late, while the network has room and the processors have none. */
  private static Entry starved() {
    return Entry.ofSuspects(
            CauseCode.F07,
            firstOf(
                measured(DECIDES, 4, Metric.CPU_THROTTLED_SHARE, v -> v >= Starved.ALWAYS_SHARE),
                measured(DECIDES, 3, Metric.CPU_THROTTLED_SHARE, v -> v >= Starved.THROTTLED_SHARE),
                measured(DECIDES, 2.5, Metric.CPU_STEAL_SHARE, v -> v >= 0.2),
                measured(DECIDES, 2.5, Metric.CPU_STALLED_SHARE, v -> v >= 0.4),
                cpu(TELLS, 1.5, v -> v >= 0.95),
                measured(TELLS, 1, Metric.LOAD_PER_CPU, v -> v >= 4),
                measured(EXCLUDES, 0, Metric.CPU_THROTTLED_SHARE, v -> v < 0.05),
                measured(AGAINST, 2, Metric.CPU_STALLED_SHARE, v -> v < 0.1),
                cpu(AGAINST, 2, v -> v < 0.7)),
            measured(FITS, 1, Metric.NETWORK_IDLE_SHARE, v -> v <= 0.1),
            door(FITS, 2, Reach.SLOW),
            door(FITS, 1, Reach.SILENT),
            Starved::answers,
            door(EXCLUDES, 0, Reach.REFUSED),
            nicFull(AGAINST, 2),
            nicCalm(FITS, 0.5),
            paths(1, Sickness.HANG, Sickness.SLOW, Sickness.ISR),
            peersNoAnswer(1),
            ejectsMany(1),
            stillRegistered(0.5))
        .helps(AidWords.F07_FIRST, AidWords.F07_ROOT)
        .explains(CauseCode.F05, CauseCode.F13);
  }

  /** F08: its own collector stops it, as its log of collections tells. */
  private static Entry collecting() {
    return Entry.told(
            CauseCode.F08,
            BrokerRules::pausedBrokers,
            pauses(DECIDES, 3),
            Sessions::collectedBefore,
            measured(FITS, 1.5, Metric.HEAP_USED_SHARE, v -> v >= 0.9),
            measured(AGAINST, 1, Metric.HEAP_USED_SHARE, v -> v < 0.5),
            logged(FITS, 1, LogSign.OUT_OF_MEMORY),
            door(FITS, 1, Reach.SILENT, Reach.SLOW),
            paths(0.5, Sickness.HANG, Sickness.SLOW, Sickness.ISR),
            firstOf(wokeUp(FITS, 1), logGap(FITS, 1)),
            // collections are long for another's reason
            measured(AGAINST, 2, Metric.CPU_THROTTLED_SHARE, v -> v >= 0.3),
            measured(AGAINST, 2, Metric.SWAP_PER_S, v -> v >= 500))
        .helps(AidWords.F08_FIRST, AidWords.F08_ROOT)
        .explains(CauseCode.F02, CauseCode.F05, CauseCode.F13);
  }

  /** F09: the host reads back what it had in memory, while nothing more is written. */
  private static Entry shortOfMemory() {
    return Entry.ofSuspects(
            CauseCode.F09,
            firstOf(
                measured(DECIDES, 3, Metric.MEMORY_STALLED_SHARE, v -> v >= 0.2),
                measured(DECIDES, 2.5, Metric.SWAP_PER_S, v -> v >= 500),
                measured(TELLS, 2, Metric.MAJOR_FAULTS_PER_S, v -> v >= 500),
                memoryLeft(TELLS, 1, v -> v < 0.05),
                measured(EXCLUDES, 0, Metric.MEMORY_STALLED_SHARE, v -> v < 0.02),
                memoryLeft(AGAINST, 2, v -> v > 0.2)),
            measured(FITS, 1, Metric.DISK_READ_BYTES_PER_S, v -> v >= 20_000_000),
            measured(AGAINST, 1, Metric.HEAP_USED_SHARE, v -> v >= 0.95),
            paths(1, Sickness.HANG, Sickness.SLOW, Sickness.ISR),
            door(FITS, 0.5, Reach.SLOW, Reach.ANSWERED),
            door(EXCLUDES, 0, Reach.REFUSED),
            nicFull(AGAINST, 1.5),
            stillRegistered(0.5))
        .helps(AidWords.F09_FIRST, AidWords.F09_ROOT)
        .explains(CauseCode.F16);
  }

  /** F10: Kubernetes or the kernel killed it for memory, not once. */
  private static Entry killedForMemory() {
    return Entry.told(
            CauseCode.F10,
            Pods::killedBrokers,
            Pods::killedForMemory,
            logged(DECIDES, 3, LogSign.KILLED_FOR_MEMORY),
            logged(FITS, 1, LogSign.RECOVERING_LOGS),
            door(FITS, 1, Reach.REFUSED),
            notRegistered(0.5),
            paths(0.5, Sickness.REFUSED, Sickness.HANG, Sickness.LEADERLESS))
        .helps(AidWords.F10_FIRST, AidWords.F10_ROOT)
        .explains(CauseCode.F01, CauseCode.F14);
  }

  /** F11: new connections fail from everywhere, those that stand live on. */
  private static Entry outOfFiles() {
    return Entry.told(
            CauseCode.F11,
            brokersThatLog(LogSign.TOO_MANY_FILES),
            logged(DECIDES, 3, LogSign.TOO_MANY_FILES),
            measured(FITS, 2, Metric.FILES_OPEN_SHARE, v -> v >= 0.95),
            measured(EXCLUDES, 0, Metric.FILES_OPEN_SHARE, v -> v < 0.7),
            door(FITS, 1, Reach.CLOSED, Reach.SILENT, Reach.REFUSED),
            fromElsewhere(FITS, 1, Reach.CLOSED, Reach.SILENT),
            fromElsewhere(AGAINST, 1, Reach.ANSWERED),
            serves(FITS, 0.5),
            overOnceStarted(LogSign.TOO_MANY_FILES))
        .helps(AidWords.F11_FIRST, AidWords.F11_ROOT)
        .explains(CauseCode.F01, CauseCode.F02); // it dies of the first file that it must open
  }

  /**
   * F12: one address is refused, others are not. The line alone is what a scanner leaves too, so
   * somebody must suffer from it.
   */
  private static Entry connectionLimit() {
    return Entry.told(
            CauseCode.F12,
            brokersThatLog(LogSign.TOO_MANY_CONNECTIONS),
            firstOf(
                Limits.often(TELLS, 2, LogSign.TOO_MANY_CONNECTIONS, 20),
                logged(FITS, 1, LogSign.TOO_MANY_CONNECTIONS)),
            firstOf(door(DECIDES, 2, Reach.CLOSED), logged(TELLS, 1.5, LogSign.NODE_DISCONNECTED)),
            fromElsewhere(TELLS, 1, Reach.ANSWERED),
            Limits.configured(FITS, 1, "max.connections.per.ip", v -> v < 1_000),
            measured(AGAINST, 3, Metric.FILES_OPEN_SHARE, v -> v >= 0.95),
            logged(AGAINST, 3, LogSign.TOO_MANY_FILES))
        .helps(AidWords.F12_FIRST, AidWords.F12_ROOT);
  }

  /** F13: no request handler is idle, though neither processor nor disk holds it up. */
  private static Entry queueFull() {
    return Entry.ofSuspects(
            CauseCode.F13,
            measured(DECIDES, 2.5, Metric.REQUEST_QUEUE, v -> v >= 450),
            measured(TELLS, 1.5, Metric.HANDLERS_IDLE_SHARE, v -> v <= 0.05),
            measured(EXCLUDES, 0, Metric.HANDLERS_IDLE_SHARE, v -> v >= 0.3),
            measured(FITS, 1, Metric.CONVERSIONS_PER_S, v -> v >= 1_000),
            door(FITS, 0.5, Reach.SILENT, Reach.SLOW),
            door(EXCLUDES, 0, Reach.REFUSED),
            paths(0.5, Sickness.HANG, Sickness.SLOW, Sickness.ISR),
            peersNoAnswer(0.5),
            firstOf(
                measured(AGAINST, 3, Metric.CPU_THROTTLED_SHARE, v -> v >= 0.3),
                measured(AGAINST, 3, Metric.CPU_STALLED_SHARE, v -> v >= 0.4),
                cpu(AGAINST, 2, v -> v >= 0.95)),
            firstOf(
                measured(AGAINST, 3, Metric.IO_STALLED_SHARE, v -> v >= 0.3),
                measured(AGAINST, 3, Metric.DISK_AWAIT_MS, v -> v >= 100),
                disk(AGAINST, 2, v -> v >= 0.95)),
            nicFull(AGAINST, 2))
        .helps(AidWords.F13_FIRST, AidWords.F13_ROOT);
  }

  /** F14: its process runs and writes of recovering; its port is closed until it is done. */
  private static Entry recovering() {
    return Entry.told(
            CauseCode.F14,
            brokersThatLog(LogSign.RECOVERING_LOGS),
            Sessions::stillRecovering,
            door(FITS, 1.5, Reach.REFUSED),
            door(EXCLUDES, 0, Reach.ANSWERED, Reach.SLOW),
            notRegistered(1),
            logGoesOn(FITS, 1))
        .helps(AidWords.F14_FIRST, AidWords.F14_CARE, AidWords.F14_ROOT)
        .explains(CauseCode.F01);
  }
}
