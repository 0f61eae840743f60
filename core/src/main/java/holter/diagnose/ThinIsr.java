package holter.diagnose;

import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.TELLS;
import static holter.diagnose.Signs.logged;

import holter.channel.PartitionMap;
import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.Entry.Rule;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * F28: fewer replicas in sync than the topic requires, so that writes with acks=all are refused and
 * all else works. The brokers that are missing are the cause of it and are named; to require less
 * is no remedy.
 */
final class ThinIsr implements Cause {
  private static final String KEY = "min.insync.replicas";
  private static final Set<String> CODES =
      Set.of("NOT_ENOUGH_REPLICAS", "NOT_ENOUGH_REPLICAS_AFTER_APPEND");

  private static final List<Rule> LOGS =
      List.of(
          logged(DECIDES, 2.5, LogSign.UNDER_MIN_ISR),
          logged(TELLS, 2.5, LogSign.NOT_ENOUGH_REPLICAS));

  @Override
  public CauseCode code() {
    return CauseCode.F28;
  }

  @Override
  public Rivalry rivalry() {
    return Rivalry.NONE;
  }

  /** Each topic with too few in sync by its map, or of which a log says so. */
  @Override
  public List<Subject> subjects(CaseFile file) {
    var topics = new TreeSet<String>();
    for (var seen : file.of(Fact.Metadata.class)) {
      var topic = seen.fact().map().topic();
      if (!below(file, topic).isEmpty()) {
        topics.add(topic);
      }
    }
    for (var seen : file.of(Fact.Logged.class)) {
      boolean said =
          seen.fact().sign() == LogSign.UNDER_MIN_ISR
              || seen.fact().sign() == LogSign.NOT_ENOUGH_REPLICAS;
      if (said && !seen.fact().about().isEmpty()) {
        topics.add(Signs.topic(seen.fact().about()));
      }
    }
    return topics.stream().map(t -> subject(file, t)).toList();
  }

  private static Subject subject(CaseFile file, String topic) {
    var partitions = below(file, topic).stream().map(PartitionMap::partition).toList();
    return Subject.of(What.TOPIC, topic).on(partitions);
  }

  /** Partitions with a leader whose ISR is smaller than required. */
  private static List<PartitionMap> below(CaseFile file, String topic) {
    var required = required(file, topic);
    return file.mapOf(topic).stream()
        .flatMap(s -> s.fact().map().partitions().stream())
        .filter(p -> p.leaderId() >= 0 && required.isPresent())
        .filter(p -> p.isr().size() < number(required.get()))
        .toList();
  }

  /** What the topic says, else what a broker says. */
  private static Optional<Seen<Configured>> required(CaseFile file, String topic) {
    var set =
        file.of(Configured.class).reversed().stream()
            .filter(s -> s.fact().key().equals(KEY))
            .toList();
    return set.stream()
        .filter(s -> s.fact().scope() == ClusterFact.Scope.TOPIC && s.fact().of().equals(topic))
        .findFirst()
        .or(
            () ->
                set.stream().filter(s -> s.fact().scope() == ClusterFact.Scope.BROKER).findFirst());
  }

  private static double number(Seen<Configured> setting) {
    return Limits.number(setting.fact().value()).orElse(1);
  }

  private static Set<Integer> missing(CaseFile file, String topic) {
    var missing = new TreeSet<Integer>();
    for (var p : below(file, topic)) {
      missing.addAll(p.replicas());
      missing.removeAll(p.isr());
    }
    return missing;
  }

  @Override
  public void argue(Argument argument, CaseFile file, Subject subject) {
    String topic = subject.name(What.TOPIC).orElse("");
    var map = file.mapOf(topic);
    var below = below(file, topic);
    var required = required(file, topic);
    if (!below.isEmpty()) {
      var worst = below.getFirst();
      argument.decides(
          2.5,
          map.orElseThrow().observation(),
          CauseWords.ISR_BELOW,
          topic,
          worst.partition(),
          worst.isr(),
          required.orElseThrow().fact().value(),
          missing(file, topic));
    } else if (map.isPresent() && required.isPresent()) {
      argument.against(1, map.get().observation(), CauseWords.ISR_ENOUGH, topic).over();
    }
    if (argument.said() > 0) {
      required.ifPresent(
          s ->
              argument.fits(
                  1.5,
                  s.observation(),
                  CauseWords.CONFIGURED,
                  s.fact().of(),
                  KEY,
                  s.fact().value()));
    }
    LOGS.forEach(rule -> rule.weigh(argument, file, subject));
    refused(argument, file);
  }

  /** The canary to a topic with the brokers' own setting is refused by name. */
  private static void refused(Argument argument, CaseFile file) {
    file.of(Fact.CanarySent.class).stream()
        .filter(s -> CODES.contains(s.fact().code()))
        .findFirst()
        .ifPresent(
            s ->
                argument.decides(
                    2,
                    s.observation(),
                    CauseWords.CODED,
                    "produce",
                    s.fact().partition(),
                    s.fact().code()));
  }

  @Override
  public List<Sentence> remedies(CaseFile file, Subject subject) {
    String topic = subject.name(What.TOPIC).orElse("");
    var missing = missing(file, topic);
    var remedies = new ArrayList<Sentence>();
    remedies.add(
        missing.isEmpty()
            ? Sentence.of(AidWords.F28_ANY, topic)
            : Sentence.of(AidWords.F28_FIRST, missing, topic));
    remedies.add(Sentence.of(AidWords.F28_CARE, topic));
    remedies.add(Sentence.of(AidWords.F28_ROOT));
    return remedies;
  }
}
