package holter.lab.kube.control;

import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Refusal;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One controller at work: looks again, a moment after one of its kinds has changed, and once a
 * second anyway. Runs in a thread of its own until it is closed.
 */
final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final long ANYWAY_MS = 1_000;

  private final ObjectStore store;
  private final Set<Kind> kinds;
  private final long delayMs;
  private final Runnable look;
  private final Thread thread;

  /**
   * @param delayMs between a change and the look, as a real controller needs time
   */
  Loop(String name, ObjectStore store, Set<Kind> kinds, long delayMs, Runnable look) {
    this.store = store;
    this.kinds = EnumSet.copyOf(kinds);
    this.delayMs = delayMs;
    this.look = look;
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long seen = store.changes().version();
        try {
          look.run();
        } catch (Refusal faster) {
          LOG.debug("somebody was faster, it looks again: {}", faster.getMessage());
        } catch (RuntimeException defect) {
          LOG.error("a controller of the simulator failed", defect);
        }
        store.changes().await(kinds, seen, ANYWAY_MS);
        Thread.sleep(delayMs);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
