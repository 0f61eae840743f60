package holter.lab.run;

import holter.lab.bench.LeaderBench;
import holter.lab.bench.LeaderTrial;
import holter.lab.bench.LeaderTrial.Deed;
import holter.lab.bench.LeaderTrial.Moment;
import holter.lab.fleet.TruthLog;
import holter.lab.process.Child;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import holter.lab.scenario.Fault.Orchestrator.Which;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.ScenarioReader;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One small world of real processes in which the leading replica is struck again and again around
 * the death of a worker. Confined to the calling thread.
 */
public final class LeaderWorld implements LeaderBench.Real {
  private static final Duration WARM_LIMIT = Duration.ofSeconds(90);
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(40);
  private static final long LULL_MS = 1_000;

  private final Scenario scenario;
  private final World world;
  private final World.Parts parts;

  private LeaderWorld(Scenario scenario, World.Made made) {
    this.scenario = scenario;
    this.world = made.world();
    this.parts = made.parts();
  }

  /** Starts brokers, workers, PostgreSQL and two replicas. */
  public static LeaderWorld open(Consumer<String> progress) throws InterruptedException {
    var scenario = ScenarioReader.builtIn("bench-leader");
    return new LeaderWorld(scenario, World.start(scenario, progress));
  }

  /** What is done in one trial, as drawn. */
  private record Drawn(Moment moment, Deed deed, long stoppedForMs, long gapMs, String worker) {
    static Drawn by(long seed, Scenario scenario) {
      var random = new SplittableRandom(seed);
      var moments = List.of(Moment.BEFORE, Moment.VERDICT, Moment.SENT, Moment.TAKEOVER);
      var moment = moments.get((int) (seed % moments.size()));
      var deed = random.nextInt(3) > 0 ? Deed.KILL : Deed.STOP;
      long stopped = random.nextBoolean() ? 20_000 : 2_000 + random.nextLong(10_000);
      long gap =
          switch (moment) {
            case BEFORE -> random.nextLong(4_000);
            case VERDICT -> 800 + random.nextLong(1_400);
            case TAKEOVER -> 4_500 + random.nextLong(3_500);
            case KEPT, LOOKED, SENT -> 0;
          };
      var workers = scenario.workers();
      var worker = workers.get((int) (seed % workers.size())).name();
      return new Drawn(moment, deed, deed == Deed.KILL ? 0 : stopped, gap, worker);
    }
  }

  /** Plays one trial to its end: whoever was struck stands by again, and all are warm. */
  @Override
  public LeaderTrial play(long seed) throws InterruptedException {
    awaitWarm("before");
    var drawn = Drawn.by(seed, scenario);
    var leader = parts.orchestrators().in(Which.LEADER);
    long startMs = nowMs();
    Thread.sleep(LULL_MS);
    long struckMs = struckAround(drawn, leader);
    long diedMs = diedMs(drawn.worker(), startMs);
    boolean restarted =
        Deadline.in(RESTART_LIMIT).await(() -> !done(drawn.worker(), diedMs).isEmpty());
    comesBack(drawn, leader, struckMs);
    awaitWarm("after");
    return result(seed, drawn, struckMs, diedMs, restarted);
  }

