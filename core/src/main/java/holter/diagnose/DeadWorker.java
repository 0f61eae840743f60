package holter.diagnose;

import holter.detect.ProbeOutcome;
import holter.words.Sentence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * F60: a worker is dead, whatever Kafka does. It needs a proof or an inference of its own; silence
 * on a sick path is neither.
 */
final class DeadWorker implements Cause {
  private static final int NAMED_MAX = 20;

  @Override
  public CauseCode code() {
    return CauseCode.F60;
  }

  @Override
  public List<Subject> subjects(CaseFile file) {
    return List.of(subject(file));
  }

  @Override
  public Rivalry rivalry() {
    return Rivalry.NONE;
  }

  @Override
  public void argue(Argument argument, CaseFile file, Subject subject) {
    var dead = dead(file);
    if (dead.isEmpty()) {
      notDead(argument, file);
      return;
    }
    int cited = 0;
    for (var seen : file.of(Fact.WorkerDead.class)) {
      if (cited++ < NAMED_MAX) {
        argument.decides(
            3,
            seen.observation(),
            CauseWords.WORKER_DEAD,
            seen.fact().instance(),
            seen.fact().proof());
      }
    }
    for (var seen : file.of(Fact.WorkerExited.class)) {
      if (cited++ < NAMED_MAX) {
        argument.decides(
            3,
            seen.observation(),
            CauseWords.WORKER_EXITED,
            seen.fact().instance(),
            seen.fact().exitCode());
      }
    }
    for (var seen : file.of(Fact.WorkerProbed.class)) {
      if (seen.fact().outcome() instanceof ProbeOutcome.Refused
          && dead.contains(seen.fact().instance().value())
          && cited++ < NAMED_MAX) {
        argument.fits(1, seen.observation(), CauseWords.WORKER_REFUSED, seen.fact().instance());
      }
    }
    for (var seen : silentKeys(file)) {
      if (cited++ < NAMED_MAX) {
        var key = seen.fact();
        argument.decides(
            2.5,
            seen.observation(),
            CauseWords.KEY_SILENT,
            key.sender(),
            key.usualMs(),
            key.partition(),
            key.silentMs() / 1_000);
      }
    }
    var healthy = file.healthyPaths();
    if (!healthy.isEmpty() && file.sickPaths().isEmpty()) {
      argument.fits(1, healthy.getFirst().observation(), CauseWords.PATHS_HEALTHY, healthy.size());
    }
    file.latest(Fact.Silence.class)
        .filter(s -> s.fact().beating() > 0)
        .ifPresent(
            s -> argument.fits(0.5, s.observation(), CauseWords.OTHERS_BEAT, s.fact().beating()));
  }

  private static void notDead(Argument argument, CaseFile file) {
    for (var seen : file.of(Fact.WorkerProbed.class)) {
      if (seen.fact().outcome() instanceof ProbeOutcome.Answered answer
          && answer.beatAgeMs() >= 0) {
        argument.excluded(seen.observation(), CauseWords.WORKER_ANSWERS, seen.fact().instance());
        return;
      }
    }
    file.latest(Fact.Silence.class)
        .ifPresent(s -> argument.against(1, s.observation(), CauseWords.NOBODY_DEAD));
  }

  private static Set<String> dead(CaseFile file) {
    var dead = new LinkedHashSet<String>();
    file.of(Fact.WorkerDead.class).forEach(s -> dead.add(s.fact().instance().value()));
    file.of(Fact.WorkerExited.class).forEach(s -> dead.add(s.fact().instance().value()));
    silentKeys(file).forEach(s -> dead.add(s.fact().sender()));
    return dead;
  }

  /** Keys that stopped on a path that is well; on a sick one they may only be late. */
  private static List<Seen<ClusterFact.KeySilence>> silentKeys(CaseFile file) {
    return file.of(ClusterFact.KeySilence.class).stream()
        .filter(
            s ->
                file.sickPaths().stream()
                    .noneMatch(p -> p.fact().partition() == s.fact().partition()))
        .toList();
  }

  private static Subject subject(CaseFile file) {
    return new Subject(List.of(), -1, "", List.copyOf(dead(file)));
  }

  @Override
  public List<Sentence> remedies(CaseFile file, Subject subject) {
    return List.of(
        Sentence.of(RemedyWords.RESTART_WORKER, String.join(", ", dead(file))),
        Sentence.of(RemedyWords.WHY_WORKER_DIED));
  }
}
