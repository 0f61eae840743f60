package holter.diagnose;

import static holter.diagnose.BrokerRules.firstOf;
import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.coded;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.namedBy;

import java.util.List;

/** F43 to F48: what goes wrong behind the brokers. */
final class ConsumerCauses {
  private ConsumerCauses() {}

  static final List<Cause> ALL =
      List.of(rebalancing(), stuck(), reset(), tooSlow(), coordinatorSick(), openTransaction());

  /** F43: its members change again and again; one that polls too late is another cause. */
  private static Entry rebalancing() {
    return Entry.told(
            CauseCode.F43,
            Groups::changing,
            Groups.rebalances(DECIDES, 3),
            Groups.memberships(DECIDES, 3),
            logged(FITS, 0.5, LogSign.MEMBER_EXPELLED),
            logged(AGAINST, 2.5, LogSign.POLL_TOO_LATE),
            Coordinators.missesCoordinator(AGAINST, 2.5))
        .helps(AidWords.F43_FIRST, AidWords.F43_ROOT);
  }

  /** F44: a member leaves while its process lives, and records go on coming. */
  private static Entry stuck() {
    return Entry.told(
            CauseCode.F44,
            namedBy(What.GROUP, LogSign.POLL_TOO_LATE, LogSign.COMMIT_FAILED),
            firstOf(
                logged(DECIDES, 2.5, LogSign.POLL_TOO_LATE),
                logged(TELLS, 1.7, LogSign.COMMIT_FAILED)),
            Groups::standsWhileRecordsCome,
            Groups::comesAndGoes,
            Senders.brokersSay(FITS, 0.5, LogSign.MEMBER_EXPELLED),
            Groups::rebalancesBesides,
            Groups.memberships(AGAINST, 1),
            Coordinators.missesCoordinator(AGAINST, 2))
        .helps(AidWords.F44_FIRST, AidWords.F44_ROOT);
  }

  /** F45: a reader went elsewhere than it stood. A group that is new resets too, and loses none. */
  private static Entry reset() {
    return Entry.told(
            CauseCode.F45, Resets::subjects, Resets::fromOutside, Offsets.pastEnd(AGAINST, 3))
        .helps(AidWords.F45_FIRST, AidWords.F45_ROOT);
  }

  /**
   * F46: it reads, commits and falls behind, while the brokers are well. What its fetches take is
   * not seen, so its own network or a quota may be the reason: it stays likely.
   */
  private static Entry tooSlow() {
    return Entry.told(
            CauseCode.F46,
            Senders.unlessSuspect(Groups::fallingBehind),
            Groups::fallsBehind,
            Groups::isLate,
            Groups::stable,
            Groups.rebalances(EXCLUDES, 0),
            Groups.memberships(EXCLUDES, 0),
            logged(AGAINST, 3, LogSign.POLL_TOO_LATE, LogSign.COMMIT_FAILED),
            Groups::coordinatorGoneLately,
            Transactions::transactionBefore,
            Quotas::anyoneHeldBack,
            Replicas::pathsWell)
        .helps(AidWords.F46_FIRST, AidWords.F46_ROOT);
  }

  /** F47: the groups of one coordinator stand still, those of others do not. */
  private static Entry coordinatorSick() {
    return Entry.told(
            CauseCode.F47,
            Coordinators::coordinators,
            Coordinators::coordinatorGone,
            Coordinators::othersStable,
            Coordinators::refusedByCoordinator,
            logged(FITS, 1, LogSign.OFFSETS_LOADED_SLOWLY))
        .helps(AidWords.F47_FIRST, AidWords.F47_ROOT);
  }

  /** F48: whoever reads only what is committed waits for a transaction that does not end. */
  private static Entry openTransaction() {
    return Entry.told(
            CauseCode.F48,
            Transactions::subjects,
            Transactions::openLong,
            Transactions::lateTransactions,
            Transactions::readersWait,
            coded(FITS, 0.5, "CONCURRENT_TRANSACTIONS"))
        .helps(AidWords.F48_FIRST, AidWords.F48_ROOT);
  }
}
