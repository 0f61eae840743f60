package holter.diagnose;

import holter.channel.BrokerNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules about the names and addresses that brokers advertise. A knock at an address that the user
 * gave and no broker advertises is a {@link Fact.BrokerReach} of broker −1.
 */
final class Addresses {
  private static final Set<Reach> UNREACHED =
      EnumSet.of(Reach.DARK, Reach.REFUSED, Reach.UNRESOLVED);

  /** No session outlasts its broker by more; with ZooKeeper it is up to 40 s. */
  private static final long SESSION_MS = 45_000;

  /** Of KRaft where nobody told the setting: twice its default of 9 s, and a moment. */
  private static final long KRAFT_SESSION_MS = 20_000;

  /** A session that ended is in everybody's metadata after so long. */
  private static final long TOLD_MS = 6_000;

  private Addresses() {}

  /** Brokers not reached where they say they are, and those without the listener asked for. */
  static List<Subject> unreached(CaseFile file) {
    var brokers = new TreeSet<Integer>();
    for (var seen : file.reaches()) {
      int broker = seen.fact().brokerId();
      if (UNREACHED.contains(seen.fact().reach()) && file.serves(broker).isEmpty()) {
        brokers.add(broker);
      }
    }
    brokers.addAll(logged(file, LogSign.LISTENER_MISSING));
    brokers.remove(-1);
    return brokers.stream().map(b -> file.suspecting(b).about(b)).toList();
  }

  /** Brokers whose name is not known here or to a client; a client, where it names no broker. */
  static List<Subject> namesUnresolved(CaseFile file) {
    var brokers = new TreeSet<Integer>(logged(file, LogSign.NAME_UNRESOLVED));
    for (var seen : file.reaches()) {
      if (seen.fact().reach() == Reach.UNRESOLVED) {
        brokers.add(seen.fact().brokerId());
      }
    }
    brokers.remove(-1);
    var subjects = new ArrayList<>(brokers.stream().map(b -> file.suspecting(b).about(b)).toList());
    for (var seen : file.of(Fact.Logged.class)) {
      if (seen.fact().sign() == LogSign.NAME_UNRESOLVED && seen.fact().brokerId() < 0) {
        subjects.add(Subject.of(What.CLIENT, seen.fact().log()));
      }
    }
    return subjects;
  }

  private static Set<Integer> logged(CaseFile file, LogSign sign) {
    var brokers = new TreeSet<Integer>();
    for (var seen : file.of(Fact.Logged.class)) {
      if (seen.fact().sign() == sign) {
        brokers.add(seen.fact().brokerId());
      }
    }
    brokers.remove(-1);
    return brokers;
  }

  /** Counts only once any session of a dead broker would have ended. */
  static Entry.Rule outlived(Entry.Rule rule) {
    return (argument, file, subject) -> {
      long since = missedSinceMs(file, subject.brokerId());
      long session = kraft(file) ? kraftSession(file) : SESSION_MS;
      if (since > 0 && file.nowMs() - since >= session) {
        rule.weigh(argument, file, subject);
      }
    };
  }

  /** Since a path over it is sick, or since a client first found nobody there; −1 for neither. */
  private static long missedSinceMs(CaseFile file, int broker) {
    long sick = file.sickSinceMs(broker);
    long first =
        file.of(Fact.Logged.class).stream()
            .map(Seen::fact)
            .filter(s -> s.sign() == LogSign.NODE_UNREACHABLE && s.brokerId() == broker)
            .mapToLong(Fact.Logged::firstWallMs)
            .min()
            .orElse(-1);
    return first < 0 ? sick : sick < 0 ? first : Math.min(sick, first);
  }

  /** As the brokers have it set, and what it takes to be told. */
  private static long kraftSession(CaseFile file) {
    return file.of(ClusterFact.Configured.class).stream()
        .map(Seen::fact)
        .filter(s -> s.key().equals("broker.session.timeout.ms"))
        .flatMapToDouble(s -> Limits.number(s.value()).stream())
        .max()
        .stream()
        .mapToLong(ms -> (long) ms + TOLD_MS)
        .findFirst()
        .orElse(KRAFT_SESSION_MS);
  }

  /** Beside a dark door nothing else answers there either: as if nobody was there. */
  static void nobodyThere(Argument argument, CaseFile file, Subject subject) {
    if (reach(file, subject) == Reach.DARK) {
      file.hosts()
          .unanswered(subject.host())
          .ifPresent(o -> argument.fits(0.5, o, CauseWords.HOST_UNANSWERED, subject.host()));
    }
  }

  /** Its peers, who reach it by an address of their own, miss nothing. */
  static void peersContent(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    var peers = new TreeSet<Integer>();
    Observation seen = null;
    for (var log : file.of(Fact.LogShape.class)) {
      int peer = log.fact().brokerId();
      if (peer != broker && file.map().flatMap(m -> m.broker(peer)).isPresent()) {
        peers.add(peer);
        seen = log.observation();
      }
    }
    if (seen != null && file.complaints().accusers(broker).isEmpty()) {
      argument.fits(0.5, seen, CauseWords.PEERS_CONTENT, peers, broker);
    }
  }

