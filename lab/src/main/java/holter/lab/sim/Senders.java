package holter.lab.sim;

/** Lets workers beat on their schedules, and their records meet what the paths do to them. */
final class Senders {
  private static final int SILENT_INTERVALS = 3;

  /** Partition and offset of a beat that came by no partition. */
  private static final int BY_HTTP = -1;

  /** How many beats of the agent say that it stops on purpose. */
  private static final int GOODBYES = 3;

  private final SimWorld world;
  private final SimSettings fleet;
  private final EventQueue queue;
  private long offset;

  Senders(SimWorld world) {
    this.world = world;
    this.fleet = world.fleet();
    this.queue = world.queue();
  }

  /** A life's beats begin, at a moment of its own within an interval. */
  void begins(SimWorker worker) {
    int schedule = ++worker.schedule;
    long inMs = worker.random.nextLong(fleet.intervalMs());
    queue.at(queue.nowMs() + inMs, () -> turn(worker, schedule));
  }

  private void turn(SimWorker worker, int schedule) {
    if (worker.schedule != schedule || !worker.life.beats()) {
      return;
    }
    queue.at(
        queue.nowMs() + fleet.intervalMs() + worker.random.nextInt(-25, 26),
        () -> turn(worker, schedule));
    if (queue.nowMs() >= worker.blockedUntilMs) {
      worker.lastTurnMs = queue.nowMs();
      // as the agent: one lost goodbye must not look like a death
      int beats = worker.saysGoodbye && fleet.askable() ? GOODBYES : 1;
      for (int i = 0; i < beats; i++) {
        send(worker);
      }
    }
  }

  /** Draws the same whatever the path does, so that every detector meets the same fleet. */
  private void send(SimWorker worker) {
    worker.seq++;
    worker.work += worker.life == Life.RUNNING ? 1 : 0;
    int p = worker.partition();
    SimPath path = world.path(p);
    long now = queue.nowMs();
    var beat = worker.beat(p, offset++, now);
    long delay = SimPath.delayMs(worker.random);
    boolean lost = worker.random.nextDouble() < SimPath.LOSS;
    boolean half = worker.random.nextBoolean();
    long late = worker.random.nextLong(SimPath.LATE_MAX_MS);
    long block = 10_000 + worker.random.nextLong(50_000);
    if (lost || !world.reachesKafka(worker.host)) {
      fails(worker, p, beat.seq());
      return;
    }
    Runnable arrives = () -> world.arrives(worker.number, beat);
    switch (path.kind()) {
      case FINE -> {
        queue.at(now + delay + path.readerLagMs, arrives);
        acknowledged(worker, p, beat.seq(), delay);
      }
      case LOST, UNHEARD, REFUSED -> fails(worker, p, beat.seq());
      case BLOCKS -> {
        worker.blockedUntilMs = fleet.blocking() ? now + block : -1;
        fails(worker, p, beat.seq());
      }
      case SLOW -> {
        if (half) {
          fails(worker, p, beat.seq());
        } else {
          path.later(queue, late, arrives);
        }
      }
      case UNSEEN -> {
        path.later(queue, -1, arrives);
        acknowledged(worker, p, beat.seq(), delay);
      }
    }
  }

  private void acknowledged(SimWorker worker, int partition, long seq, long afterMs) {
    told(worker, partition, seq, afterMs, afterMs);
  }

  /** Its beats go by HTTP as long as no partition has acknowledged one for so many intervals. */
  private void byHttp(SimWorker worker) {
    long now = queue.nowMs();
    long firstCallMs = world.secondPathMs();
    long silentMs = now - Math.max(worker.lastAckMs, worker.bornMs);
    if (firstCallMs < 0 || silentMs < SILENT_INTERVALS * fleet.intervalMs()) {
      return;
    }
    if (worker.calledLife != worker.incarnation) {
      worker.calledLife = worker.incarnation;
      worker.callsFromMs = now + firstCallMs / 2 + worker.random.nextLong(firstCallMs / 2 + 1);
    }
    long arrives = Math.max(now, worker.callsFromMs) + SimPath.delayMs(worker.random);
    if (arrives - now < fleet.intervalMs()) { // the next one takes its place else
      var beat = worker.beat(BY_HTTP, BY_HTTP, now);
      queue.at(arrives, () -> world.arrives(worker.number, beat));
    }
  }

  private void fails(SimWorker worker, int partition, long seq) {
    byHttp(worker);
    told(worker, partition, seq, -1, SimPath.DEADLINE_MS);
  }

  private void told(SimWorker worker, int partition, long seq, long ackMs, long afterMs) {
    long life = worker.incarnation;
    queue.at(
        queue.nowMs() + afterMs,
        () -> {
          if (worker.incarnation == life) {
            worker.result(partition, seq, ackMs, queue.nowMs());
          }
        });
  }
}
