package holter.diagnose;

import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.coded;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;

import java.util.List;

/**
 * F49 to F55: names, rights, quotas, versions and clocks. What Holter itself was refused says what
 * Holter may do; by itself it never makes a cause of anybody's trouble certain.
 */
final class AccessCauses {
  private AccessCauses() {}

  static final List<Cause> ALL =
      List.of(
          topicMissing(),
          partitionsAdded(),
          denied(),
          loginRefused(),
          throttled(),
          versionsApart(),
          clocksApart());

  /** F49: nobody knows the topic, or it is there only because somebody asked for it. */
  private static Entry topicMissing() {
    return Entry.told(
            CauseCode.F49,
            Topics::missing,
            coded(DECIDES, 2.5, "UNKNOWN_TOPIC_OR_PARTITION"),
            logged(TELLS, 2, LogSign.METADATA_MISSING),
            Topics::madeByAsking,
            Topics::exists,
            coded(EXCLUDES, 0, "TOPIC_AUTHORIZATION_FAILED"),
            logged(EXCLUDES, 0, LogSign.ACCESS_DENIED))
        .helps(AidWords.F49_FIRST, AidWords.F49_ROOT);
  }

  /** F50: the same key goes to another partition since then. */
  private static Entry partitionsAdded() {
    return Entry.told(
            CauseCode.F50,
            Topics::grown,
            logged(DECIDES, 2.5, LogSign.PARTITIONS_ADDED),
            Topics::morePartitions)
        .helps(AidWords.F50_FIRST, AidWords.F50_ROOT);
  }

  /** F51: refused by name, every time. */
  private static Entry denied() {
    return Entry.told(
            CauseCode.F51,
            Rights::denied,
            logged(DECIDES, 3, LogSign.ACCESS_DENIED),
            Rights.alsoElsewhere(1.5, LogSign.ACCESS_DENIED),
            coded(TELLS, 2, "TOPIC_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED"))
        .helps(AidWords.F51_FIRST, AidWords.F51_ROOT);
  }

  /** F52: TCP is well, and nobody is let in; one stranger who knocks wrongly is no cause. */
  private static Entry loginRefused() {
    return Entry.told(
            CauseCode.F52,
            Rights::refused,
            Rights::certificate,
            Rights::handshakes,
            Rights.certificateLogged(2),
            Rights::logins,
            Rights.alsoElsewhere(1.5, LogSign.LOGIN_FAILED))
        .helps(AidWords.F52_FIRST, AidWords.F52_ROOT);
  }

  /** F53: late without an error, and the answers say by how much. */
  private static Entry throttled() {
    return Entry.told(
            CauseCode.F53,
            Quotas::throttled,
            measured(DECIDES, 2.5, Metric.THROTTLE_MS, ms -> ms >= Quotas.FELT_MS),
            measured(FITS, 0.5, Metric.THROTTLE_MS, ms -> ms > 0 && ms < Quotas.FELT_MS),
            Quotas::configured)
        .helps(AidWords.F53_FIRST, AidWords.F53_ROOT);
  }

  /** F54: a client asks for what the brokers do not speak, or a broker is asked so. */
  private static Entry versionsApart() {
    return Entry.told(
            CauseCode.F54,
            Senders.clients(LogSign.VERSION_UNSUPPORTED),
            logged(DECIDES, 3, LogSign.VERSION_UNSUPPORTED),
            Senders.brokersSay(FITS, 1.5, LogSign.VERSION_UNSUPPORTED),
            Rights::askedToo)
        .helps(AidWords.F54_FIRST, AidWords.F54_ROOT);
  }

  /** F55: a host's clock is apart from the others', and records are judged by it. */
  private static Entry clocksApart() {
    return Entry.told(
            CauseCode.F55, Clocks::apart, Clocks::ahead, Clocks::registeredApart, Clocks::refused)
        .helps(AidWords.F55_FIRST, AidWords.F55_ROOT);
  }
}
