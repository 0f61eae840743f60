package holter.lab.sim;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What a scenario does to a simulated world, each fault with a start and an end. */
public final class Faults {
  private final SimWorld world;
  private final SplittableRandom random;

  /**
   * @param seed of victims and moments; the same seed hurts the same workers
   */
  public Faults(SimWorld world, long seed) {
    this.world = world;
    this.random = new SplittableRandom(seed);
  }

  /** Anything else that happens at a moment. */
  public void at(long ms, Runnable what) {
    world.queue().at(ms, what);
  }

  private void during(long fromMs, long toMs, Runnable begins, Runnable ends) {
    at(
        fromMs,
        () -> {
          world.fault(true);
          begins.run();
        });
    at(
        toMs,
        () -> {
          ends.run();
          world.fault(false);
        });
  }

  /** The path of a partition. */
  public Faults path(int partition, PathKind kind, long fromMs, long toMs) {
    var path = world.path(partition);
    during(fromMs, toMs, () -> path.becomes(kind), () -> path.heal(world.queue()));
    return this;
  }

  /** The paths of the first {@code count} partitions. */
  public Faults paths(int count, PathKind kind, long fromMs, long toMs) {
    for (int p = 0; p < count; p++) {
      path(p, kind, fromMs, toMs);
    }
    return this;
  }

  /** The observer stands still: its loop, its lanes and its probes. */
  public Faults pause(long atMs, long forMs) {
    during(atMs, atMs + forMs, () -> world.pause(forMs), () -> {});
    return this;
  }

  /** No probe of any worker comes through. */
  public Faults probesCut(long fromMs, long toMs) {
    during(fromMs, toMs, () -> world.probesPass(false), () -> world.probesPass(true));
    return this;
  }

  /** A host's way to all brokers. */
  public Faults hostToKafkaCut(int host, long fromMs, long toMs) {
    var cut = world.host(host);
    during(
        fromMs,
        toMs,
        () -> cut.reachesKafka = false,
        () -> {
          cut.illMs(world.nowMs());
          cut.reachesKafka = true;
        });
    return this;
  }

  /** Hosts vanish one after the other with all that runs on them, and are back at the end. */
  public Faults hostsGone(int count, long fromMs, long eachMs, long toMs) {
    int first = random.nextInt(world.fleet().hosts());
    for (int n = 0; n < count; n++) {
      int number = (first + 3 * n) % world.fleet().hosts();
      long when = fromMs + n * eachMs + random.nextLong(1_000);
      during(when, toMs, () -> hostGoes(number), () -> hostIsBack(number));
    }
    return this;
  }

  private void hostGoes(int number) {
    world.host(number).lives = false;
    on(number)
        .filter(i -> world.worker(i).life == Life.RUNNING)
        .forEach(i -> dies(i, Life.VANISHED, world.nowMs()));
  }

  /** It starts anew, without what ran on it. */
  private void hostIsBack(int number) {
    world.host(number).illMs(world.nowMs());
    world.host(number).lives = true;
    on(number)
        .filter(i -> world.worker(i).life == Life.VANISHED)
        .forEach(i -> world.worker(i).dies(Life.EXITED));
  }

  private IntStream on(int host) {
    return IntStream.range(0, world.fleet().workers()).filter(i -> world.worker(i).host == host);
  }

  /** Somebody knocks at every host's exporter. */
  public Faults witnessed() {
    world.knocks();
    return this;
  }

  /** What the consumer reads of a partition is this old. */
  public Faults readerLags(int partition, long lagMs, long fromMs, long toMs) {
    var path = world.path(partition);
    during(
        fromMs,
        toMs,
        () -> path.readerLagMs = lagMs,
        () -> {
          path.illMs(world.nowMs());
          path.readerLagMs = 0;
        });
    return this;
  }

  /** The observer's wall clock jumps. */
  public Faults wallSteps(long atMs, long byMs) {
    during(atMs, atMs + 10_000, () -> world.stepWall(byMs), () -> {});
    return this;
  }

  /** The leading observer stands still while others run. */
  public Faults leaderStalls(long atMs, long forMs) {
    during(
        atMs,
        atMs + forMs,
        () -> {
          world.ailments().observer(atMs + forMs);
          world.detector().leaderStalls(forMs);
        },
        () -> {});
    return this;
  }

