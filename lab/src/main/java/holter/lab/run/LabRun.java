package holter.lab.run;

import holter.lab.fleet.TruthLog;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import holter.lab.scenario.Draw;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.Timeline;
import holter.lab.witness.Bite;
import holter.lab.witness.Counterfactual;
import holter.lab.witness.Witness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One run of one scenario: builds the world, waits until it is calm, plays the timeline, watches,
 * and tells what happened. Confined to the calling thread.
 */
public final class LabRun {
  private static final Duration CALM_LIMIT = Duration.ofMinutes(2);

  /** Queues drain, paths heal, and then an incident stays open for its quiet time. */
  private static final Duration CLOSED_LIMIT = Duration.ofSeconds(75);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final Scenario scenario;
  private final RunOptions options;
  private final Consumer<String> progress;
  private final RunResult.Machine machine = LabMachine.now();
  private final long commandStartNanos = System.nanoTime();

  /** Hears what happens while it happens; called on several threads. */
  public interface Audience {
    /** Nobody listens. */
    Audience NOBODY =
        new Audience() {
          @Override
          public void opened(Stage stage) {}

          @Override
          public void calm(Stage stage) {}
        };

    /** The world stands, and what it will show can be listened to. */
    void opened(Stage stage);

    /** The timeline begins now. */
    void calm(Stage stage);

    /** Whether a plan that Holter suggests, as it prints it, is to be carried out. */
    default boolean consents(String plan) {
      return true;
    }
  }

  /** What an audience can listen to. */
  public record Stage(
      Scenario scenario, TruthLog truth, Sightings sightings, Counterfactual plain) {}

  /**
   * Prepares a run.
   *
   * @param progress receives a line about each thing that takes time
   */
  public LabRun(Scenario scenario, RunOptions options, Consumer<String> progress) {
    this.scenario = changed(scenario, options);
    this.options = options;
    this.progress = progress;
  }

  private static Scenario changed(Scenario written, RunOptions options) {
    var drawn = options.seed().isPresent() ? Draw.by(options.seed().getAsLong(), written) : written;
    if (options.kafkaVersion() != null) {
      drawn = drawn.onKafka(options.kafkaVersion());
    }
    if (options.faultFor() != null) {
      drawn = drawn.faultsLasting(options.faultFor());
    }
    return options.exitEvents() == null ? drawn : drawn.tellingExits(options.exitEvents());
  }

  /** Runs it to its end and tells what happened. */
  public RunResult run(Audience audience) throws InterruptedException {
    var made = World.start(scenario, progress);
    try (var _ = made.world()) {
      return watched(made.parts(), audience);
    }
  }

  private RunResult watched(World.Parts parts, Audience audience) throws InterruptedException {
    var sightings = new Sightings();
    var clock = parts.truth().clock();
    try (var _ = new ApiWatch(parts.api(), sightings, clock);
        var states = new StateWatch(parts.api(), clock);
        var leaders = new LeadersWatch(parts.kafka().labBootstrap(), clock);
        var witness = new Witness(clock, BitePaths.watched(scenario, parts.net()));
        var consent = new Consent(scenario, parts, audience, progress);
        var asked = AskedConsent.of(scenario.expect().asks(), parts.api(), clock, progress);
        var deeds = new Deeds(scenario, parts)) {
      var plain = parts.plain();
      var stage = new Stage(scenario, parts.truth(), sightings, plain);
      audience.opened(stage);
      sightings.listen(consent::seen);
      awaitCalm(parts, sightings);
      // not before: how fast they are registered is measured, and forty JVMs that start are no
      // world
      scenario.dtus().forEach(dtu -> deeds.dial(dtu.id(), dtu.dac()));
      long calmMs = clock.nowMs();
      double startupS = (System.nanoTime() - commandStartNanos) / 1e9;
      audience.calm(stage);
      var meter = new ProbeMeter(scenario, parts, plain);
      play(parts, deeds, calmMs, meter);
      awaitClosed(sightings);
      progress.accept("collecting what was seen");
      asked.atMs().ifPresent(sightings::consented);
      var trace =
          new RunTrace(
              scenario,
              calmMs,
              clock.nowMs(),
              parts.truth().events(),
              parts.truth().restarts(),
              sightings,
              states.changes(),
              bites(parts, witness, consent.applied()),
              new RunTrace.Dials(parts.directory().seen(), parts.directory().wrongNow()),
              new RunTrace.Plain(plain.wouldRestart(), plain.longestUnreadMs()),
              new RunTrace.Led(parts.orchestrators().sight().led(), parts.truth().orders()),
              leaders.looks(),
              consent.applied());
      return Assessment.of(
          trace,
          new Assessment.Frame(
              options.seed().isPresent() ? options.seed().getAsLong() : null,
              machine,
              Math.round(startupS * 10) / 10.0,
              meter.result(),
              Records.write(parts.api(), trace, options, progress)));
    }
  }

