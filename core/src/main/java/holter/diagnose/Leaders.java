package holter.diagnose;

import holter.channel.PartitionMap;
import holter.diagnose.ClusterFact.Reassigning;
import holter.diagnose.Entry.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about partitions without leaders, clients that look for them, and replicas on the move. */
final class Leaders {
  /** A client that has not found the leader by now was not told where it is. */
  private static final long LONG_MS = 30_000;

  private static final int OFTEN = 10;

  /** Trouble this long after a reassignment began may well have another reason. */
  private static final long SOON_MS = 600_000;

  private Leaders() {}

  /** Each topic's leaderless partitions, by the broker that was last in sync. */
  static List<Subject> without(CaseFile file) {
    var subjects = new ArrayList<Subject>();
    for (var topic : topics(file)) {
      var byLast = new TreeMap<Integer, List<Integer>>();
      for (var p : leaderless(file, topic)) {
        var held = p.isr().isEmpty() ? p.replicas() : p.isr();
        int last = held.isEmpty() ? -1 : held.getFirst();
        byLast.computeIfAbsent(last, b -> new ArrayList<>()).add(p.partition());
      }
      byLast.forEach(
          (last, partitions) ->
              subjects.add(
                  new Subject(
                      partitions,
                      last,
                      file.hostOf(last),
                      List.of(),
                      List.of(new Subject.Named(What.TOPIC, topic)))));
    }
    return subjects;
  }

  /** Followers that may not fetch a record, each with the leader that it tries to fetch it from. */
  static List<Subject> followersThatCannot(CaseFile file) {
    var subjects = new TreeMap<Integer, Subject>();
    for (var seen : file.of(Fact.Logged.class)) {
      Fact.Logged line = seen.fact();
      if (line.sign() == LogSign.REPLICA_TOO_LARGE && line.brokerId() >= 0) {
        var alone = Subject.broker(line.brokerId(), file.hostOf(line.brokerId()));
        int leader = leaderOf(file, line.about());
        boolean known = leader >= 0 && leader != line.brokerId();
        subjects.putIfAbsent(
            line.brokerId(), known ? alone.and(What.PEER, String.valueOf(leader)) : alone);
      }
    }
    return List.copyOf(subjects.values());
  }

  /** Who leads {@code TOPIC-N}; −1 when that is not known. */
  private static int leaderOf(CaseFile file, String partition) {
    int dash = partition.lastIndexOf('-');
    String number = partition.substring(dash + 1);
    if (dash < 1 || !number.matches("\\d{1,9}")) {
      return -1;
    }
    return file.mapOf(partition.substring(0, dash))
        .flatMap(seen -> seen.fact().map().partition(Integer.parseInt(number)))
        .map(PartitionMap::leaderId)
        .orElse(-1);
  }

  private static Set<String> topics(CaseFile file) {
    var topics = new TreeSet<String>();
    file.of(Fact.Metadata.class).forEach(s -> topics.add(s.fact().map().topic()));
    return topics;
  }

  private static List<PartitionMap> leaderless(CaseFile file, String topic) {
    return file.mapOf(topic).stream()
        .flatMap(s -> s.fact().map().partitions().stream())
        .filter(p -> p.leaderId() < 0)
        .toList();
  }

  static void none(Argument argument, CaseFile file, Subject subject) {
    String topic = subject.name(What.TOPIC).orElse("");
    var map = file.mapOf(topic).orElseThrow();
    map.fact()
        .map()
        .partition(subject.partitions().getFirst())
        .ifPresent(
            p ->
                argument.decides(
                    2.5,
                    map.observation(),
                    CauseWords.NO_LEADER,
                    topic,
                    p.partition(),
                    p.isr(),
                    p.replicas()));
  }

  /** One in sync answers: then an election is under way, or who should hold it is stuck. */
  static void lastAnswers(Argument argument, CaseFile file, Subject subject) {
    String topic = subject.name(What.TOPIC).orElse("");
    for (var p : leaderless(file, topic)) {
      for (int broker : p.isr()) {
        var reach = file.reach(broker).filter(s -> s.fact().reach() == Reach.ANSWERED);
        if (reach.isPresent() && subject.partitions().contains(p.partition())) {
          var fact = reach.get().fact();
          argument.against(
              3,
              reach.get().observation(),
              CauseWords.ANSWERS,
              fact.address(),
              (long) fact.answerMs());
          return;
        }
      }
    }
  }

  /** Refused again and again for longer than one refresh of metadata takes. */
  static void askedLong(Argument argument, CaseFile file, Subject subject) {
    Signs.sighting(file, subject, LogSign.NOT_LEADER)
        .filter(s -> s.fact().count() >= OFTEN)
        .filter(s -> s.fact().lastWallMs() - s.fact().firstWallMs() >= LONG_MS)
        .ifPresent(s -> Signs.said(argument, Signs.Says.DECIDES, 2, s));
  }

