package holter.diagnose;

import holter.detect.ProbeOutcome;
import holter.words.Sentence;
import java.util.List;
import java.util.TreeSet;

/**
 * F22: the network of a client host is sick, Kafka is well. The silent ones share a host, or fail
 * to many leaders at once, while another vantage (ours) finds every path healthy. Our own host can
 * be the sick one: then nothing is reachable from here while workers get acknowledgements.
 */
final class ClientNetwork implements Cause {
  private static final String US = "holter";

  /** An acknowledgement this recent says that Kafka works where it was received. */
  private static final long ACK_FRESH_MS = 5_000;

  @Override
  public CauseCode code() {
    return CauseCode.F22;
  }

  @Override
  public List<Subject> subjects(CaseFile file) {
    return List.of(subject(file));
  }

  @Override
  public Rivalry rivalry() {
    return Rivalry.EVERYWHERE;
  }

  @Override
  public void argue(Argument argument, CaseFile file, Subject subject) {
    var sick = file.sickPaths();
    var healthy = file.healthyPaths();
    if (!sick.isEmpty() && !healthy.isEmpty()) {
      someOnly(argument, sick);
    } else if (!healthy.isEmpty()) {
      var o = healthy.getFirst().observation();
      argument.fits(1, o, CauseWords.PATHS_HEALTHY, healthy.size());
      silence(argument, file);
      reports(argument, file);
    } else if (!sick.isEmpty()) {
      ourselves(argument, file);
    }
    Vantages.sick(file)
        .ifPresent(
            p -> {
              argument.decides(3, p.observation(), CauseWords.ONLY_THERE, p.name(), p.brokers());
              Vantages.well(file, p).ifPresent(s -> answersElsewhere(argument, s));
            });
    Vantages.client(file)
        .ifPresent(
            p ->
                argument.decides(
                    3, p.observation(), CauseWords.CLIENT_FAILS, p.name(), p.brokers()));
    accused(argument, file);
    var reaches = file.reaches();
    boolean answered =
        reaches.size() > 1 && reaches.stream().allMatch(s -> s.fact().reach() == Reach.ANSWERED);
    if (answered) {
      argument.fits(1, reaches.getFirst().observation(), CauseWords.ALL_ANSWER, reaches.size());
    }
    var logs = file.of(Fact.LogShape.class);
    if (logs.size() > 1 && !file.complaints().accusesAnyone()) {
      argument.fits(0.5, logs.getFirst().observation(), CauseWords.NO_COMPLAINTS, logs.size());
    }
  }

  private static void answersElsewhere(Argument argument, Seen<Fact.ReachedFrom> seen) {
    var fact = seen.fact();
    argument.fits(
        0.5, seen.observation(), CauseWords.ANSWERS_ELSEWHERE, fact.vantage(), fact.address());
  }

  /** Brokers miss one of their own: that is no client's doing. */
  private static void accused(Argument argument, CaseFile file) {
    int broker = file.suspect();
    var accusers = file.complaints().accusers(broker, BrokerSigns.NO_ANSWER);
    if (accusers.size() >= 2) {
      file.complaints()
          .sample(broker, BrokerSigns.NO_ANSWER)
          .ifPresent(o -> argument.against(2, o, CauseWords.PEERS_NO_ANSWER, accusers, broker));
    }
  }

  /** A client's network does not choose among partitions. */
  private static void someOnly(Argument argument, List<Seen<Fact.PathSeen>> sick) {
    var brokers = new TreeSet<>(sick.stream().map(CaseFile::pointsAt).toList());
    brokers.remove(-1);
    var o = sick.getFirst().observation();
    if (brokers.size() == 1) {
      argument.excluded(o, CauseWords.ONE_BROKER_ONLY, brokers.first());
    } else {
      var partitions = sick.stream().map(s -> s.fact().partition()).toList();
      var words = sick.size() == 1 ? CauseWords.ONE_PATH_ONLY : CauseWords.SOME_PATHS_ONLY;
      argument.excluded(o, words, partitions);
    }
  }

