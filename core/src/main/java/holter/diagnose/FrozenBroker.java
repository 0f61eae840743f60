package holter.diagnose;

import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;

import holter.channel.Sickness;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * F02: the process stands still (a stop signal, a paused machine). The kernel takes connections for
 * it, nobody answers, and its host is otherwise well, which is what tells it from a full network.
 */
final class FrozenBroker implements BrokerCause {
  @Override
  public CauseCode code() {
    return CauseCode.F02;
  }

  @Override
  public void argue(Argument argument, CaseFile file, int broker) {
    if (over(file, broker)) {
      history(argument, file, broker);
      return;
    }
    boolean silent = file.reach(broker).map(s -> s.fact().reach() == Reach.SILENT).orElse(false);
    file.reach(broker).ifPresent(seen -> reach(argument, file, seen));
    if (file.complaints().wokeUp(broker).isEmpty()) {
      file.serves(broker).ifPresent(s -> serves(argument, s));
    }
    host(argument, file, silent);
    BrokerSigns.paths(argument, file, EnumSet.of(Sickness.HANG, Sickness.ISR), 1);
    BrokerSigns.peersNoAnswer(argument, file, 1);
    log(argument, file);
    file.complaints().fenced(broker).ifPresent(o -> argument.fits(1, o, CauseWords.FENCED, broker));
    if (silent) {
      file.notRegistered(broker)
          .ifPresent(
              s ->
                  argument.tells(
                      1, s.observation(), CauseWords.NOT_REGISTERED, broker, s.fact().via()));
    }
    RULES.forEach(rule -> rule.weigh(argument, file, file.about(broker)));
  }

  private static final int MANY = 3;

  /** Who stands still accrues no throttling, answers no figure and writes no record. */
  private static final List<Entry.Rule> RULES =
      List.of(
          measured(EXCLUDES, 0, Metric.CPU_THROTTLED_SHARE, v -> v >= 0.3),
          BrokerSigns::acknowledges,
          FrozenBroker::tellsFigures,
          FrozenBroker::manySilent,
          OwnRequests::stillLogged,
          measured(AGAINST, 4, Metric.UNACKED_SEEN, v -> v >= 1),
          HostRules.cpu(AGAINST, 1, v -> v > 0.95));

  /** It told a figure of its own well after the sickness began, or since it was knocked at. */
  private static void tellsFigures(Argument argument, CaseFile file, Subject subject) {
    long since = file.sickSinceMs(subject.brokerId());
    long knockedMs =
        file.reach(subject.brokerId()).map(s -> s.observation().atMs()).orElse(Long.MAX_VALUE);
    long fromMs = since > 0 ? since + Hosts.SETTLED_MS : knockedMs;
    file.of(Fact.Measured.class).reversed().stream()
        .filter(s -> s.observation().source() == Source.JMX)
        .filter(s -> s.fact().of().equals(String.valueOf(subject.brokerId())))
        .filter(s -> s.observation().atMs() >= fromMs)
        .findFirst()
        .ifPresent(
            s ->
                argument.excluded(
                    s.observation(),
                    CauseWords.MEASURED,
                    s.fact().of(),
                    s.fact().metric(),
                    Math.round(s.fact().value())));
  }

  /** Three and more that fall silent at once: rather whoever asks them is starved. */
  private static void manySilent(Argument argument, CaseFile file, Subject subject) {
    var silent = file.reaches().stream().filter(s -> s.fact().reach() == Reach.SILENT).toList();
    var brokers = new TreeSet<>(silent.stream().map(s -> s.fact().brokerId()).toList());
    if (brokers.size() >= MANY && brokers.contains(subject.brokerId())) {
      argument.against(3, silent.getLast().observation(), CauseWords.MANY_SILENT, brokers);
    }
  }

  /** It woke up, or was let in again after a gap in its log, and works. */
  private static boolean over(CaseFile file, int broker) {
    boolean works =
        file.reach(broker).filter(s -> s.fact().reach() == Reach.ANSWERED).isPresent()
            || file.serves(broker).isPresent()
            || wroteOn(file, broker);
    boolean paused = file.complaints().wokeUp(broker).isPresent() || Slept.paused(file, broker);
    return works && paused && file.sickOver(broker).isEmpty();
  }

  /** It went on writing for long after its burst. */
  private static boolean wroteOn(CaseFile file, int broker) {
    return file.complaints().wokeUp(broker).stream()
        .map(Observation::fact)
        .filter(Fact.Complaint.class::isInstance)
        .mapToLong(f -> ((Fact.Complaint) f).lastWallMs())
        .anyMatch(
            woke ->
                file.log(broker)
                    .filter(s -> s.fact().lastWallMs() - woke > 3 * BrokerSigns.SKEW_MS)
                    .isPresent());
  }

  /** What a pause leaves behind. A start in between would have left the same gap. */
  private static void history(Argument argument, CaseFile file, int broker) {
    argument.over();
    woke(argument, file);
    var about = file.about(broker);
    PAST.forEach(rule -> rule.weigh(argument, file, about));
    var map = file.latest(Fact.Metadata.class);
    var elsewhere =
        map.stream()
            .flatMap(s -> s.fact().map().partitions().stream())
            .filter(p -> !p.replicas().isEmpty() && p.replicas().getFirst() == broker)
            .filter(p -> p.leaderId() >= 0 && p.leaderId() != broker)
            .map(p -> p.partition())
            .toList();
    if (!elsewhere.isEmpty()) {
      argument.fits(
          0.5, map.orElseThrow().observation(), CauseWords.LED_ELSEWHERE, elsewhere, broker);
    }
  }

