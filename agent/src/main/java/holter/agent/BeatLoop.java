package holter.agent;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that beats: a fixed grid of slots on the monotonic clock, one beat per slot, handed to
 * paths that never wait. After a pause of the process the missed slots are not made up for. The
 * only foreign code it runs is the worker's own progress counter: when that blocks, the beats stop,
 * and {@link #ageMs} grows.
 *
 * <p>An {@link Error} ends the loop on purpose: a process out of memory is no longer a worker.
 */
final class BeatLoop {
  /** How many beats say that the stop is planned: each takes another partition. */
  static final int PLANNED_BEATS = 3;

  private final Identity who;
  private final @Nullable LongSupplier work;
  private final Supplier<DtuDigest> dtus;
  private final List<BeatPath> paths;
  private final Notices notices;
  private final Thread thread = new Thread(this::run, "holter-beat");

  private volatile long seq;
  private volatile long turnedNanos = System.nanoTime();
  private volatile long lastWork = -1;
  private volatile boolean stopping;

  BeatLoop(
      Identity who,
      @Nullable LongSupplier work,
      Supplier<DtuDigest> dtus,
      List<BeatPath> paths,
      Notices notices) {
    this.who = who;
    this.work = work;
    this.dtus = dtus;
    this.paths = List.copyOf(paths);
    this.notices = notices;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The newest beat's number, 0 before the first. */
  long seq() {
    return seq;
  }

  /** The work counter as the newest beat told it, −1 for none. */
  long lastWork() {
    return lastWork;
  }

  /** Milliseconds since the loop's last whole turn. */
  long ageMs() {
    return Math.max(0, (System.nanoTime() - turnedNanos) / 1_000_000);
  }

  /** Ends the loop; its last beats are marked as planned. Waits for at most a second. */
  void stop() throws InterruptedException {
    stopping = true;
    LockSupport.unpark(thread);
    thread.join(1000);
  }

  private void run() {
    long slot = System.nanoTime();
    while (!stopping) {
      turn(false);
      slot = nextSlot(slot, System.nanoTime(), who.intervalNanos());
      long left = slot - System.nanoTime();
      while (left > 0 && !stopping) {
        LockSupport.parkNanos(this, left);
        left = slot - System.nanoTime();
      }
    }
    for (int i = 0; i < PLANNED_BEATS; i++) {
      turn(true);
    }
  }

  /** A turn counts once it is over: one that never ends must not look like a beat. */
  private void turn(boolean planned) {
    try {
      lastWork = readWork(planned);
      long next = seq + 1;
      var beat =
          new Beat(
              next,
              System.currentTimeMillis(),
              System.nanoTime() / 1_000_000,
              lastWork,
              dtus.get(),
              planned);
      seq = next;
      for (BeatPath path : paths) {
        path.offer(beat);
      }
    } catch (RuntimeException e) {
      notices.say("beat", "a beat was not made: " + Notices.reason(e));
    }
    turnedNanos = System.nanoTime();
  }

  /** The worker's counter; a stop asks it no more, for the worker may be half gone. */
  private long readWork(boolean planned) {
    if (work == null || planned) {
      return lastWork;
    }
    try {
      return Math.max(-1, work.getAsLong());
    } catch (RuntimeException e) {
      notices.say("work", "the work counter fails, beats go without it: " + Notices.reason(e));
      return -1;
    }
  }

  /** The first slot of the grid after {@code now}. */
  static long nextSlot(long slot, long now, long interval) {
    long passed = Math.max(0, now - slot);
    return slot + (passed / interval + 1) * interval;
  }
}
