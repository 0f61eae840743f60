package holter.lab.sim;

import holter.detect.RestartTruth;
import holter.engine.Input;
import holter.engine.RestartOrder;
import java.util.HashMap;
import java.util.Map;

/** Restarts simulated workers as a runner of the protocol does; says what each was in truth. */
final class SimRunner {
  /** From an order until the worker beats again, unless a scenario says otherwise. */
  private static final long BOOT_MS = 20_000;

  private static final long RUNNER_MS = 300;

  private final SimWorld world;

  /** What was said to each key: a repeated one is told the same and does nothing. */
  private final Map<String, Input.Restarted> answers = new HashMap<>();

  private long highestEpoch = -1;
  private long bootMs = BOOT_MS;

  SimRunner(SimWorld world) {
    this.world = world;
  }

  void boots(long inMs) {
    bootMs = inMs;
  }

  void restart(int number) {
    var worker = world.worker(number);
    world.truth().restarted(number, worker.life, world.queue().nowMs());
    boots(worker);
  }

  private void boots(SimWorker worker) {
    worker.life = Life.BOOTING;
    while (!world.host(worker.host).lives) { // whoever restarts it finds another place for it
      worker.host = (worker.host + 1) % world.hosts();
    }
    int schedule = ++worker.schedule;
    world
        .queue()
        .at(
            world.queue().nowMs() + bootMs,
            () -> {
              if (worker.schedule == schedule && worker.life == Life.BOOTING) {
                worker.starts(world.queue().nowMs());
                world.senders().begins(worker);
              }
            });
  }

  /**
   * An order as the runner takes it: a key once; a lower epoch is refused, and another life unless
   * its process is gone.
   */
  void order(int number, RestartOrder order) {
    var first = answers.get(order.key());
    if (first != null) {
      world.queue().at(world.queue().nowMs() + RUNNER_MS, () -> world.learns(first));
      return;
    }
    var worker = world.worker(number);
    boolean fenced = order.leaderEpoch() < highestEpoch;
    boolean over = worker.life == Life.BOOTING; // the life that it expects was ended already
    boolean gone = worker.life == Life.EXITED;
    boolean another = !gone && order.expected().counter() != worker.incarnation;
    boolean refused = fenced || over || another;
    highestEpoch = Math.max(highestEpoch, order.leaderEpoch());
    var was = worker.life;
    if (!refused) {
      world.laws().ordered(number, order);
      restart(number);
    }
    var said =
        switch (was) {
          case RUNNING, IDLE -> RestartTruth.HEALTHY;
          case STOPPED -> RestartTruth.STOPPED;
          case HUNG -> RestartTruth.HUNG;
          case EXITED, VANISHED, BOOTING, PLANNED -> RestartTruth.EXITED;
        };
    var answer = new Input.Restarted(order.key(), !refused, said, refused ? "fenced" : "");
    if (!fenced) {
      answers.put(order.key(), answer);
    }
    world.queue().at(world.queue().nowMs() + RUNNER_MS, () -> world.learns(answer));
  }
}
