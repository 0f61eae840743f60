package holter.agent;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that answer: eight at most, none kept while idle. The JDK's server reads a request on
 * such a thread, so callers who begin one and say no more could take them all; when a request
 * waits, those that have been at theirs for over a second are interrupted, which closes the
 * connection.
 */
final class AnswerThreads implements Executor, AutoCloseable {
  private static final int THREADS = 8;
  private static final int WAITING_MAX = 64;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ConcurrentHashMap<Thread, Long> busySince = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING_MAX),
          this::named);

  AnswerThreads() {
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable request) {
    if (!pool.getQueue().isEmpty() || pool.getActiveCount() == THREADS) {
      interruptTheSlow();
    }
    pool.execute(() -> run(request));
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private void run(Runnable request) {
    Thread me = Thread.currentThread();
    busySince.put(me, System.nanoTime());
    try {
      request.run();
    } finally {
      synchronized (busySince) {
        busySince.remove(me);
        Thread.interrupted();
      }
    }
  }

  private void interruptTheSlow() {
    long now = System.nanoTime();
    synchronized (busySince) {
      busySince.forEach(
          (thread, since) -> {
            if (now - since > PATIENCE_NANOS) {
              thread.interrupt();
            }
          });
    }
  }

  private Thread named(Runnable task) {
    var thread = new Thread(task, "holter-answer-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
