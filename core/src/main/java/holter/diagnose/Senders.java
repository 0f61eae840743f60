package holter.diagnose;

import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Rules about one client that sends, by its own log and counters. */
final class Senders {
  /** What was given to a sender this long ago is no longer merely on its way. */
  private static final long ON_ITS_WAY_MS = 30_000;

  /** Fewer records than this may be on their way. */
  private static final double FEW = 10;

  private static final double FEW_SHARE = 0.01;

  /** What a client says of sending that fails. */
  static final Set<LogSign> ERRORS =
      EnumSet.of(
          LogSign.NETWORK_EXCEPTION,
          LogSign.REQUEST_TIMED_OUT,
          LogSign.BATCH_EXPIRED,
          LogSign.BUFFER_EXHAUSTED,
          LogSign.METADATA_MISSING,
          LogSign.RECORD_TOO_LARGE,
          LogSign.NOT_ENOUGH_REPLICAS,
          LogSign.OUT_OF_SEQUENCE,
          LogSign.PRODUCER_FENCED,
          LogSign.TIMESTAMP_REFUSED,
          LogSign.CLOSED_WITH_RECORDS_LEFT,
          LogSign.NAME_UNRESOLVED,
          LogSign.NODE_UNREACHABLE,
          LogSign.ACCESS_DENIED,
          LogSign.LOGIN_FAILED,
          LogSign.TLS_FAILED);

  private Senders() {}

  /** Clients in whose own logs one of these signs stands. */
  static Function<CaseFile, List<Subject>> clients(LogSign... signs) {
    var wanted = Set.of(signs);
    return file ->
        file.of(Fact.Logged.class).stream()
            .filter(s -> wanted.contains(s.fact().sign()) && ofClient(s))
            .map(s -> Subject.of(What.CLIENT, s.fact().log()))
            .distinct()
            .toList();
  }

  static boolean ofClient(Seen<Fact.Logged> seen) {
    return seen.observation().source() == Source.CLIENT_LOGS;
  }

  /** Nobody, as long as a broker is suspected: then it is the cause, and this its consequence. */
  static Function<CaseFile, List<Subject>> unlessSuspect(Function<CaseFile, List<Subject>> about) {
    return file -> file.suspects().isEmpty() ? about.apply(file) : List.of();
  }

  /** One of these signs in any broker's own log. */
  static Rule brokersSay(Says how, double weight, LogSign... signs) {
    var wanted = Set.of(signs);
    return (argument, file, subject) ->
        file.of(Fact.Logged.class).reversed().stream()
            .filter(s -> wanted.contains(s.fact().sign()) && !ofClient(s))
            .findFirst()
            .ifPresent(s -> Signs.said(argument, how, weight, s));
  }

  private static List<Seen<Fact.Logged>> expired(CaseFile file, Subject subject) {
    return file.of(Fact.Logged.class).stream()
        .filter(s -> s.fact().sign() == LogSign.BATCH_EXPIRED && ofClient(s))
        .filter(s -> s.fact().log().equals(client(subject)))
        .toList();
  }

  /** The leaders of what expired; −1 among them when one is not known. */
  private static Set<Integer> leaders(CaseFile file, List<Seen<Fact.Logged>> expired) {
    var leaders = new TreeSet<Integer>();
    for (var seen : expired) {
      var fact = seen.fact();
      leaders.add(
          fact.brokerId() >= 0
              ? fact.brokerId()
              : Signs.partition(fact.about())
                  .flatMap(
                      p ->
                          file.mapOf(Signs.topic(fact.about()))
                              .flatMap(m -> m.fact().map().partition(p)))
                  .map(p -> p.leaderId())
                  .orElse(-1));
    }
    return leaders;
  }

  /** All of one leader's partitions: it is that leader's trouble, not the sender's. */
  static void expiredOfOne(Argument argument, CaseFile file, Subject subject) {
    var expired = expired(file, subject);
    var leaders = leaders(file, expired);
    if (leaders.size() == 1 && !leaders.contains(-1)) {
      argument.excluded(
          expired.getLast().observation(),
          CauseWords.EXPIRED_OF_ONE,
          client(subject),
          leaders.iterator().next());
    }
  }

  static void expiredOfMany(Argument argument, CaseFile file, Subject subject) {
    var expired = expired(file, subject);
    var leaders = leaders(file, expired);
    leaders.remove(-1);
    if (leaders.size() >= 2) {
      argument.tells(
          2.2,
          expired.getLast().observation(),
          CauseWords.EXPIRED_OF_MANY,
          client(subject),
          leaders);
    }
  }

