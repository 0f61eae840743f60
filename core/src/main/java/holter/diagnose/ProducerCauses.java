package holter.diagnose;

import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;
import static holter.diagnose.Signs.namedBy;

import java.util.List;

/** F37 to F42: what goes wrong in the sender. A sick leader has the first claim on its symptoms. */
final class ProducerCauses {
  private ProducerCauses() {}

  static final List<Cause> ALL =
      List.of(bufferFull(), expired(), traceless(), fenced(), tooLarge(), cutShort());

  /** F37: the sender is given more than it gets rid of, and no broker is slow. */
  private static Entry bufferFull() {
    return Entry.told(
            CauseCode.F37,
            Senders.unlessSuspect(Senders.clients(LogSign.BUFFER_EXHAUSTED)),
            logged(DECIDES, 3, LogSign.BUFFER_EXHAUSTED),
            measured(AGAINST, 3, Metric.THROTTLE_MS, ms -> ms > 0),
            Senders::expiredOfOne,
            Senders.connectionFails(3),
            Replicas::pathsWell)
        .helps(AidWords.F37_FIRST, AidWords.F37_ROOT);
  }

  /** F38: batches expire over several leaders; why, this alone does not tell: it stays likely. */
  private static Entry expired() {
    return Entry.told(
            CauseCode.F38,
            Senders.unlessSuspect(Senders.clients(LogSign.BATCH_EXPIRED)),
            Senders::expiredOfOne,
            Senders::expiredOfMany,
            logged(AGAINST, 2, LogSign.NAME_UNRESOLVED, LogSign.LOGIN_FAILED),
            logged(AGAINST, 1, LogSign.NODE_UNREACHABLE))
        .helps(AidWords.F38_FIRST, AidWords.F38_ROOT);
  }

  /**
   * F39: given to the sender, never acknowledged, and nothing was said of it. Whether anything was
   * said is not known where its log was not read: only its own counts of failures make it certain.
   */
  private static Entry traceless() {
    return Entry.told(
            CauseCode.F39,
            Senders::unacknowledged,
            Senders::traceless,
            Senders::noFailures,
            Senders::errors,
            Senders::leaderSuspect,
            measured(AGAINST, 3, Metric.THROTTLE_MS, ms -> ms > 0),
            Replicas::pathsWell)
        .helps(AidWords.F39_FIRST, AidWords.F39_ROOT);
  }

  /** F40: the code says it; after an unclean election the broker forgot the sequence itself. */
  private static Entry fenced() {
    return Entry.told(
            CauseCode.F40,
            Senders.clients(LogSign.OUT_OF_SEQUENCE, LogSign.PRODUCER_FENCED),
            logged(DECIDES, 3, LogSign.OUT_OF_SEQUENCE, LogSign.PRODUCER_FENCED),
            Senders.brokersSay(FITS, 1.5, LogSign.OUT_OF_SEQUENCE, LogSign.PRODUCER_FENCED),
            Senders.brokersSay(AGAINST, 2, LogSign.UNCLEAN_ELECTION))
        .helps(AidWords.F40_FIRST, AidWords.F40_ROOT);
  }

  /** F41: refused for its size, whoever leads. */
  private static Entry tooLarge() {
    return Entry.told(
            CauseCode.F41,
            namedBy(What.CLIENT, LogSign.RECORD_TOO_LARGE),
            logged(DECIDES, 4, LogSign.RECORD_TOO_LARGE))
        .helps(AidWords.F41_FIRST, AidWords.F41_ROOT);
  }

  /** F42: closed while records waited; over a sick leader they would wait in any case. */
  private static Entry cutShort() {
    return Entry.told(
            CauseCode.F42,
            Senders.clients(LogSign.CLOSED_WITH_RECORDS_LEFT),
            logged(DECIDES, 3, LogSign.CLOSED_WITH_RECORDS_LEFT),
            Senders::itsWorkerEnded,
            Senders::leaderSuspect,
            logged(AGAINST, 2, LogSign.BATCH_EXPIRED),
            Senders.connectionFails(3),
            Replicas::pathsWell)
        .helps(AidWords.F42_FIRST, AidWords.F42_ROOT);
  }
}
