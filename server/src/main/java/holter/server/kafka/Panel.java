package holter.server.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Several brokers, asked at once, step by step. Who is late in a step holds nobody back: once most
 * have answered, the others are waited for a moment, and are left out of the steps that follow.
 * Threads are virtual; used by one thread.
 */
final class Panel implements AutoCloseable {
  /** After most have answered, the others are waited for so long. */
  private static final long GRACE_MS = 300;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Interview> present = new ArrayList<>();
  private final Set<Interview> open = new HashSet<>();
  private final Set<Interview> busy = new HashSet<>();
  private final long endNs;
  private boolean closed;

  Panel(List<Interview> interviews, long endNs) {
    this.present.addAll(interviews);
    this.open.addAll(interviews);
    this.endNs = endNs;
  }

  /** Those that have kept up so far. */
  List<Interview> present() {
    return List.copyOf(present);
  }

  /** Runs a step with everybody present, and returns when most are through with it. */
  void step(Consumer<Interview> step) throws InterruptedException {
    step(step, GRACE_MS);
  }

  /** Runs a last step with everybody present, and returns when all are through or time is up. */
  void lastStep(Consumer<Interview> step) throws InterruptedException {
    step(step, Long.MAX_VALUE / 2_000_000);
  }

  private void step(Consumer<Interview> step, long graceMs) throws InterruptedException {
    var done = new ExecutorCompletionService<Interview>(threads);
    List<Interview> asked = present();
    present.clear();
    for (Interview one : asked) {
      take(one);
      done.submit(
          () -> {
            try {
              step.accept(one);
              return one;
            } finally {
              giveBack(one);
            }
          });
    }
    long untilNs = endNs;
    for (int got = 1; got <= asked.size(); got++) {
      long leftNs = Math.max(0, untilNs - System.nanoTime());
      Future<Interview> next = done.poll(leftNs, TimeUnit.NANOSECONDS);
      if (next == null) return;
      if (next.state() == Future.State.SUCCESS && !next.resultNow().over()) {
        present.add(next.resultNow());
      }
      if (2 * got > asked.size()) {
        long graceNs = TimeUnit.MILLISECONDS.toNanos(graceMs);
        untilNs = Math.min(untilNs, System.nanoTime() + graceNs);
      }
    }
  }

  private synchronized void take(Interview one) {
    busy.add(one);
  }

  private synchronized void giveBack(Interview one) {
    busy.remove(one);
    if (closed && open.remove(one)) one.close();
  }

  /** Lets go of everybody; a connection in use is closed by its thread, which is told to stop. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      open.removeIf(
          one -> {
            boolean idle = !busy.contains(one);
            if (idle) one.close();
            return idle;
          });
    }
    threads.shutdownNow();
  }
}
