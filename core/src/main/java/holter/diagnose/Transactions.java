package holter.diagnose;

import holter.diagnose.ClusterFact.TransactionOpen;
import holter.diagnose.Signs.Says;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rules about transactions that do not end. */
final class Transactions {
  /** A client's default limit for a transaction. */
  private static final long OPEN_MS = 60_000;

  /** The highest limit that brokers allow by default: what is older was forgotten. */
  private static final long HANGING_MS = 900_000;

  private Transactions() {}

  /** Topics with a transaction open for long; without any, brokers that count late ones. */
  static List<Subject> subjects(CaseFile file) {
    var topics =
        file.of(TransactionOpen.class).stream()
            .filter(s -> s.fact().openMs() >= OPEN_MS)
            .map(s -> Subject.of(What.TOPIC, s.fact().topic()))
            .distinct()
            .toList();
    return topics.isEmpty()
        ? late(file).map(s -> broker(file, s.fact().of())).distinct().toList()
        : topics;
  }

  private static Subject broker(CaseFile file, String id) {
    int broker = Integer.parseInt(id);
    return Subject.broker(broker, file.hostOf(broker));
  }

  private static Stream<Seen<Fact.Measured>> late(CaseFile file) {
    return file.of(Fact.Measured.class).stream()
        .filter(s -> s.fact().metric() == Metric.LATE_TRANSACTIONS && s.fact().value() >= 1)
        .filter(s -> s.fact().of().matches("\\d{1,9}"));
  }

  private static Optional<Seen<TransactionOpen>> longest(CaseFile file, Subject subject) {
    return file.of(TransactionOpen.class).stream()
        .filter(s -> subject.name(What.TOPIC).filter(s.fact().topic()::equals).isPresent())
        .filter(s -> s.fact().openMs() >= OPEN_MS)
        .max(java.util.Comparator.comparingLong(s -> s.fact().openMs()));
  }

  /** Past every limit it hangs; before that its limit may still end it. */
  static void openLong(Argument argument, CaseFile file, Subject subject) {
    longest(file, subject)
        .ifPresent(
            s -> {
              boolean hangs = s.fact().openMs() >= HANGING_MS;
              Signs.say(
                  argument,
                  hangs ? Says.DECIDES : Says.TELLS,
                  hangs ? 3 : 1.7,
                  s.observation(),
                  CauseWords.OPEN_FOR,
                  of(s.fact()));
            });
  }

  private static Object[] of(TransactionOpen open) {
    return new Object[] {
      open.producerId(), open.topic() + "-" + open.partition(), open.openMs() / 1_000
    };
  }

  /** A broker's own count of them. */
  static void lateTransactions(Argument argument, CaseFile file, Subject subject) {
    late(file)
        .filter(
            s -> subject.brokerId() < 0 || s.fact().of().equals(String.valueOf(subject.brokerId())))
        .findFirst()
        .ifPresent(
            s ->
                argument.decides(
                    2,
                    s.observation(),
                    CauseWords.MEASURED,
                    s.fact().of(),
                    s.fact().metric(),
                    (long) s.fact().value()));
  }

  /** A group stands on a topic to which records come. */
  static void readersWait(Argument argument, CaseFile file, Subject subject) {
    file.of(ClusterFact.GroupLag.class).reversed().stream()
        .filter(s -> subject.name(What.TOPIC).filter(s.fact().topic()::equals).isPresent())
        .filter(s -> s.fact().produced() > 0 && s.fact().advanced() <= 0)
        .findFirst()
        .ifPresent(
            s ->
                argument.fits(
                    1,
                    s.observation(),
                    CauseWords.GROUP_STANDS,
                    s.fact().group(),
                    s.fact().topic() + "-" + s.fact().partition(),
                    s.fact().produced()));
  }

  /** A transaction hides what comes after it: whoever waits for it is not slow. */
  static void transactionBefore(Argument argument, CaseFile file, Subject subject) {
    var topics = new TreeSet<String>();
    Groups.lags(file, subject.name(What.GROUP).orElse(""))
        .forEach(s -> topics.add(s.fact().topic()));
    file.of(TransactionOpen.class).stream()
        .filter(s -> topics.contains(s.fact().topic()) && s.fact().openMs() >= OPEN_MS)
        .findFirst()
        .ifPresent(s -> argument.excluded(s.observation(), CauseWords.OPEN_FOR, of(s.fact())));
  }
}