  /** Deaths at moments and of workers drawn at random, nine in ten of them with a refused port. */
  public Faults deaths(int count, long fromMs, long toMs) {
    return deaths(count, fromMs, toMs, fromMs);
  }

  /**
   * The same.
   *
   * @param seenFromMs nobody could see them before
   */
  public Faults deaths(int count, long fromMs, long toMs, long seenFromMs) {
    for (int n = 0; n < count; n++) {
      long when = fromMs + random.nextLong(toMs - fromMs);
      var how = n % 10 < 8 ? Life.EXITED : n % 10 == 8 ? Life.STOPPED : Life.VANISHED;
      death(how, when, Math.max(when, seenFromMs));
    }
    return this;
  }

  /** Deaths of one kind. */
  public Faults deaths(int count, Life how, long fromMs, long toMs) {
    for (int n = 0; n < count; n++) {
      long when = fromMs + random.nextLong(toMs - fromMs);
      death(how, when, when);
    }
    return this;
  }

  /** The death of one worker. */
  public Faults death(int number, Life how, long atMs) {
    at(
        atMs,
        () -> {
          if (world.worker(number).life == Life.RUNNING) {
            dies(number, how, atMs);
          }
        });
    return this;
  }

  /** A restarted worker beats again after this. */
  public Faults bootsIn(long ms) {
    world.runner().boots(ms);
    return this;
  }

  /**
   * Agents have a second way for their beats when Kafka acknowledges none.
   *
   * @param firstCallMs a life's first call takes up to so long, and half of it at least
   */
  public Faults secondPath(long firstCallMs) {
    world.secondPath(firstCallMs);
    return this;
  }

  private void death(Life how, long atMs, long seenFromMs) {
    int first = random.nextInt(world.fleet().workers());
    at(
        atMs,
        () ->
            IntStream.range(0, world.fleet().workers())
                .map(i -> (first + 7 * i) % world.fleet().workers())
                .filter(i -> world.worker(i).life == Life.RUNNING)
                .findFirst()
                .ifPresent(i -> dies(i, how, seenFromMs)));
  }

  private void dies(int number, Life how, long seenFromMs) {
    world.worker(number).dies(how);
    world.truth().died(new Truth.Death(number, how, world.nowMs(), seenFromMs));
  }

  /** This share of the fleet exits in the same second. */
  public Faults massDeath(double share, long atMs) {
    int dead = (int) Math.round(share * world.fleet().workers());
    during(atMs, atMs + 60_000, () -> {}, () -> {});
    for (int i = 0; i < dead; i++) {
      int number = i;
      at(
          atMs + random.nextLong(1_000),
          () -> {
            if (world.worker(number).life == Life.RUNNING) {
              dies(number, Life.EXITED, world.nowMs());
            }
          });
    }
    return this;
  }

  /** A worker exits again each time it has come up, so often. */
  public Faults crashLoop(int number, long fromMs, int times) {
    for (int n = 0; n < times; n++) {
      at(
          fromMs + n * 30_000L,
          () -> {
            if (world.worker(number).life == Life.RUNNING) {
              dies(number, Life.EXITED, world.nowMs());
            }
          });
    }
    return this;
  }

  /** All workers are replaced one after the other, each saying goodbye in its last beat. */
  public Faults rollingDeploy(long fromMs, long eachMs, long downMs) {
    during(fromMs, fromMs + eachMs * world.fleet().workers(), () -> {}, () -> {});
    for (int i = 0; i < world.fleet().workers(); i++) {
      replaced(i, fromMs + eachMs * i, downMs);
    }
    return this;
  }

  private void replaced(int number, long atMs, long downMs) {
    var worker = world.worker(number);
    at(atMs, () -> worker.saysGoodbye = true);
    at(
        atMs + 1_200,
        () -> {
          if (worker.life == Life.RUNNING) {
            worker.dies(Life.PLANNED);
          }
        });
    at(
        atMs + 1_200 + downMs,
        () -> {
          if (worker.life == Life.PLANNED) {
            world.comesBack(worker);
          }
        });
  }
}