  /** Strikes the leader and kills the worker in the drawn order; when the leader was struck. */
  private long struckAround(Drawn drawn, Orchestrator leader) throws InterruptedException {
    var worker = parts.fleet().worker(drawn.worker());
    switch (drawn.moment()) {
      case BEFORE, TAKEOVER -> {
        long struckMs = strike(drawn.deed(), leader);
        Thread.sleep(drawn.gapMs());
        worker.kill();
        return struckMs;
      }
      case VERDICT, KEPT, LOOKED -> {
        worker.kill();
        Thread.sleep(drawn.gapMs());
        return strike(drawn.deed(), leader);
      }
      case SENT -> {
        var struck = new CompletableFuture<Long>();
        parts.truth().onOrder(order -> onOrder(order, drawn, leader, struck));
        worker.kill();
        try {
          return struck.get(RESTART_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
          throw new LabException("no order came for " + drawn.worker(), e);
        } finally {
          parts.truth().onOrder(order -> {});
        }
      }
    }
    throw new IllegalStateException("a moment without a deed");
  }

  private void onOrder(
      TruthLog.Order order, Drawn drawn, Orchestrator leader, CompletableFuture<Long> struck) {
    if (!struck.isDone() && order.instance().equals(drawn.worker())) {
      struck.complete(strike(drawn.deed(), leader));
    }
  }

  private long strike(Deed deed, Orchestrator leader) {
    long atMs = nowMs();
    leader
        .process()
        .ifPresent(
            switch (deed) {
              case KILL -> Child::kill;
              case STOP -> Child::stop;
            });
    return atMs;
  }

  private void comesBack(Drawn drawn, Orchestrator struck, long struckMs)
      throws InterruptedException {
    switch (drawn.deed()) {
      case KILL -> struck.again(parts.children());
      case STOP -> {
        Thread.sleep(Math.max(0, struckMs + drawn.stoppedForMs() - nowMs()));
        struck.process().ifPresent(Child::cont);
        Thread.sleep(LULL_MS); // what it says first is of before
      }
    }
  }

  private void awaitWarm(String when) {
    int workers = scenario.workers().size();
    var all = parts.orchestrators();
    boolean warm =
        Deadline.in(WARM_LIMIT)
            .await(
                () ->
                    all.warm(workers, scenario.beatPartitions())
                        && all.sight().latest().stream().anyMatch(LeaderSight.Seen::leads));
    if (!warm) {
      throw new LabException(
          "the replicas are not warm %s a trial: %s; they last said: %s"
              .formatted(when, all.sight().latest(), all.lastWords(2)));
    }
  }

  private long nowMs() {
    return parts.truth().clock().nowMs();
  }

  private long diedMs(String worker, long fromMs) {
    return parts.truth().events().stream()
        .filter(event -> event.kind() == TruthLog.Kind.WORKER_KILLED)
        .filter(event -> event.subject().equals(worker) && event.atMs() >= fromMs)
        .mapToLong(TruthLog.Event::atMs)
        .findFirst()
        .orElseThrow();
  }

  private List<TruthLog.Restart> done(String worker, long fromMs) {
    return parts.truth().restarts().stream()
        .filter(restart -> restart.done() && restart.atMs() >= fromMs)
        .filter(restart -> restart.instance().equals(worker))
        .toList();
  }

  private LeaderTrial result(
      long seed, Drawn drawn, long struckMs, long diedMs, boolean restarted) {
    var led =
        parts.orchestrators().sight().led().stream()
            .filter(one -> one.atMs() > struckMs)
            .findFirst();
    var done = done(drawn.worker(), diedMs);
    boolean before = !done.isEmpty() && drawn.moment() == Moment.SENT;
    var act =
        parts.truth().orders().stream()
            .filter(order -> order.atMs() > struckMs && order.instance().equals(drawn.worker()))
            .findFirst();
    long firstMs = Math.min(struckMs, diedMs);
    int others =
        (int)
            parts.truth().restarts().stream()
                .filter(restart -> restart.done() && restart.atMs() >= firstMs)
                .filter(restart -> !restart.instance().equals(drawn.worker()))
                .count();
    return new LeaderTrial(
        true,
        seed,
        drawn.deed(),
        drawn.moment(),
        drawn.stoppedForMs(),
        led.map(one -> one.atMs() - struckMs).orElse(null),
        before ? null : act.map(order -> order.atMs() - struckMs).orElse(null),
        diedMs <= struckMs + LeaderTrial.WAITS_MS,
        done.isEmpty() ? null : done.getFirst().atMs() - diedMs,
        Math.max(0, done.size() - 1),
        restarted ? 0 : 1,
        others);
  }

  @Override
  public void close() {
    world.close();
  }
}