  static void othersMovedOn(Argument argument, CaseFile file, Subject subject) {
    var others = new TreeSet<String>();
    var astray = new TreeSet<String>();
    Observation seen = null;
    for (var s : file.of(Fact.Logged.class)) {
      boolean client = s.observation().source() == Source.CLIENT_LOGS;
      if (client && subject.name(What.CLIENT).filter(s.fact().log()::equals).isEmpty()) {
        others.add(s.fact().log());
        seen = s.observation();
        if (s.fact().sign() == LogSign.NOT_LEADER && s.fact().count() >= OFTEN) {
          astray.add(s.fact().log());
        }
      }
    }
    if (seen != null && astray.isEmpty()) {
      argument.fits(0.5, seen, CauseWords.OTHERS_KEEP_PACE, others.size());
    } else if (seen != null) {
      argument.against(1, seen, CauseWords.LOGGED, astray, LogSign.NOT_LEADER, astray.size());
    }
  }

  /** Suspects among the replicas of what is being moved. */
  static List<Subject> movedAtSuspects(CaseFile file) {
    return file.suspects().stream()
        .filter(b -> !movesAt(file, b).isEmpty())
        .map(b -> file.suspecting(b).about(b))
        .toList();
  }

  private static List<Seen<Reassigning>> movesAt(CaseFile file, int broker) {
    return file.of(Reassigning.class).stream()
        .filter(
            s -> {
              var fact = s.fact();
              boolean changes = fact.adding().contains(broker) || fact.removing().contains(broker);
              return changes
                  || file.mapOf(fact.topic())
                      .flatMap(m -> m.fact().map().partition(fact.partition()))
                      .filter(p -> p.replicas().contains(broker))
                      .isPresent();
            })
        .toList();
  }

  static void moved(Argument argument, CaseFile file, Subject subject) {
    var moves = movesAt(file, subject.brokerId());
    argument.decides(
        2,
        moves.getFirst().observation(),
        CauseWords.BEING_MOVED,
        moves.size(),
        subject.brokerId());
  }

  /** The order of things: moved first and sick soon after, or sick for long before. */
  static void movedBefore(Argument argument, CaseFile file, Subject subject) {
    long since = file.sickSinceMs(subject.brokerId());
    var began =
        file.of(Fact.Logged.class).stream()
            .filter(s -> s.fact().sign() == LogSign.REASSIGNMENT)
            .min(java.util.Comparator.comparingLong(s -> s.fact().firstWallMs()));
    if (began.isEmpty() || since < 0) {
      return;
    }
    long before = since - began.get().fact().firstWallMs();
    var o = began.get().observation();
    if (before >= -BrokerSigns.SKEW_MS && before <= SOON_MS) {
      argument.tells(1.5, o, CauseWords.MOVED_BEFORE, Math.max(0, before / 1_000));
    } else {
      argument.against(3, o, CauseWords.MOVED_BEFORE, before / 1_000);
    }
  }

  /** A limit of the subject that is lower than another broker's. */
  static Rule settingsDiffer(String... keys) {
    var wanted = List.of(keys);
    return (argument, file, subject) -> {
      String own = String.valueOf(subject.brokerId());
      for (var mine : file.of(ClusterFact.Configured.class)) {
        boolean its = mine.fact().of().equals(own) && wanted.contains(mine.fact().key());
        for (var other : file.of(ClusterFact.Configured.class)) {
          boolean same =
              other.fact().key().equals(mine.fact().key())
                  && other.fact().scope() == ClusterFact.Scope.BROKER
                  && !other.fact().value().equals(mine.fact().value());
          if (its && same) {
            argument.decides(
                2,
                mine.observation(),
                CauseWords.SETTINGS_DIFFER,
                mine.fact().key(),
                subject.brokerId(),
                mine.fact().value(),
                other.fact().of(),
                other.fact().value());
            return;
          }
        }
      }
    };
  }

  /** It is out of an ISR that it belongs to. */
  static void outOfSync(Argument argument, CaseFile file, Subject subject) {
    for (var seen : file.of(Fact.Metadata.class).reversed()) {
      for (var p : seen.fact().map().partitions()) {
        int broker = subject.brokerId();
        if (p.replicas().contains(broker) && !p.isr().contains(broker)) {
          argument.fits(
              1,
              seen.observation(),
              CauseWords.OUT_OF_ISR,
              broker,
              seen.fact().map().topic() + "-" + p.partition());
          return;
        }
      }
    }
  }
}
