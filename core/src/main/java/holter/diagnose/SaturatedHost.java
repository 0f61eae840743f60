package holter.diagnose;

import static holter.diagnose.BrokerRules.firstOf;
import static holter.diagnose.Signs.Says.AGAINST;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;

import holter.channel.Sickness;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * F04: the network of the broker's host is full. Everything small on that host is late, the process
 * runs and keeps its registration, and its own log shows nothing but ejected followers.
 */
final class SaturatedHost implements BrokerCause {
  /** Times its peers: more than by chance, and no proof of what was before. */
  private static final double SOMEWHAT = 1.2;

  @Override
  public CauseCode code() {
    return CauseCode.F04;
  }

  @Override
  public void argue(Argument argument, CaseFile file, int broker) {
    String host = file.suspectHost();
    nic(argument, file, host);
    file.reach(broker).ifPresent(seen -> reach(argument, seen));
    scrape(argument, file, host);
    BrokerSigns.paths(argument, file, EnumSet.of(Sickness.HANG, Sickness.SLOW, Sickness.ISR), 1);
    BrokerSigns.peersNoAnswer(argument, file, 1.5);
    BrokerSigns.stillRegistered(argument, file, 1);
    logs(argument, file);
    workers(argument, file, host);
    reports(argument, file);
    if (!sickNow(file) && (file.reach(broker).isPresent() || IsrHistory.whole(file, broker))) {
      argument.over();
    }
    RULES.forEach(rule -> rule.weigh(argument, file, file.about(broker)));
  }

  /** What its network shows besides, and what else would make it late. */
  private static final List<Entry.Rule> RULES =
      List.of(
          measured(TELLS, 1, Metric.RETRANSMITTED_SHARE, v -> v >= 0.05),
          measured(TELLS, 1.5, Metric.PRODUCE_SEND_MS, v -> v >= 500),
          logged(FITS, 1, LogSign.HEARTBEAT_TO_CONTROLLER_LATE),
          OwnRequests::inVain,
          Slept.against(2),
          firstOf(
              measured(AGAINST, 3, Metric.CPU_THROTTLED_SHARE, v -> v >= 0.3),
              measured(AGAINST, 2, Metric.CPU_STEAL_SHARE, v -> v >= 0.2),
              measured(AGAINST, 2, Metric.CPU_STALLED_SHARE, v -> v >= 0.4)),
          measured(AGAINST, 2, Metric.DISK_AWAIT_MS, v -> v >= 100),
          BrokerRules.pauses(AGAINST, 2),
          IsrHistory::backLast,
          BrokerRules.servesAll(AGAINST, 2));

  @Override
  public Set<CauseCode> explains() {
    return EnumSet.of(CauseCode.F05);
  }

  private static void nic(Argument argument, CaseFile file, String host) {
    var load = file.hosts().load(host);
    if (load.isEmpty()) {
      return;
    }
    var o = load.get().observation();
    var fact = load.get().fact();
    long nic = Hosts.kb(Hosts.nic(fact));
    long peers = Hosts.kb(file.hosts().peers(host, Hosts::nic));
    if (file.hosts().full(host)) {
      argument.decides(3, o, CauseWords.NIC_FULL, host, nic, Hosts.kb(fact.linkBytesPerS()));
    } else if (file.hosts().abovePeers(host)) {
      argument.decides(2, o, CauseWords.NIC_ABOVE_PEERS, host, nic, peers);
    } else if (file.hosts().calm(host) && sickNow(file)) {
      argument.excluded(o, CauseWords.NIC_CALM, host, nic, peers);
    } else if (Hosts.nic(fact) >= SOMEWHAT * file.hosts().peers(host, Hosts::nic)) {
      argument.fits(0.3, o, CauseWords.NIC_SOMEWHAT, host, nic, peers);
    } else if (file.hosts().calm(host)) {
      argument.against(1, o, CauseWords.NIC_CALM, host, nic, peers);
    }
    if (fact.cpuBusyShare() > 0.95) {
      argument.against(1, o, CauseWords.CPU_BUSY, host, (long) (100 * fact.cpuBusyShare()));
    }
    if (fact.diskBusyShare() > 0.95) {
      argument.against(1, o, CauseWords.DISK_BUSY, host, (long) (100 * fact.diskBusyShare()));
    }
  }

  /** What its host carries now says something only of what is sick now. */
  private static boolean sickNow(CaseFile file) {
    return !file.sickOver(file.suspect()).isEmpty()
        || file.reach(file.suspect()).filter(s -> s.fact().reach() != Reach.ANSWERED).isPresent();
  }

  private static void reach(Argument argument, Seen<Fact.BrokerReach> seen) {
    var fact = seen.fact();
    var o = seen.observation();
    switch (fact.reach()) {
      case SLOW ->
          argument.tells(2, o, CauseWords.ANSWERS_LATE, fact.address(), (long) fact.answerMs());
      case SILENT -> argument.fits(1, o, CauseWords.SILENT, fact.address());
      case REFUSED -> argument.excluded(o, CauseWords.REFUSES, fact.address());
      case ANSWERED ->
          argument.against(1, o, CauseWords.ANSWERS, fact.address(), (long) fact.answerMs());
      case DARK, CLOSED, UNRESOLVED -> {}
    }
  }

