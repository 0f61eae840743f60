package holter.lab.run;

import holter.lab.fleet.TruthLog;
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
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * One run of one scenario: builds the world, waits until it is calm, plays the timeline, watches,
 * and tells what happened. Confined to the calling thread.
 */
public final class LabRun {
  private static final Duration CALM_LIMIT = Duration.ofMinutes(2);
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
        var plain = counterfactual(parts);
        var witness = new Witness(clock, BitePaths.watched(scenario, parts.net()));
        var deeds = new Deeds(scenario, parts)) {
      var stage = new Stage(scenario, parts.truth(), sightings, plain);
      audience.opened(stage);
      scenario.dtus().forEach(dtu -> deeds.dial(dtu.id(), dtu.dac()));
      awaitCalm(parts, sightings, plain);
      long calmMs = clock.nowMs();
      double startupS = (System.nanoTime() - commandStartNanos) / 1e9;
      audience.calm(stage);
      var meter = new ProbeMeter(scenario, parts, plain);
      play(parts, deeds, calmMs, meter);
      progress.accept("collecting what was seen");
      var trace =
          new RunTrace(
              scenario,
              calmMs,
              clock.nowMs(),
              parts.truth().events(),
              parts.truth().restarts(),
              sightings,
              bites(parts, witness),
              new RunTrace.Dials(parts.directory().seen(), parts.directory().wrongNow()),
              new RunTrace.Plain(plain.wouldRestart(), plain.longestUnreadMs()));
      return Assessment.of(
          trace,
          new Assessment.Frame(
              options.seed().isPresent() ? options.seed().getAsLong() : null,
              machine,
              Math.round(startupS * 10) / 10.0,
              meter.result(),
              Records.write(parts.api(), sightings, options)));
    }
  }

  private Map<Integer, Bite> bites(World.Parts parts, Witness witness) {
    var bites = new HashMap<Integer, Bite>();
    var findings = parts.truth().events();
    for (int n = 0; n < scenario.timeline().size(); n++) {
      var hit = BitePaths.hitBy(scenario, scenario.timeline().get(n));
      var begin = number(findings, TruthLog.Kind.FAULT_BEGAN, n);
      if (!hit.isEmpty() && begin.isPresent()) {
        long endMs =
            number(findings, TruthLog.Kind.FAULT_ENDED, n).orElse(parts.truth().clock().nowMs());
        bites.put(n, witness.judge(hit, begin.getAsLong(), endMs));
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

  private Counterfactual counterfactual(World.Parts parts) {
    var partitions =
        IntStream.range(0, scenario.beatPartitions())
            .mapToObj(number -> new TopicPartition(Scenario.HEARTBEAT, number))
            .toList();
    Map<String, Long> limits = new HashMap<>();
    for (var worker : scenario.workers()) {
      limits.put(
          worker.name(),
          worker.group().interval().toMillis() * scenario.orchestrator().plainTimeoutIntervals());
    }
    return new Counterfactual(
        parts.kafka().bootstrap(),
        partitions,
        limits,
        parts.truth().clock(),
        worker -> parts.fleet().worker(worker).down());
  }

  /** Calm: Holter holds every worker for alive and every path for healthy, and so do we. */
  private void awaitCalm(World.Parts parts, Sightings sightings, Counterfactual plain)
      throws InterruptedException {
    int workers = scenario.workers().size();
    int partitions = scenario.beatPartitions();
    var calm = new Calm(workers, partitions);
    long deadline = System.nanoTime() + CALM_LIMIT.toNanos();
    String said = "";
    while (!calm.reached(sightings) || plain.heardOnce() < workers) {
      var now = calm.missing(sightings, plain.heardOnce());
      if (!now.equals(said)) {
        progress.accept("waiting for calm: " + now);
        said = now;
      }
      if (System.nanoTime() > deadline) {
        throw new LabException(
            "no calm start after %d s; %s; the orchestrator last said: %s"
                .formatted(
                    CALM_LIMIT.toSeconds(),
                    now,
                    parts
                        .orchestrator()
                        .process()
                        .map(child -> child.outputTail(2).replace("\n", " | "))
                        .orElse("nothing")));
      }
      Thread.sleep(LOOK.multipliedBy(4));
    }
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
