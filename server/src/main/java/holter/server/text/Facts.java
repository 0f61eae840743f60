package holter.server.text;

import holter.channel.PathState;
import holter.detect.ProbeOutcome;
import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.words.Phrase;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Observed facts as sentences. Unknown figures are said to be unknown, never zero. */
public final class Facts {
  private final Tongue tongue;
  private final Figures figures;

  public Facts(Tongue tongue, Figures figures) {
    this.tongue = tongue;
    this.figures = figures;
  }

  /** One fact as one sentence. */
  public String say(Fact fact) {
    return switch (fact) {
      case Fact.Metadata seen ->
          tongue.say(
              FactWord.METADATA,
              seen.map().brokers().size(),
              seen.map().partitions().size(),
              seen.map().topic(),
              seen.map().via());
      case Fact.PathSeen seen -> path(seen);
      case Fact.BrokerReach reach ->
          tongue.say(
              word("REACH_", reach.reach()),
              reach.brokerId(),
              reach.address(),
              figures.ms(reach.connectMs()),
              figures.ms(reach.answerMs()));
      case Fact.Registered node -> registered(node);
      case Fact.NotRegistered gone ->
          tongue.say(FactWord.NOT_REGISTERED, gone.brokerId(), gone.via());
      case Fact.Complaint complaint ->
          tongue.say(
              word("COMPLAINT_", complaint.kind()),
              complaint.complainer(),
              complaint.target(),
              times(complaint.count()),
              complaint.sample());
      case Fact.LogShape log ->
          tongue.say(
              FactWord.LOG_SHAPE,
              log.brokerId(),
              figures.time(log.lastWallMs()),
              log.gapMs() <= 0 ? tongue.say(FactWord.NONE) : figures.ms(log.gapMs()));
      case Fact.HostLoad load -> load(load);
      case Fact.SendReports sent -> reports(sent);
      case Fact.Silence silence -> silence(silence);
      case Fact.WorkerProbed probed -> probed(probed.instance().value(), probed.outcome());
      case Fact.WorkerExited exited ->
          tongue.say(FactWord.WORKER_EXITED, exited.instance(), exited.exitCode());
      case Fact.WorkerDead dead -> tongue.say(FactWord.WORKER_DEAD, dead.instance(), dead.proof());
      case Fact.Logged line ->
          tongue.say(FactWord.LOGGED, line.log(), line.sign(), times(line.count()), line.sample());
      case Fact.CollectorPauses gc -> pauses(gc);
      case Fact.Measured figure ->
          tongue.say(
              FactWord.MEASURED,
              figure.of(),
              figure.metric(),
              String.format(Locale.ROOT, "%.3g", figure.value()));
      case Fact.CanarySent sent -> canary(sent);
      case Fact.ReachedFrom far -> reached(far);
      case ClusterFact told -> new ClusterFacts(tongue, figures).say(told);
      case KubeFact told -> new KubeFacts(tongue, figures).say(told);
      case Fact.Unasked unasked -> tongue.say(FactWord.UNASKED, unasked.subject(), unasked.why());
    };
  }

  private String registered(Fact.Registered node) {
    return tongue.say(
        FactWord.REGISTERED,
        node.brokerId(),
        node.host(),
        node.port(),
        figures.time(node.registeredAtWallMs()),
        node.selfReportedWallMs() <= 0
            ? figures.unknown()
            : node.selfReportedWallMs() - node.registeredAtWallMs());
  }

  private String reports(Fact.SendReports sent) {
    return tongue.say(
        FactWord.SEND_REPORTS,
        sent.partition(),
        broker(sent.leaderId()),
        sent.reporters(),
        sent.acked(),
        sent.failed(),
        figures.ms(sent.ackMsMax()));
  }

  private String silence(Fact.Silence silence) {
    return tongue.say(
        FactWord.SILENCE,
        silence.silent().size(),
        silence.beating(),
        counts(silence.silentByPartition()),
        counts(silence.silentByHost()));
  }

  private String pauses(Fact.CollectorPauses gc) {
    return tongue.say(
        FactWord.COLLECTOR_PAUSES,
        gc.brokerId(),
        gc.count(),
        figures.ms(gc.longestMs()),
        figures.share(gc.shareOfWindow()));
  }

  private String canary(Fact.CanarySent sent) {
    return tongue.say(
        sent.code().isEmpty() ? FactWord.CANARY_SENT : FactWord.CANARY_FAILED,
        sent.partition(),
        broker(sent.leaderId()),
        sent.acks() < 0 ? "all" : sent.acks(),
        figures.ms(sent.ms()),
        sent.code());
  }

  private String reached(Fact.ReachedFrom far) {
    return tongue.say(
        FactWord.REACHED_FROM,
        far.vantage(),
        far.brokerId(),
        far.address(),
        far.reach().name(),
        figures.ms(far.answerMs()));
  }

  private String path(Fact.PathSeen seen) {
    return switch (seen.state()) {
      case PathState.Healthy ignored ->
          tongue.say(FactWord.PATH_HEALTHY, seen.partition(), broker(seen.leaderId()));
      case PathState.Sick sick ->
          tongue.say(
              sick.subjectBrokerId() < 0 ? FactWord.PATH_SICK_SOMEWHERE : FactWord.PATH_SICK,
              seen.partition(),
              broker(seen.leaderId()),
              tongue.say((Phrase) sick.kind()),
              broker(sick.subjectBrokerId()));
      case PathState.Unknown unknown ->
          tongue.say(
              FactWord.PATH_UNKNOWN, seen.partition(), broker(seen.leaderId()), unknown.missing());
    };
  }

  private String load(Fact.HostLoad load) {
    return tongue.say(
        FactWord.HOST_LOAD,
        load.host(),
        figures.rate(load.rxBytesPerS()),
        figures.rate(load.txBytesPerS()),
        figures.rate(load.linkBytesPerS()),
        figures.share(load.cpuBusyShare()),
        figures.share(load.diskBusyShare()),
        figures.share(load.memoryAvailableShare()),
        figures.ms(load.scrapeMs()));
  }

  private String probed(String instance, ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Answered answer ->
          tongue.say(
              FactWord.PROBE_ANSWERED,
              instance,
              answer.incarnationCounter(),
              figures.ms(answer.beatAgeMs()),
              answer.lastAckAgeMs() < 0
                  ? tongue.say(FactWord.NEVER)
                  : figures.ms(answer.lastAckAgeMs()));
      case ProbeOutcome.Refused ignored -> tongue.say(FactWord.PROBE_REFUSED, instance);
      case ProbeOutcome.TimedOut late ->
          tongue.say(
              late.hostAnswered() ? FactWord.PROBE_HOST_ANSWERED : FactWord.PROBE_HOST_SILENT,
              instance);
      case ProbeOutcome.NotAsked not -> tongue.say(FactWord.PROBE_NOT_ASKED, instance, not.why());
    };
  }

  private String times(int count) {
    return count == 1 ? tongue.say(FactWord.ONCE) : tongue.say(FactWord.TIMES, count);
  }

  private String broker(int id) {
    return id < 0 ? figures.unknown() : Integer.toString(id);
  }

  private String counts(Map<?, Integer> counts) {
    if (counts.isEmpty()) {
      return tongue.say(FactWord.NONE);
    }
    Map<String, Integer> sorted = new TreeMap<>();
    counts.forEach((key, count) -> sorted.put(key.toString(), count));
    return sorted.entrySet().stream()
        .map(entry -> entry.getKey() + "×" + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static FactWord word(String prefix, Enum<?> kind) {
    return FactWord.valueOf(prefix + kind.name());
  }
}