  private static boolean kraft(CaseFile file) {
    return file.of(ClusterFact.Called.class).stream()
        .map(Seen::fact)
        .anyMatch(s -> s.call().equals("DescribeQuorum") && s.code().isEmpty());
  }

  /** It advertises what every machine takes for itself, and the others do not. */
  static void loopback(Argument argument, CaseFile file, Subject subject) {
    ownAmongOthers(file, subject)
        .ifPresent(
            s ->
                argument.decides(
                    3,
                    s.observation(),
                    CauseWords.ADDRESS_OWN,
                    subject.brokerId(),
                    s.fact().address()));
  }

  private static boolean own(BrokerNode node) {
    String host = node.host();
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("0.0.0.0")
        || host.equals("::1");
  }

  /** Its address is a number among names, or of another network than all the others. */
  static void unlikeOthers(Argument argument, CaseFile file, Subject subject) {
    odd(file, subject)
        .ifPresent(
            s ->
                argument.tells(
                    2,
                    s.observation(),
                    CauseWords.ADDRESS_ODD,
                    subject.brokerId(),
                    s.fact().address()));
  }

  /** An address like no other's: what is not found there says nothing of the broker. */
  static void odd(Argument argument, CaseFile file, Subject subject) {
    odd(file, subject)
        .or(() -> ownAmongOthers(file, subject))
        .ifPresent(
            s ->
                argument.against(
                    3,
                    s.observation(),
                    CauseWords.ADDRESS_ODD,
                    subject.brokerId(),
                    s.fact().address()));
  }

  private static java.util.Optional<Node> ownAmongOthers(CaseFile file, Subject subject) {
    return advertised(file, subject.brokerId())
        .filter(own -> own(own.fact()))
        .filter(own -> others(file, own.fact()).stream().noneMatch(Addresses::own));
  }

  private static java.util.Optional<Node> odd(CaseFile file, Subject subject) {
    return advertised(file, subject.brokerId())
        .filter(s -> !own(s.fact()))
        .filter(
            s -> {
              var others = others(file, s.fact());
              var networks = new TreeSet<>(others.stream().map(o -> network(o.host())).toList());
              return others.size() >= 2
                  && networks.size() == 1
                  && !networks.contains(network(s.fact().host()));
            })
        .filter(s -> !network(s.fact().host()).isEmpty());
  }

  /** The first half of an IPv4 address, empty for a name. */
  private static String network(String host) {
    return host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")
        ? host.substring(0, host.indexOf('.', host.indexOf('.') + 1))
        : "";
  }

  /** A broker as metadata names it, with the observation. */
  private record Node(Observation observation, BrokerNode fact) {}

  private static java.util.Optional<Node> advertised(CaseFile file, int broker) {
    return file.latest(Fact.Metadata.class)
        .flatMap(s -> s.fact().map().broker(broker).map(n -> new Node(s.observation(), n)));
  }

  private static List<BrokerNode> others(CaseFile file, BrokerNode node) {
    return file.map().stream()
        .flatMap(m -> m.brokers().stream())
        .filter(b -> b.id() != node.id())
        .toList();
  }

  /** Somebody answers where the user says a broker is, and no broker says it is there. */
  static void unadvertised(Argument argument, CaseFile file, Subject subject) {
    file.of(Fact.BrokerReach.class).reversed().stream()
        .filter(s -> s.fact().brokerId() < 0 && s.fact().reach() == Reach.ANSWERED)
        .filter(s -> Reach.ANSWERED != reach(file, subject))
        .findFirst()
        .ifPresent(
            s -> argument.decides(2, s.observation(), CauseWords.UNADVERTISED, s.fact().address()));
  }

  private static Reach reach(CaseFile file, Subject subject) {
    return file.reach(subject.brokerId()).map(s -> s.fact().reach()).orElse(Reach.ANSWERED);
  }

  /** Connections to more than one broker are found dead: it is no broker's doing. */
  static void idleToMany(Argument argument, CaseFile file, Subject subject) {
    var brokers = new TreeSet<Integer>();
    Observation last = null;
    for (var seen : file.of(Fact.Logged.class)) {
      boolean its = subject.name(What.CLIENT).filter(seen.fact().log()::equals).isPresent();
      if (its && seen.fact().sign() == LogSign.IDLE_DISCONNECTED && seen.fact().brokerId() >= 0) {
        brokers.add(seen.fact().brokerId());
        last = seen.observation();
      }
    }
    if (last != null && brokers.size() >= 2) {
      argument.tells(
          1.5, last, CauseWords.IDLE_TO_MANY, subject.name(What.CLIENT).orElse(""), brokers);
    }
  }
}
