package holter.server.remedy;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again, in a thread of its own, until it is closed. When a look goes wrong, the
 * log says so, and the next one comes later.
 */
public final class Vigil implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

  /** So many times the pause after a look that went wrong. */
  private static final int AFTER_BUG = 100;

  /** One look; may wait. */
  @FunctionalInterface
  public interface Look {
    void look() throws InterruptedException;
  }

  private final String name;
  private final Duration every;
  private final Look look;
  private final Thread thread;

  /**
   * @param name of the thread, and of what is not seen to when a look goes wrong
   * @param every pause between two looks
   */
  public Vigil(String name, Duration every, Look look) {
    this.name = name;
    this.every = every;
    this.look = look;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Begins, once. */
  public void start() {
    thread.start();
  }

  private void run() {
    Duration pause = every;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(pause);
        pause = went() ? every : every.multipliedBy(AFTER_BUG);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean went() throws InterruptedException {
    try {
      look.look();
      return true;
    } catch (RuntimeException bug) {
      LOG.atError().setCause(bug).log("{} could not be seen to", name);
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