  /** A fault that is cured is judged until its cure begins: nobody need feel it afterwards. */
  private Map<Integer, Bite> bites(
      World.Parts parts, Witness witness, Optional<Consent.Applied> cure) {
    var bites = new HashMap<Integer, Bite>();
    var findings = parts.truth().events();
    for (int n = 0; n < scenario.timeline().size(); n++) {
      var hit = BitePaths.hitBy(scenario, scenario.timeline().get(n));
      var begin = number(findings, TruthLog.Kind.FAULT_BEGAN, n);
      if (!hit.isEmpty() && begin.isPresent()) {
        long endMs =
            number(findings, TruthLog.Kind.FAULT_ENDED, n).orElse(parts.truth().clock().nowMs());
        long feltMs = cure.map(it -> Math.min(it.atMs(), endMs)).orElse(endMs);
        bites.put(n, witness.judge(hit, begin.getAsLong(), feltMs));
      }
    }
    return bites;
  }

  private static OptionalLong number(
      List<TruthLog.Event> events, TruthLog.Kind kind, int injection) {
    return events.stream()
        .filter(event -> event.kind() == kind && event.detail().startsWith(injection + " "))
        .mapToLong(TruthLog.Event::atMs)
        .findFirst();
  }

  /** Calm: Holter holds every worker for alive and every path for healthy, and so do we. */
  private void awaitCalm(World.Parts parts, Sightings sightings) {
    int workers = scenario.workers().size();
    var calm = new Calm(workers, scenario.beatPartitions());
    boolean reached =
        awaited(
            CALM_LIMIT,
            () ->
                calm.reached(sightings)
                    && parts.orchestrators().warm(workers, scenario.beatPartitions())
                    && parts.plain().heardOnce() >= workers,
            () -> "waiting for calm: " + calm.missing(sightings, parts.plain().heardOnce()));
    if (!reached) {
      throw new LabException(
          "no calm start after %d s; %s; the orchestrator last said: %s"
              .formatted(
                  CALM_LIMIT.toSeconds(),
                  calm.missing(sightings, parts.plain().heardOnce()),
                  parts.orchestrators().lastWords(2)));
    }
  }

  /** A record that says how it ended needs an incident that has ended: it waits for that. */
  private void awaitClosed(Sightings sightings) {
    if (options.record() != null || scenario.expect().cured() != null) {
      awaited(
          CLOSED_LIMIT,
          () -> Calm.openIncidents(sightings) == 0,
          () -> "waiting for Holter to close what is open, it stays quiet for a while first");
    }
  }

  /** Whether something came in time; what is being waited for is told whenever it changes. */
  private boolean awaited(Duration limit, BooleanSupplier came, Supplier<String> waitingFor) {
    var said = new String[] {""};
    return Deadline.in(limit)
        .await(
            () -> {
              if (came.getAsBoolean()) {
                return true;
              }
              var now = waitingFor.get();
              if (!now.equals(said[0])) {
                progress.accept(now);
                said[0] = now;
              }
              return false;
            });
  }

  private void play(World.Parts parts, Deeds deeds, long calmMs, ProbeMeter meter)
      throws InterruptedException {
    var timeline = new Timeline(scenario.timeline());
    var clock = parts.truth().clock();
    long endMs = calmMs + scenario.runFor().toMillis();
    while (clock.nowMs() < endMs) {
      for (var moment : timeline.due(Duration.ofMillis(clock.nowMs() - calmMs))) {
        progress.accept(
            "%5.1f s: %s %s %s"
                .formatted(
                    (clock.nowMs() - calmMs) / 1e3,
                    Deeds.word(moment.fault()),
                    moment.fault().target(),
                    moment.edge() == Timeline.Edge.BEGIN ? "begins" : "ends"));
        if (moment.fault().onChannel()) {
          meter.stop();
        }
        deeds.does(moment);
      }
      Thread.sleep(LOOK);
    }
  }
}
