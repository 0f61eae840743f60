package holter.server.remedy;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again, in a thread of its own, until it is closed. What goes wrong in a look ends
 * it, and the log says so.
 */
public final class Vigil implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

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
   * @param name of the thread, and of what is no longer seen to when a look goes wrong
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
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(every);
        look.look();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      LOG.atError().setCause(bug).log("{} are no longer seen to", name);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
