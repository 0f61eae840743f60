package holter.diagnose;

import holter.channel.ClusterMap;
import holter.diagnose.ClusterFact.Called;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Rules about a topic that is missing, was made by mistake, or has grown. */
final class Topics {
  private static final String UNKNOWN = "UNKNOWN_TOPIC_OR_PARTITION";

  private Topics() {}

  /** Topics that somebody asked for in vain, or that were made because of it; Kafka's own aside. */
  static List<Subject> missing(CaseFile file) {
    var topics = new TreeSet<String>();
    for (var seen : file.of(Fact.Logged.class)) {
      var sign = seen.fact().sign();
      if (sign == LogSign.METADATA_MISSING || sign == LogSign.TOPIC_CREATED_BY_ASKING) {
        topics.add(Signs.topic(seen.fact().about()));
      }
    }
    for (var seen : file.of(Called.class)) {
      if (seen.fact().code().equals(UNKNOWN)) {
        topics.add(seen.fact().of());
      }
    }
    return topics.stream()
        .filter(t -> !t.isEmpty() && !t.startsWith("__"))
        .map(t -> Subject.of(What.TOPIC, t))
        .toList();
  }

  private static String topic(Subject subject) {
    return subject.name(What.TOPIC).orElse("");
  }

  /** Made by a question, with a single copy of it: nobody planned it so. */
  static void madeByAsking(Argument argument, CaseFile file, Subject subject) {
    Signs.logged(Signs.Says.DECIDES, 2.5, LogSign.TOPIC_CREATED_BY_ASKING)
        .weigh(argument, file, subject);
    if (Signs.sighting(file, subject, LogSign.TOPIC_CREATED_BY_ASKING).isPresent()) {
      file.mapOf(topic(subject))
          .filter(s -> s.fact().map().partitions().stream().allMatch(p -> p.replicas().size() == 1))
          .ifPresent(
              s -> argument.fits(1.5, s.observation(), CauseWords.TOPIC_UNCOPIED, topic(subject)));
    }
  }

  /** It is there and was not made by a question: who got no metadata of it has other trouble. */
  static void exists(Argument argument, CaseFile file, Subject subject) {
    if (Signs.sighting(file, subject, LogSign.TOPIC_CREATED_BY_ASKING).isEmpty()) {
      file.mapOf(topic(subject))
          .ifPresent(
              s ->
                  argument.excluded(
                      s.observation(),
                      CauseWords.TOPIC_EXISTS,
                      topic(subject),
                      s.fact().map().partitions().size()));
    }
  }

  /** Topics to which partitions were added. */
  static List<Subject> grown(CaseFile file) {
    var topics = new TreeSet<String>();
    Signs.namedBy(What.TOPIC, LogSign.PARTITIONS_ADDED)
        .apply(file)
        .forEach(s -> topics.add(topic(s)));
    for (var seen : file.of(Fact.Metadata.class)) {
      var name = seen.fact().map().topic();
      if (growth(file, name).isPresent()) {
        topics.add(name);
      }
    }
    return topics.stream().map(t -> Subject.of(What.TOPIC, t)).toList();
  }

  private record Growth(Observation observation, int before, int after) {}

  /** Two maps of one witness; another's may be older, or cut short. */
  private static Optional<Growth> growth(CaseFile file, String topic) {
    var before = new HashMap<String, ClusterMap>();
    Optional<Growth> growth = Optional.empty();
    for (var seen : file.of(Fact.Metadata.class)) {
      var map = seen.fact().map();
      if (!map.topic().equals(topic) || map.partitions().isEmpty()) {
        continue;
      }
      var older = before.put(seen.observation().witness(), map);
      if (older != null && older.partitions().size() < map.partitions().size()) {
        growth =
            Optional.of(
                new Growth(seen.observation(), older.partitions().size(), map.partitions().size()));
      }
    }
    return growth;
  }

  static void morePartitions(Argument argument, CaseFile file, Subject subject) {
    growth(file, topic(subject))
        .ifPresent(
            g ->
                argument.decides(
                    2.5,
                    g.observation(),
                    CauseWords.PARTITIONS_GREW,
                    topic(subject),
                    g.before(),
                    g.after()));
  }
}
