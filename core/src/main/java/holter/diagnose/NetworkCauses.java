package holter.diagnose;

import static holter.diagnose.BrokerRules.door;
import static holter.diagnose.BrokerRules.firstOf;
import static holter.diagnose.BrokerRules.fromElsewhere;
import static holter.diagnose.BrokerRules.inSync;
import static holter.diagnose.BrokerRules.logGoesOn;
import static holter.diagnose.BrokerRules.paths;
import static holter.diagnose.BrokerRules.stillRegistered;
import static holter.diagnose.HostRules.nicCalm;
import static holter.diagnose.HostRules.nicFull;
import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.coded;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;
import static holter.diagnose.Signs.namedBy;

import holter.channel.Sickness;
import java.util.List;

/** F23 to F27: links, names and addresses; every process is well. F22 stands by itself. */
final class NetworkCauses {
  private NetworkCauses() {}

  static final List<Cause> ALL =
      List.of(linkCut(), oneWay(), nameUnresolved(), addressWrong(), idleCut());

  /** F23: two brokers complain about each other and nobody else about either. */
  private static Entry linkCut() {
    return Entry.rivalling(
            CauseCode.F23,
            CutLink::pairs,
            CutLink::mutual,
            CutLink::moreLinks,
            CutLink::bothAnswer,
            CutLink::canaries,
            CutLink::thirdSilent,
            CutLink::paths,
            stillRegistered(1),
            nicFull(AGAINST, 2),
            logged(FITS, 0.5, LogSign.CONTROLLER_CANNOT_REACH))
        .helps(AidWords.F23_FIRST, AidWords.F23_ROOT)
        .explains(CauseCode.F24, CauseCode.F05);
  }

  /**
   * F24: requests arrive and answers vanish. That records stand in the log whose sender never got
   * an answer is told by the canary, which reads back what it wrote.
   */
  private static Entry oneWay() {
    return Entry.ofSuspects(
            CauseCode.F24,
            measured(DECIDES, 3.5, Metric.UNACKED_SEEN, n -> n >= 1),
            Limits.often(TELLS, 1.5, LogSign.ANSWER_WITHOUT_CONNECTION, 3),
            CutLink::oneWay,
            BrokerSigns::acknowledges,
            door(FITS, 0.5, Reach.SILENT, Reach.DARK),
            door(EXCLUDES, 0, Reach.REFUSED, Reach.ANSWERED),
            logGoesOn(FITS, 1),
            nicCalm(FITS, 0.5),
            nicFull(AGAINST, 2),
            measured(AGAINST, 2, Metric.CPU_THROTTLED_SHARE, v -> v >= 0.3),
            paths(0.5, Sickness.HANG, Sickness.ISR))
        .helps(AidWords.F24_FIRST, AidWords.F24_ROOT);
  }

  /** F25: the name is not known here, and is elsewhere; behind it all is well. */
  private static Entry nameUnresolved() {
    return Entry.rivalling(
            CauseCode.F25,
            Addresses::namesUnresolved,
            door(DECIDES, 3, Reach.UNRESOLVED),
            logged(DECIDES, 2.5, LogSign.NAME_UNRESOLVED),
            fromElsewhere(TELLS, 1.5, Reach.ANSWERED, Reach.SLOW),
            fromElsewhere(AGAINST, 1.5, Reach.UNRESOLVED),
            inSync(FITS, 1),
            Addresses::odd)
        .helps(AidWords.F25_FIRST, AidWords.F25_ROOT);
  }

  /** F26: the broker lives, and nobody is where it says it is. */
  private static Entry addressWrong() {
    return Entry.rivalling(
            CauseCode.F26,
            Addresses::unreached,
            door(FITS, 1, Reach.DARK, Reach.REFUSED, Reach.UNRESOLVED),
            door(EXCLUDES, 0, Reach.ANSWERED, Reach.SLOW, Reach.SILENT),
            firstOf(
                logged(DECIDES, 3, LogSign.LISTENER_MISSING),
                coded(DECIDES, 3, "LISTENER_NOT_FOUND")),
            Addresses::loopback,
            Addresses::unlikeOthers,
            Addresses::unadvertised,
            firstOf(
                logGoesOn(DECIDES, 2), Addresses.outlived(inSync(DECIDES, 2)), inSync(FITS, 0.5)),
            firstOf(Addresses.outlived(stillRegistered(1)), stillRegistered(0.5)),
            Addresses::nobodyThere,
            Addresses.outlived(Addresses::peersContent),
            fromElsewhere(AGAINST, 2, Reach.ANSWERED, Reach.SLOW),
            fromElsewhere(FITS, 1.5, Reach.DARK, Reach.REFUSED, Reach.UNRESOLVED))
        .helps(AidWords.F26_FIRST, AidWords.F26_ROOT)
        .explains(CauseCode.F05);
  }

  /**
   * F27: what was idle is found dead, whichever broker it went to, and a send pays for it. The sign
   * is of connections idle for less than the broker's own limit of nine minutes: above it the
   * broker closes them itself, and nothing is lost.
   */
  private static Entry idleCut() {
    return Entry.told(
            CauseCode.F27,
            namedBy(What.CLIENT, LogSign.IDLE_DISCONNECTED),
            logged(FITS, 1, LogSign.IDLE_DISCONNECTED),
            Addresses::idleToMany,
            logged(
                DECIDES,
                2,
                LogSign.NETWORK_EXCEPTION,
                LogSign.REQUEST_TIMED_OUT,
                LogSign.BATCH_EXPIRED),
            Replicas::pathsWell)
        .helps(AidWords.F27_FIRST, AidWords.F27_ROOT);
  }
}
