package holter.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Log directories of brokers: which one failed, and what stands beside it. */
final class Directories {
  private Directories() {}

  /** Each broker with a directory that failed, by the broker's answer or its log. */
  static List<Subject> failed(CaseFile file) {
    var failed = new ArrayList<Subject>();
    for (var seen : file.of(ClusterFact.LogDirSeen.class)) {
      var fact = seen.fact();
      if (!fact.error().isEmpty()) {
        failed.add(subject(file, fact.brokerId(), fact.directory()));
      }
    }
    for (var seen : file.of(Fact.Logged.class)) {
      var fact = seen.fact();
      if (fact.sign() == LogSign.LOG_DIR_FAILED && fact.brokerId() >= 0) {
        failed.add(subject(file, fact.brokerId(), fact.about()));
      }
    }
    return failed;
  }

  private static Subject subject(CaseFile file, int broker, String directory) {
    var about = Subject.broker(broker, file.hostOf(broker)).on(partitions(file, broker, directory));
    return directory.isEmpty() ? about : about.and(What.DIRECTORY, directory);
  }

  private static List<Integer> partitions(CaseFile file, int broker, String directory) {
    var topic = file.map().map(m -> m.topic()).orElse("");
    var partitions = new TreeSet<Integer>();
    for (var seen : file.of(ClusterFact.LogDirSeen.class)) {
      if (seen.fact().brokerId() == broker && seen.fact().directory().equals(directory)) {
        seen.fact().partitions().stream()
            .filter(p -> Signs.topic(p).equals(topic))
            .forEach(p -> Signs.partition(p).ifPresent(partitions::add));
      }
    }
    return List.copyOf(partitions);
  }

  static void told(Argument argument, CaseFile file, Subject subject) {
    of(file, subject.brokerId()).stream()
        .filter(s -> !s.fact().error().isEmpty())
        .filter(s -> subject.name(What.DIRECTORY).filter(s.fact().directory()::equals).isPresent())
        .findFirst()
        .ifPresent(
            s ->
                argument.decides(
                    3,
                    s.observation(),
                    CauseWords.DIRECTORY_FAILED,
                    subject.brokerId(),
                    s.fact().directory(),
                    s.fact().error()));
  }

  static void othersWell(Argument argument, CaseFile file, Subject subject) {
    var well =
        of(file, subject.brokerId()).stream().filter(s -> s.fact().error().isEmpty()).toList();
    if (!well.isEmpty()) {
      argument.tells(
          1,
          well.getFirst().observation(),
          CauseWords.DIRECTORIES_WELL,
          well.size(),
          subject.brokerId());
    }
  }

  private static List<Seen<ClusterFact.LogDirSeen>> of(CaseFile file, int broker) {
    return file.of(ClusterFact.LogDirSeen.class).stream()
        .filter(s -> s.fact().brokerId() == broker)
        .toList();
  }
}
