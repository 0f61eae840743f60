package holter.lab.run;

import holter.lab.fleet.Fleet;
import holter.lab.fleet.LabWorker;
import holter.lab.scenario.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A group's workers replaced one after the other, on threads of its own. */
final class RollingDeploy implements AutoCloseable {
  /** A worker's goodbye takes about a second. */
  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(10);

  private static final int TURNS_AT_ONCE = 4;

  private final ScheduledExecutorService turns =
      Executors.newScheduledThreadPool(
          TURNS_AT_ONCE, Thread.ofPlatform().daemon().name("lab-deploy-", 0).factory());

  private RollingDeploy() {}

  static RollingDeploy start(Fault.Deploy fault, Fleet fleet) {
    var deploy = new RollingDeploy();
    List<LabWorker> group =
        fleet.workers().stream()
            .filter(worker -> worker.spec().group().name().equals(fault.group()))
            .toList();
    for (int n = 0; n < group.size(); n++) {
      var worker = group.get(n);
      var turn =
          deploy.turns.schedule(
              () -> deploy.replace(worker, fault.down()),
              fault.each().toMillis() * n,
              TimeUnit.MILLISECONDS);
      if (turn.isCancelled()) {
        throw new IllegalStateException("the deploy of " + worker.name() + " was never begun");
      }
    }
    return deploy;
  }

  private void replace(LabWorker worker, Duration down) {
    worker.leave(LEAVES_WITHIN);
    var back = turns.schedule(worker::comeBack, down.toMillis(), TimeUnit.MILLISECONDS);
    if (back.isCancelled()) {
      throw new IllegalStateException(worker.name() + " does not come back");
    }
  }

  @Override
  public void close() {
    turns.shutdownNow();
  }
}
