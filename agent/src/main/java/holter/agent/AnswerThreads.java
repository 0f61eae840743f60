package holter.agent;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that answer: 16 at most, none kept while idle. The JDK's server reads a request on
 * such a thread, so callers who begin one and say no more could take them all; whoever has not
 * finished within a second is interrupted, which closes the connection.
 */
final class AnswerThreads implements Executor, AutoCloseable {
  private static final int THREADS = 16;
  private static final int WAITING_MAX = 64;
  private static final long REQUEST_MS_MAX = 1000;
  private static final long IDLE_S = 10;

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_S,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING_MAX),
          Daemon.named("holter-answer-"));
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, Daemon.named("holter-answer-watch-"));

  AnswerThreads() {
    pool.allowCoreThreadTimeOut(true);
    watch.setKeepAliveTime(IDLE_S, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
    watch.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable request) {
    pool.execute(() -> run(request));
  }

  @Override
  public void close() {
    pool.shutdownNow();
    watch.shutdownNow();
  }

  private void run(Runnable request) {
    var one = new Request(Thread.currentThread());
    Future<?> late = watch.schedule(one::interrupt, REQUEST_MS_MAX, TimeUnit.MILLISECONDS);
    try {
      request.run();
    } finally {
      late.cancel(false);
      one.end();
    }
  }

  /** One request's hold on a thread; never interrupts it after the end. */
  private static final class Request {
    private final Thread thread;
    private boolean ended;

    Request(Thread thread) {
      this.thread = thread;
    }

    synchronized void interrupt() {
      if (!ended) {
        thread.interrupt();
      }
    }

    synchronized void end() {
      ended = true;
      Thread.interrupted();
    }
  }
}
