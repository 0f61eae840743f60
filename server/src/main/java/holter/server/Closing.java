package holter.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes things that may block, all at once, and waits no longer than told. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void together(List<AutoCloseable> all, Duration within) {
    CountDownLatch left = new CountDownLatch(all.size());
    List<Thread> threads = new ArrayList<>();
    for (AutoCloseable one : all) {
      threads.add(Thread.ofVirtual().name("closing").start(() -> close(one, left)));
    }
    try {
      if (!left.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.forEach(Thread::interrupt);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable one, CountDownLatch left) {
    try {
      one.close();
    } catch (Exception failed) {
      LOG.atDebug()
          .addKeyValue("what", one.getClass().getSimpleName())
          .addKeyValue("why", failed.toString())
          .log("closing failed");
    } finally {
      left.countDown();
    }
  }
}
