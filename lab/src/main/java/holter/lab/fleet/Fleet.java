package holter.lab.fleet;

import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import holter.lab.scenario.Scenario;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All workers of a scenario, and the runner that restarts them. Workers start in waves, so that a
 * small machine is not asked for thirty JVMs at once. Thread-safe once started.
 */
public final class Fleet implements AutoCloseable {
  /** JVMs that start side by side, per core: one computes while another waits for its disk. */
  private static final int STARTING_PER_CORE = 3;

  private static final int TELL_EACH = 8;
  private static final Duration UP_LIMIT = Duration.ofSeconds(60);
  private final Map<String, LabWorker> workers = new LinkedHashMap<>();
  private final Map<String, InetSocketAddress> doors;
  private final RunnerServer runner;

  /**
   * Prepares the workers and starts the runner; no worker runs yet.
   *
   * @param tellsExits whether the runner tells exits
   */
  public Fleet(
      Scenario scenario,
      FleetPlace place,
      TruthLog truth,
      boolean tellsExits,
      Consumer<String> progress) {
    runner = new RunnerServer(name -> Optional.ofNullable(workers.get(name)), truth, tellsExits);
    var commands = new WorkerCommands(place, progress);
    for (var worker : scenario.workers()) {
      workers.put(
          worker.name(),
          new LabWorker(
              worker,
              scenario.movesClockOf(worker.name())
                  ? commands.of(worker).withItsOwnClock()
                  : commands.of(worker),
              place.children(),
              truth,
              (name, incarnation, code) ->
                  runner.exited(name, incarnation, code, truth.clock().nowMs())));
    }
    doors = commands.doors();
  }

  /**
   * Starts all workers, a wave at a time, and returns when every one is up.
   *
   * @param lastOnesStart is run once, when no worker is left to be started
   */
  public void startAll(Runnable lastOnesStart, Consumer<String> progress) {
    int wave = STARTING_PER_CORE * Runtime.getRuntime().availableProcessors();
    var starting = new ArrayList<LabWorker>();
    int begun = 0;
    int told = 0;
    for (var worker : workers.values()) {
      if (starting.size() >= wave) {
        awaitOne(starting);
      }
      worker.start();
      starting.add(worker);
      begun++;
      if (begun - starting.size() >= told + TELL_EACH) {
        told = begun - starting.size();
        progress.accept("%d of %d workers up".formatted(told, workers.size()));
      }
    }
    lastOnesStart.run();
    while (!starting.isEmpty()) {
      awaitOne(starting);
    }
    progress.accept("all workers up");
  }

  /** Waits until at least one of those that start is up. */
  private static void awaitOne(List<LabWorker> starting) {
    if (!Deadline.in(UP_LIMIT).await(() -> starting.removeIf(LabWorker::up))) {
      var stuck = starting.getFirst();
      throw new LabException(
          "worker %s is not up after %d s; %s"
              .formatted(stuck.name(), UP_LIMIT.toSeconds(), stuck.lastWords()));
    }
  }

  /** A worker by its name. */
  public LabWorker worker(String name) {
    var worker = workers.get(name);
    if (worker == null) {
      throw new IllegalArgumentException("no worker " + name);
    }
    return worker;
  }

  public List<LabWorker> workers() {
    return List.copyOf(workers.values());
  }

  /** Where DTUs dial a worker. */
  public InetSocketAddress door(String worker) {
    var door = doors.get(worker);
    if (door == null) {
      throw new IllegalArgumentException("no DTU can dial " + worker);
    }
    return door;
  }

  /** The runner's URL, for the orchestrator's configuration. */
  public String runnerUrl() {
    return runner.url();
  }

  @Override
  public void close() {
    runner.close();
  }
}
