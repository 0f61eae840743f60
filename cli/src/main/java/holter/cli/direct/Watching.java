package holter.cli.direct;

import holter.cli.DurationText;
import holter.cli.Refusal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Looks again and again, and prints only what changed. Ends at its bound, or at Ctrl-C after the
 * look under way is let go.
 */
final class Watching {
  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "5s",
      paramLabel = "EVERY",
      converter = DurationText.class,
      description = "Look again after so long (5s), and print only what changed.")
  private @Nullable Duration every;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "End the watch after so long (default: at Ctrl-C).")
  private @Nullable Duration bound;

  /**
   * One look.
   *
   * @param sign what tells one look from the next; figures that always differ are no part of it
   * @param print prints it
   * @param exit the exit code
   */
  record Look(String sign, Runnable print, int exit) {}

  /** Takes one look; may block. */
  @FunctionalInterface
  interface Looks {
    Look look() throws InterruptedException;
  }

  /** One look, or many; the last one's exit code. */
  int run(Looks looks) throws InterruptedException {
    Duration pause = every;
    if (pause == null) {
      if (bound != null)
        throw Refusal.usage("--for alone", "it bounds a watch", "--watch --for 1m");
      Look only = looks.look();
      only.print().run();
      return only.exit();
    }
    long endNs = bound == null ? Long.MAX_VALUE : System.nanoTime() + bound.toNanos();
    Thread self = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(self, ended), "end the watch");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return repeat(looks, pause, endNs);
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  private static int repeat(Looks looks, Duration pause, long endNs) throws InterruptedException {
    String shown = null;
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      Look look = looks.look();
      if (!look.sign().equals(shown)) {
        look.print().run();
        shown = look.sign();
      }
      long leftNs = endNs == Long.MAX_VALUE ? Long.MAX_VALUE : endNs - System.nanoTime();
      if (leftNs <= pause.toNanos()) return look.exit();
      never.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** In the hook of Ctrl-C: the watch closes what it has open, for a second at most. */
  private static void end(Thread watch, CountDownLatch ended) {
    watch.interrupt();
    try {
      ended.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException underWay) {
      // the process is ending already, which is what the hook is for
    }
  }
}
