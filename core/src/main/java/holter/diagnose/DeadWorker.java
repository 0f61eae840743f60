package holter.diagnose;

import holter.detect.ProbeOutcome;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * F60: a worker is dead, whatever Kafka does. It needs a proof or an inference of its own, or
 * records that ended among others that go on; silence on a sick path is none of them.
 */
final class DeadWorker implements Cause {
  private static final int NAMED_MAX = 20;

  /** What the records of the topic and clients' logs tell, where nobody proved a death. */
  private static final List<Entry.Rule> OF_RECORDS =
      List.of(
          SilentSenders::ended,
          SilentSenders::itsPaths,
          SilentSenders::itsLog,
          SilentSenders::limits,
          SilentSenders::answers,
          SilentSenders::mayWait,
          Senders.brokersSay(Signs.Says.AGAINST, 2, LogSign.ACCESS_DENIED, LogSign.LOGIN_FAILED));

  @Override
  public CauseCode code() {
    return CauseCode.F60;
  }

  @Override
  public List<Subject> subjects(CaseFile file) {
    var subjects = new ArrayList<>(List.of(subject(file)));
    var dead = dead(file);
    SilentSenders.subjects(file).stream()
        .filter(s -> !dead.contains(s.instances().getFirst()))
        .forEach(subjects::add);
    return subjects;
  }

  @Override
  public Rivalry rivalry() {
    return Rivalry.NONE;
  }

  @Override
  public void argue(Argument argument, CaseFile file, Subject subject) {
    var dead = dead(file);
    boolean inferred = !subject.instances().isEmpty() && !dead.containsAll(subject.instances());
    if (inferred) {
      OF_RECORDS.forEach(rule -> rule.weigh(argument, file, subject));
      return;
    }
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
    return dead;
  }

  private static Subject subject(CaseFile file) {
    return new Subject(List.of(), -1, "", List.copyOf(dead(file)));
  }

  @Override
  public List<Sentence> remedies(CaseFile file, Subject subject) {
    String who = String.join(", ", subject.instances());
    boolean proved = dead(file).containsAll(subject.instances());
    return List.of(
        Sentence.of(proved ? RemedyWords.RESTART_WORKER : RemedyWords.RESTART_IF_ENDED, who),
        Sentence.of(RemedyWords.WHY_WORKER_DIED));
  }
}