  static String client(Subject subject) {
    return subject.name(What.CLIENT).orElse("");
  }

  /** Clients whose counters of given and acknowledged records are apart. */
  static List<Subject> unacknowledged(CaseFile file) {
    return file.of(Fact.Measured.class).stream()
        .filter(s -> s.fact().metric() == Metric.SENT)
        .map(s -> s.fact().of())
        .distinct()
        .filter(client -> missing(file, client, 0).isPresent())
        .map(client -> Subject.of(What.CLIENT, client))
        .toList();
  }

  /** Records given at least this long before the latest count of acknowledged ones. */
  private static Optional<Missing> missing(CaseFile file, String client, long beforeMs) {
    var acked = Signs.figure(file, Metric.ACKED, client);
    if (acked.isEmpty()) {
      return Optional.empty();
    }
    long until = acked.get().observation().atMs() - beforeMs;
    return file.of(Fact.Measured.class).reversed().stream()
        .filter(s -> s.fact().metric() == Metric.SENT && s.fact().of().equals(client))
        .filter(s -> s.observation().atMs() <= until)
        .findFirst()
        .filter(
            s ->
                s.fact().value() - acked.get().fact().value()
                    >= Math.max(FEW, FEW_SHARE * s.fact().value()))
        .map(
            s ->
                new Missing(
                    acked.get().observation(), s.fact().value(), acked.get().fact().value()));
  }

  private record Missing(Observation observation, double sent, double acked) {}

  /** What was given long ago and was never acknowledged tells; a moment's difference only fits. */
  static void traceless(Argument argument, CaseFile file, Subject subject) {
    var late = missing(file, client(subject), ON_ITS_WAY_MS);
    late.or(() -> missing(file, client(subject), 0))
        .ifPresent(
            m ->
                Signs.say(
                    argument,
                    late.isPresent() ? Says.TELLS : Says.FITS,
                    late.isPresent() ? 2.5 : 1,
                    m.observation(),
                    CauseWords.SENT_NOT_ACKED,
                    client(subject),
                    (long) m.sent(),
                    (long) m.acked()));
  }

  /** The instances count their failures, and count none. */
  static void noFailures(Argument argument, CaseFile file, Subject subject) {
    var reports = file.of(Fact.SendReports.class);
    if (!reports.isEmpty() && reports.stream().allMatch(s -> s.fact().failed() == 0)) {
      var last = reports.getLast();
      argument.decides(
          1.5, last.observation(), CauseWords.REPORTS_NO_FAILURE, last.fact().reporters());
    }
  }

  /** Its connections fail: then what waits in it waits for the network, or to be let in. */
  static Rule connectionFails(double weight) {
    return Signs.logged(
        Says.AGAINST,
        weight,
        LogSign.NODE_UNREACHABLE,
        LogSign.NETWORK_EXCEPTION,
        LogSign.REQUEST_TIMED_OUT,
        LogSign.NAME_UNRESOLVED,
        LogSign.LOGIN_FAILED,
        LogSign.TLS_FAILED);
  }

  /** It left a trace: then that names the cause. */
  static void errors(Argument argument, CaseFile file, Subject subject) {
    file.of(Fact.Logged.class).stream()
        .filter(s -> ERRORS.contains(s.fact().sign()) && s.fact().log().equals(client(subject)))
        .findFirst()
        .ifPresent(s -> Signs.said(argument, Says.EXCLUDES, 0, s));
  }

  /** A broker is suspected: what waits for it is not lost yet, and not the sender's fault. */
  static void leaderSuspect(Argument argument, CaseFile file, Subject subject) {
    file.sickPaths().stream()
        .findFirst()
        .map(Seen::observation)
        .or(() -> file.reaches().stream().map(Seen::observation).findFirst())
        .filter(o -> !file.suspects().isEmpty())
        .ifPresent(
            o -> argument.against(2, o, CauseWords.BROKER_SUSPECTED, file.suspects().getFirst()));
  }

  /** The runner reports the end of the worker that this client is. */
  static void itsWorkerEnded(Argument argument, CaseFile file, Subject subject) {
    file.of(Fact.WorkerExited.class).reversed().stream()
        .filter(s -> s.fact().instance().value().equals(client(subject)))
        .findFirst()
        .ifPresent(
            s ->
                argument.fits(
                    1.5,
                    s.observation(),
                    CauseWords.WORKER_EXITED,
                    s.fact().instance(),
                    s.fact().exitCode()));
  }
}
