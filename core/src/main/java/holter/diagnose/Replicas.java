package holter.diagnose;

import holter.channel.PartitionMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One replica of one partition on one broker. */
final class Replicas {
  /** A replica that follows a new leader is out for seconds. */
  private static final long LONG_MS = 120_000;

  private Replicas() {}

  /** Each replica that a broker's log calls corrupt or failed. */
  static List<Subject> doubtful(CaseFile file) {
    var doubtful = new ArrayList<Subject>();
    for (var seen : file.of(Fact.Logged.class)) {
      var fact = seen.fact();
      boolean sign = fact.sign() == LogSign.CORRUPT_DATA || fact.sign() == LogSign.PARTITION_FAILED;
      var partition = Signs.partition(fact.about());
      if (sign && fact.brokerId() >= 0 && partition.isPresent()) {
        doubtful.add(
            Subject.broker(fact.brokerId(), file.hostOf(fact.brokerId()))
                .on(List.of(partition.get()))
                .and(What.TOPIC, Signs.topic(fact.about())));
      }
    }
    return doubtful;
  }

  static void failedLong(Argument argument, CaseFile file, Subject subject) {
    Signs.sighting(file, subject, LogSign.PARTITION_FAILED)
        .ifPresent(
            s -> {
              long ms = s.fact().lastWallMs() - s.fact().firstWallMs();
              var o = s.observation();
              var name = name(subject);
              if (ms >= LONG_MS) {
                argument.tells(2, o, CauseWords.FAILED_LONG, s.fact().log(), name, ms / 1_000);
              } else {
                argument.fits(0.5, o, CauseWords.FAILED_LONG, s.fact().log(), name, ms / 1_000);
              }
            });
  }

  /** Out of this ISR and in all its others: nothing is the matter with the broker itself. */
  static void outAlone(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    var map = file.mapOf(topic(subject));
    var mine = in(map, subject);
    if (map.isEmpty() || mine.isEmpty() || mine.get().isr().contains(broker)) {
      return;
    }
    boolean othersIn =
        map.get().fact().map().partitions().stream()
            .filter(p -> p.partition() != mine.get().partition() && p.replicas().contains(broker))
            .allMatch(p -> p.isr().contains(broker));
    if (othersIn) {
      argument.tells(
          1.5, map.get().observation(), CauseWords.OUT_OF_ISR_ALONE, broker, name(subject));
    }
  }

  /** Back in sync: what was corrupt was repaired, what had only failed was never corrupt. */
  static void back(Argument argument, CaseFile file, Subject subject) {
    var map = file.mapOf(topic(subject));
    if (in(map, subject).filter(p -> p.isr().contains(subject.brokerId())).isEmpty()) {
      return;
    }
    if (Signs.sighting(file, subject, LogSign.CORRUPT_DATA).isPresent()) {
      argument.over();
    } else {
      argument.excluded(
          map.orElseThrow().observation(),
          CauseWords.BACK_IN_ISR,
          subject.brokerId(),
          name(subject));
    }
  }

  private static Optional<PartitionMap> in(Optional<Seen<Fact.Metadata>> map, Subject subject) {
    return map.flatMap(s -> s.fact().map().partition(subject.partitions().getFirst()));
  }

  private static String topic(Subject subject) {
    return subject.name(What.TOPIC).orElse("");
  }

  private static String name(Subject subject) {
    return topic(subject) + "-" + subject.partitions().getFirst();
  }

  /** New records flow. */
  static void pathsWell(Argument argument, CaseFile file, Subject subject) {
    var healthy = file.healthyPaths();
    if (!healthy.isEmpty() && file.sickPaths().isEmpty()) {
      argument.fits(1, healthy.getFirst().observation(), CauseWords.PATHS_HEALTHY, healthy.size());
    }
  }
}
