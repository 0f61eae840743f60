package holter.lab.run;

import holter.lab.fleet.TruthLog;
import holter.lab.run.RunResult.AfterHeal;
import holter.lab.run.RunResult.DialLine;
import holter.lab.run.RunResult.PlainTimeoutLine;
import holter.lab.run.RunResult.Registrations;
import holter.lab.run.RunResult.StateLine;
import holter.lab.run.RunResult.WouldLine;
import holter.lab.scenario.Injection;
import holter.lab.scenario.Worker;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a result from all that a run left behind. Pure. */
final class Assessment {
  private Assessment() {}

  /** What is known of a run beside its trace. */
  record Frame(
      @Nullable Long seed,
      RunResult.Machine machine,
      double startupS,
      RunResult.Probes probes,
      @Nullable String record) {}

  static RunResult of(RunTrace trace, Frame frame) {
    var scenario = trace.scenario();
    var findings = new Findings(trace);
    var onset = findings.onsetMs();
    var restarts = findings.restarts();
    var deaths = findings.deaths();
    var naming = findings.naming();
    var diagnoses = Claims.of(trace, onset);
    var wrongClaims = WrongClaims.among(diagnoses, scenario.expect(), deaths);
    var planned = Planning.of(trace);
    var registrations = registrations(trace);
    var replicas = Takeovers.of(trace);
    var checks =
        Score.of(
            scenario.expect(),
            new Score.Scored(
                restarts,
                deaths,
                findings.deathsMissed(),
                naming,
                diagnoses,
                wrongClaims,
                planned,
                registrations,
                replicas,
                Moved.of(trace, onset),
                Cured.of(trace, onset)));
    var voidWhy = findings.voidWhy();
    return new RunResult(
        1,
        scenario.name(),
        scenario.kafka().version(),
        frame.seed(),
        scenario.orchestrator().exitEvents(),
        frame.machine(),
        Instant.ofEpochMilli(trace.calmMs()).toString(),
        voidWhy,
        voidWhy == null && checks.stream().allMatch(RunResult.Check::ok),
        frame.startupS(),
        trace.seconds(trace.endMs()),
        onset.isPresent() ? trace.seconds(onset.getAsLong()) : null,
        findings.faults(),
        restarts,
        (int) restarts.stream().filter(RunResult.RestartLine::falseRestart).count(),
        deaths,
        findings.deathsMissed(),
        naming,
        diagnoses,
        wrongClaims.stream().map(WrongClaims::said).toList(),
        findings.held(),
        planned,
        states(trace),
        registrations,
        plain(trace),
        frame.probes(),
        replicas,
        checks,
        frame.record());
  }

  private static boolean isPath(String subject) {
    return subject.startsWith("partition ");
  }

  private static List<StateLine> states(RunTrace trace) {
    var workers = trace.scenario().workers().stream().map(Worker::name).collect(Collectors.toSet());
    return trace.states().stream()
        .filter(change -> change.atMs() >= trace.calmMs())
        .filter(change -> workers.contains(change.subject()) || isPath(change.subject()))
        .map(
            change ->
                new StateLine(
                    change.subject(),
                    trace.seconds(change.atMs()),
                    change.from(),
                    change.to(),
                    change.rule()))
        .toList();
  }

  private static Registrations registrations(RunTrace trace) {
    var lines =
        trace.directory().seen().stream()
            .map(
                seen ->
                    new DialLine(
                        seen.dial().dtu(),
                        seen.dial().dac(),
                        trace.seconds(seen.dial().atMs()),
                        seen.visibleAfterMs() < 0
                            ? null
                            : Findings.hundredth(seen.visibleAfterMs())))
            .toList();
    boolean anyNever = lines.stream().anyMatch(line -> line.visibleAfterS() == null);
    var wrong = trace.directory().wrongAtEnd();
    int nobody = (int) wrong.stream().filter(each -> each.owner().isEmpty()).count();
    return new Registrations(
        lines.size(),
        anyNever || lines.isEmpty()
            ? null
            : lines.stream()
                .map(DialLine::visibleAfterS)
                .filter(java.util.Objects::nonNull)
                .max(Double::compare)
                .orElse(null),
        AfterHeal.of(lines, healS(trace)),
        nobody,
        wrong.size() - nobody,
        lines);
  }

  /** When the last fault of the channel was undone. */
  private static OptionalDouble healS(RunTrace trace) {
    return trace.truth().stream()
        .filter(event -> event.kind() == TruthLog.Kind.FAULT_ENDED)
        .filter(event -> injection(trace, event).fault().onChannel())
        .mapToDouble(event -> trace.seconds(event.atMs()))
        .max();
  }

  private static Injection injection(RunTrace trace, TruthLog.Event event) {
    int number = Integer.parseInt(event.detail().substring(0, event.detail().indexOf(' ')));
    return trace.scenario().timeline().get(number);
  }

  private static PlainTimeoutLine plain(RunTrace trace) {
    var lines =
        trace.plain().restarts().stream()
            .filter(would -> would.atMs() >= trace.calmMs())
            .map(
                would ->
                    new WouldLine(would.instance(), trace.seconds(would.atMs()), would.trulyDown()))
            .toList();
    var unread = new TreeMap<Integer, Double>();
    trace
        .plain()
        .longestUnreadMs()
        .forEach((partition, ms) -> unread.put(partition, Findings.hundredth(ms)));
    return new PlainTimeoutLine(
        trace.scenario().orchestrator().plainTimeoutIntervals(),
        lines.size(),
        (int) lines.stream().filter(line -> !line.trulyDown()).count(),
        lines,
        unread);
  }
}