  private static void silence(Argument argument, CaseFile file) {
    var latest = file.latest(Fact.Silence.class);
    if (latest.isEmpty()) {
      return;
    }
    var byHost = latest.get().fact().silentByHost();
    int silent = byHost.values().stream().mapToInt(n -> n).sum();
    var o = latest.get().observation();
    String host = silentHost(file);
    if (!host.isEmpty()) {
      int beatingThere = latest.get().fact().beatingByHost().getOrDefault(host, 0);
      if (silent >= 2 && silent > beatingThere) {
        argument.decides(
            3, o, CauseWords.SILENT_ON_ONE_HOST, silent, host, latest.get().fact().beating());
      }
    } else if (byHost.size() > 1) {
      argument.against(1, o, CauseWords.SILENT_SPREAD, byHost.size());
    }
    for (var probed : file.of(Fact.WorkerProbed.class)) {
      if (probed.fact().outcome() instanceof ProbeOutcome.Answered) {
        argument.fits(1, probed.observation(), CauseWords.WORKER_ANSWERS, probed.fact().instance());
        return;
      }
    }
  }

  private static void reports(Argument argument, CaseFile file) {
    var leaders = new TreeSet<Integer>();
    Observation first = null;
    for (var s : file.of(Fact.SendReports.class)) {
      if (s.fact().failed() > 0) {
        leaders.add(s.fact().leaderId());
        first = s.observation();
      }
    }
    // reports name no host: without silence on one host they may be the echo of a fault that healed
    if (first != null && leaders.size() >= 2 && !silentHost(file).isEmpty()) {
      argument.decides(2, first, CauseWords.REPORTS_MANY_LEADERS, leaders.size());
    }
  }

  /**
   * Nothing is healthy from here; do workers elsewhere still reach Kafka? It stays likely: want of
   * processor time on our own host looks the same from here.
   */
  private static void ourselves(Argument argument, CaseFile file) {
    var acknowledged = file.acknowledgedPaths().stream().findFirst();
    if (acknowledged.isPresent()) {
      var path = acknowledged.get();
      argument.excluded(path.observation(), CauseWords.ACKNOWLEDGES_HERE, path.fact().partition());
      return;
    }
    for (var probed : file.of(Fact.WorkerProbed.class)) {
      if (probed.fact().outcome() instanceof ProbeOutcome.Answered answer
          && answer.lastAckAgeMs() >= 0
          && answer.lastAckAgeMs() < ACK_FRESH_MS) {
        var o = probed.observation();
        argument.tells(
            3, o, CauseWords.WORKER_HAS_ACKS, probed.fact().instance(), answer.lastAckAgeMs());
        var path = file.sickPaths().getFirst().observation();
        argument.fits(1, path, CauseWords.ALL_PATHS_SICK);
        return;
      }
    }
  }

  /** The one host that all silent workers with a known host share, or empty. */
  private static String silentHost(CaseFile file) {
    return file.latest(Fact.Silence.class)
        .map(s -> s.fact().silentByHost().keySet())
        .filter(hosts -> hosts.size() == 1)
        .map(hosts -> hosts.iterator().next())
        .orElse("");
  }

  private static Subject subject(CaseFile file) {
    boolean ours = file.healthyPaths().isEmpty() && !file.sickPaths().isEmpty();
    var silent =
        file.latest(Fact.Silence.class)
            .map(s -> s.fact().silent().stream().map(Object::toString).limit(50).toList())
            .orElse(List.of());
    String host = ours ? US : silentHost(file);
    if (host.isEmpty()) {
      host = Vantages.sick(file).map(Vantages.Place::name).orElse("");
    }
    var subject = new Subject(List.of(), -1, host, ours ? List.of() : silent);
    return Vantages.client(file).map(p -> subject.and(What.CLIENT, p.name())).orElse(subject);
  }

  @Override
  public List<Sentence> remedies(CaseFile file, Subject subject) {
    return List.of(
        Sentence.of(
            RemedyWords.CHECK_CLIENT_NET,
            subject.host().isEmpty() ? subject.name(What.CLIENT).orElse("") : subject.host()),
        Sentence.of(RemedyWords.KEEP_WORKERS));
  }
}