  private static void scrape(Argument argument, CaseFile file, String host) {
    file.hosts()
        .load(host)
        .filter(l -> file.hosts().scrapeSlow(host))
        .ifPresent(
            l ->
                argument.tells(
                    1.5,
                    l.observation(),
                    CauseWords.SCRAPE_SLOW,
                    host,
                    (long) l.fact().scrapeMs(),
                    (long) file.hosts().peers(host, Fact.HostLoad::scrapeMs)));
    if (!file.hosts().scrapeSlow(host)) { // else said already
      file.hosts()
          .unanswered(host)
          .ifPresent(
              o -> {
                argument.tells(1, o, CauseWords.HOST_UNANSWERED, host);
                peerAnswers(argument, file, host);
              });
    }
  }

  /** A peer that was asked for the same at the same time, and had no trouble to answer. */
  private static void peerAnswers(Argument argument, CaseFile file, String host) {
    file.of(Fact.HostLoad.class).reversed().stream()
        .filter(s -> !s.fact().host().equals(host))
        .filter(s -> s.fact().scrapeMs() < Hosts.SLOW_SCRAPE_MS)
        .findFirst()
        .ifPresent(
            s ->
                argument.fits(
                    0, // said by the silence beside it
                    s.observation(),
                    CauseWords.SCRAPE_FAST,
                    s.fact().host(),
                    (long) s.fact().scrapeMs()));
  }

  private static void logs(Argument argument, CaseFile file) {
    int broker = file.suspect();
    file.complaints()
        .ejectsMany(broker)
        .ifPresent(
            o ->
                argument.tells(
                    2,
                    o,
                    CauseWords.EJECTS_MANY,
                    broker,
                    file.complaints().ejectedBy(broker).size()));
    if (BrokerSigns.logGoesOn(file)) {
      file.log(broker)
          .ifPresent(
              s ->
                  argument.fits(
                      1,
                      s.observation(),
                      CauseWords.LOG_GOES_ON,
                      broker,
                      (s.fact().lastWallMs() - file.sickSinceMs(broker)) / 1_000));
    }
  }

  private static void workers(Argument argument, CaseFile file, String host) {
    file.latest(Fact.Silence.class)
        .ifPresent(
            s -> {
              int there = s.fact().silentByHost().getOrDefault(host, 0);
              if (there > 0 && !host.isEmpty()) {
                argument.fits(
                    1,
                    s.observation(),
                    CauseWords.WORKERS_THERE_SILENT,
                    there,
                    host,
                    s.fact().beating());
              }
            });
  }

  private static void reports(Argument argument, CaseFile file) {
    file.of(Fact.SendReports.class).stream()
        .filter(s -> s.fact().leaderId() == file.suspect() && s.fact().failed() > 0)
        .findFirst()
        .ifPresent(
            s ->
                argument.fits(
                    0.5,
                    s.observation(),
                    CauseWords.REPORTS_ONE_LEADER,
                    s.fact().reporters(),
                    file.suspect()));
  }

  /** By the map, or by those that the paths were looked at with. */
  private static boolean leadsNothing(CaseFile file, int broker) {
    return file.map().isPresent()
        ? file.led(broker).isEmpty()
        : !file.paths().isEmpty()
            && file.paths().stream().noneMatch(s -> s.fact().leaderId() == broker);
  }

  @Override
  public List<Sentence> remedies(CaseFile file) {
    int broker = file.suspect();
    var remedies = new ArrayList<Sentence>();
    String host = file.suspectHost();
    remedies.add(
        host.isEmpty()
            ? Sentence.of(RemedyWords.RELIEVE_ITS_HOST, broker)
            : Sentence.of(RemedyWords.RELIEVE_HOST, host));
    var movable = new ArrayList<>(BrokerSigns.leaders(file));
    movable.removeAll(file.aloneInIsr(broker));
    if (!movable.isEmpty()) {
      var words = movable.size() == 1 ? RemedyWords.MOVE_LEADER : RemedyWords.MOVE_LEADERS;
      remedies.add(Sentence.of(words, movable, broker));
    } else if (!file.aloneInIsr(broker).isEmpty()) {
      remedies.add(Sentence.of(RemedyWords.MOVE_LATER, file.aloneInIsr(broker), broker));
    } else if (leadsNothing(file, broker)) {
      remedies.add(Sentence.of(RemedyWords.LEADERS_AWAY, broker));
    }
    remedies.add(BrokerSigns.aloneInIsr(file).orElse(Sentence.of(RemedyWords.KEEP_BROKER, broker)));
    remedies.add(Sentence.of(RemedyWords.SPREAD_LOAD));
    return remedies;
  }
}
