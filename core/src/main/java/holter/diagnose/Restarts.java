package holter.diagnose;

import holter.detect.ProbeOutcome;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Rules about workers that somebody restarted for their silence. */
final class Restarts {
  /** An answer is of the worker that was restarted when it came this long before, at most. */
  private static final long BEFORE_MS = 60_000;

  /** A worker that beat within this was at work. */
  private static final long LATELY_MS = 15_000;

  /** A watchdog takes its time, and clocks are apart. */
  private static final long AROUND_MS = 180_000;

  private Restarts() {}

  /** All workers that were restarted, together: the watchdog is one. */
  static List<Subject> subjects(CaseFile file) {
    var workers = new TreeSet<String>();
    restarts(file).forEach(s -> workers.add(s.fact().about()));
    return workers.isEmpty()
        ? List.of()
        : List.of(new Subject(List.of(), -1, "", List.copyOf(workers)));
  }

  /** What ended by itself was rightly restarted. */
  private static List<Seen<Fact.Logged>> restarts(CaseFile file) {
    return file.of(Fact.Logged.class).stream()
        .filter(s -> s.fact().sign() == LogSign.RESTARTED_FOR_SILENCE)
        .filter(s -> !s.fact().about().isEmpty() && !dead(file, s.fact().about()))
        .toList();
  }

  private static boolean dead(CaseFile file, String worker) {
    return file.of(Fact.WorkerDead.class).stream()
            .anyMatch(s -> s.fact().instance().value().equals(worker))
        || file.of(Fact.WorkerExited.class).stream()
            .anyMatch(s -> s.fact().instance().value().equals(worker));
  }

  static void restarted(Argument argument, CaseFile file, Subject subject) {
    var restarts = restarts(file);
    if (!restarts.isEmpty()) {
      var last = restarts.getLast();
      argument.fits(
          1.5,
          last.observation(),
          CauseWords.LOGGED,
          last.fact().log(),
          last.fact().sign(),
          restarts.stream().mapToInt(s -> s.fact().count()).sum());
    }
  }

  /** It answered shortly before the restart; an answer from after it is a new process's. */
  static void wellBefore(Argument argument, CaseFile file, Subject subject) {
    restarts(file).stream()
        .flatMap(s -> answer(file, s.fact()).stream())
        .findFirst()
        .ifPresent(
            s ->
                argument.decides(
                    2.5, s.observation(), CauseWords.WORKER_ANSWERS, s.fact().instance()));
  }

  /**
   * It was restarted while brokers complained of a broker: then the channel was sick, and that it
   * was silent says nothing of it.
   */
  static void whileAccused(Argument argument, CaseFile file, Subject subject) {
    int suspect = file.suspect();
    var restarts = restarts(file);
    file.of(Fact.Complaint.class).stream()
        .filter(s -> s.fact().target() == suspect || s.fact().complainer() == suspect)
        .filter(s -> s.fact().kind() != ComplaintKind.FENCED)
        .filter(s -> restarts.stream().anyMatch(r -> near(s.fact(), r.fact())))
        .findFirst()
        .ifPresent(
            s -> argument.tells(1, s.observation(), CauseWords.RESTARTED_MEANWHILE, suspect));
  }

  private static boolean near(Fact.Complaint said, Fact.Logged restart) {
    return said.firstWallMs() - AROUND_MS <= restart.lastWallMs()
        && restart.firstWallMs() <= said.lastWallMs() + AROUND_MS;
  }

  /** Its own loop had beaten lately, whether or not Kafka took the beat. */
  private static boolean beats(ProbeOutcome.Answered answer) {
    return answer.beatAgeMs() >= 0 && answer.beatAgeMs() <= LATELY_MS;
  }

  private static Optional<Seen<Fact.WorkerProbed>> answer(CaseFile file, Fact.Logged restart) {
    return file.of(Fact.WorkerProbed.class).reversed().stream()
        .filter(s -> s.fact().instance().value().equals(restart.about()))
        .filter(s -> s.fact().outcome() instanceof ProbeOutcome.Answered a && beats(a))
        .filter(s -> s.observation().atMs() < restart.lastWallMs())
        .filter(s -> s.observation().atMs() >= restart.lastWallMs() - BEFORE_MS)
        .findFirst();
  }
}