  private static final List<Entry.Rule> PAST =
      List.of(
          FrozenBroker::startedSince,
          Sessions::comesAndGoes,
          BrokerRules.firstOf(Slept::gap, BrokerRules.logGap(FITS, 1)),
          Slept::writesAgain,
          Slept::ejections,
          BrokerRules.fenced(1),
          logged(TELLS, 0.5, LogSign.UNFENCED, LogSign.STALE_LEADER),
          BrokerRules.door(FITS, 0.5, Reach.ANSWERED));

  private static void reach(Argument argument, CaseFile file, Seen<Fact.BrokerReach> seen) {
    var fact = seen.fact();
    var o = seen.observation();
    switch (fact.reach()) {
      case SILENT -> argument.fits(2, o, CauseWords.SILENT, fact.address());
      case SLOW ->
          argument.excluded(o, CauseWords.ANSWERS_LATE, fact.address(), (long) fact.answerMs());
      case ANSWERED -> {
        if (file.complaints().wokeUp(fact.brokerId()).isEmpty()) {
          argument.excluded(o, CauseWords.ANSWERS, fact.address(), (long) fact.answerMs());
        }
      }
      case REFUSED -> argument.excluded(o, CauseWords.REFUSES, fact.address());
      case DARK -> argument.against(2, o, CauseWords.DARK, fact.address());
      case CLOSED, UNRESOLVED -> {}
    }
  }

  private static void serves(Argument argument, Seen<Fact.PathSeen> path) {
    var fact = path.fact();
    argument.excluded(path.observation(), CauseWords.SERVES, fact.partition(), fact.leaderId());
  }

  private static void host(Argument argument, CaseFile file, boolean silent) {
    String host = file.suspectHost();
    var load = file.hosts().load(host);
    if (load.isEmpty()) {
      file.hosts()
          .unanswered(host)
          .ifPresent(o -> argument.against(1, o, CauseWords.HOST_UNANSWERED, host));
      return;
    }
    var o = load.get().observation();
    long nic = Hosts.kb(Hosts.nic(load.get().fact()));
    long peers = Hosts.kb(file.hosts().peers(host, Hosts::nic));
    if (file.hosts().full(host) || file.hosts().abovePeers(host)) {
      argument.excluded(o, CauseWords.NIC_ABOVE_PEERS, host, nic, peers);
    } else if (silent && file.hosts().calm(host) && !file.hosts().scrapeSlow(host)) {
      argument.decides(3, o, CauseWords.NIC_CALM, host, nic, peers);
    } else if (silent && file.hosts().scrapeFast(host)) {
      argument.decides(2, o, CauseWords.SCRAPE_FAST, host, (long) load.get().fact().scrapeMs());
    } else if (file.hosts().scrapeSlow(host)) {
      slow(argument, file, load.get());
    }
  }

  private static void slow(Argument argument, CaseFile file, Seen<Fact.HostLoad> load) {
    String host = load.fact().host();
    long peers = (long) file.hosts().peers(host, Fact.HostLoad::scrapeMs);
    long ms = (long) load.fact().scrapeMs();
    argument.against(2, load.observation(), CauseWords.SCRAPE_SLOW, host, ms, peers);
  }

  /** A start since its log stood still; where nobody told when that was, any start. */
  private static void startedSince(Argument argument, CaseFile file, Subject subject) {
    boolean slept = Slept.gap(file, subject.brokerId()).isPresent();
    if (!slept) {
      logged(EXCLUDES, 0, LogSign.STARTING, LogSign.STARTED, LogSign.STOPPED_CLEANLY)
          .weigh(argument, file, subject);
    }
  }

  /**
   * Who takes connections and is silent now has not woken up: its own requests failed on the way.
   */
  private static void woke(Argument argument, CaseFile file) {
    int broker = file.suspect();
    if (file.reach(broker).filter(s -> s.fact().reach() == Reach.SILENT).isPresent()) {
      return;
    }
    file.complaints()
        .wokeUp(broker)
        .ifPresent(
            o ->
                argument.decides(
                    2, o, CauseWords.WOKE_UP, broker, file.complaints().targetsOfBurst(broker)));
  }

  private static void log(Argument argument, CaseFile file) {
    int broker = file.suspect();
    woke(argument, file);
    file.log(broker)
        .ifPresent(
            s -> {
              long on = s.fact().lastWallMs() - file.sickSinceMs(broker);
              if (BrokerSigns.logGoesOn(file)) {
                argument.against(3, s.observation(), CauseWords.LOG_GOES_ON, broker, on / 1_000);
              } else if (s.fact().gapMs() > 0) {
                argument.fits(1, s.observation(), CauseWords.LOG_GAP, broker, s.fact().gapMs());
              }
            });
  }

  @Override
  public List<Sentence> remedies(CaseFile file) {
    int broker = file.suspect();
    String host = file.suspectHost();
    if (over(file, broker)) {
      return List.of(
          Sentence.of(RemedyWords.PREFERRED_BACK, broker), Sentence.of(RemedyWords.WHY_PAUSED));
    }
    var remedies = new ArrayList<Sentence>();
    remedies.add(
        host.isEmpty()
            ? Sentence.of(RemedyWords.RESUME_BROKER_WHEREVER, broker)
            : Sentence.of(RemedyWords.RESUME_BROKER, broker, host));
    BrokerSigns.aloneInIsr(file).ifPresent(remedies::add);
    remedies.add(Sentence.of(RemedyWords.WHY_PAUSED));
    return remedies;
  }
}
