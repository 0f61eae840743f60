package holter.server.probe;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks instances to announce all their registrations again, at the address that their beats tell
 * and the allow-list allows. One call per instance at a time, the larger of 200 and a fifth of the
 * fleet per second. Thread-safe.
 */
public final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("holter.registrations");

  /** Each is one small call, and a fleet that lost all its routes waits for them. */
  private static final double PER_SECOND_MIN = 200;

  private final AllowList allowed;
  private final IntSupplier fleet;
  private final LongSupplier nowMs;
  private final Questions calls;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();
  private final AtomicLong asked = new AtomicLong();
  private final Budget budget;

  /**
   * Asks nobody yet.
   *
   * @param deadline of one call, connect included
   * @param fleet how many instances there are
   * @param nowMs engine time
   */
  public Announcer(AllowList allowed, Duration deadline, IntSupplier fleet, LongSupplier nowMs) {
    this.allowed = allowed;
    this.fleet = fleet;
    this.nowMs = nowMs;
    this.calls = new Questions(deadline);
    this.budget = new Budget(PER_SECOND_MIN, nowMs.getAsLong());
  }

  /**
   * Asks, without waiting.
   *
   * @param unheard run on another thread when the question did not get through
   * @return false when it cannot be asked now, and is to be tried again
   */
  public boolean ask(String instance, String answerAt, Runnable unheard) {
    if (answerAt.isEmpty()) {
      return true; // it announces by itself every 30 s
    }
    if (!asking.add(instance)) {
      return false;
    }
    if (!spend()) {
      asking.remove(instance);
      return false;
    }
    asked.incrementAndGet();
    threads.execute(() -> run(instance, answerAt, unheard));
    return true;
  }

  private synchronized boolean spend() {
    return budget.take(fleet.getAsInt(), nowMs.getAsLong());
  }

  private void run(String instance, String answerAt, Runnable unheard) {
    try {
      int status = calls.post(allowed.target(answerAt).url("/announce"));
      LOG.atInfo()
          .addKeyValue("instance", instance)
          .addKeyValue("status", status)
          .log("asked to announce its registrations again");
      if (status == 0 || status >= 500) {
        unheard.run();
      }
    } catch (AllowList.NotAllowed refused) {
      LOG.atInfo()
          .addKeyValue("instance", instance)
          .addKeyValue("why", refused.getMessage())
          .log("not asked to announce its registrations again");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      asking.remove(instance);
    }
  }

  /** How often instances were asked. */
  public long askedTotal() {
    return asked.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    calls.close();
  }
}
