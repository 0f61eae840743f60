package holter.lab.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a run has opened: closed in the opposite order, also when the process is told to end. One
 * part that does not close keeps no other open. Thread-safe.
 */
public final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Consumer<String> progress;
  private final Thread atExit;

  /**
   * @param name of the thread that closes at the end of the process
   * @param progress hears what did not close
   */
  public Opened(String name, Consumer<String> progress) {
    this.progress = progress;
    this.atExit = Thread.ofPlatform().name(name).unstarted(this::closeAll);
    Runtime.getRuntime().addShutdownHook(atExit); // Ctrl-C
  }

  /** Takes a part on, and gives it back. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      return; // the process ends, and this with it
    }
  }

  private synchronized void closeAll() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failed) {
        progress.accept("while ending the lab: " + failed);
      }
    }
  }
}
