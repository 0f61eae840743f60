package holter.server;

import holter.engine.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the loop has still to hear. Bounded: a reader that runs ahead of the loop waits here, which
 * holds back its own partitions and is no loss, as the records stay in Kafka.
 */
public final class Inbox {
  /** Some seconds of a fleet of ten thousand. */
  static final int SIZE = 50_000;

  /** At most so many in one step, so that a step stays short. */
  static final int STEP_MAX = 10_000;

  private final LinkedBlockingQueue<Input> queue = new LinkedBlockingQueue<>(SIZE);

  /** Adds, waiting for room; gives up only when the thread is interrupted. */
  public void put(Input input) {
    try {
      queue.put(input);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds if there is room. */
  public boolean offer(Input input) {
    return queue.offer(input);
  }

  /** What has arrived, after waiting up to {@code waitMs} for the first. */
  List<Input> drain(long waitMs) throws InterruptedException {
    List<Input> inputs = new ArrayList<>();
    Input first = queue.poll(Math.max(0, waitMs), TimeUnit.MILLISECONDS);
    if (first != null) {
      inputs.add(first);
      queue.drainTo(inputs, STEP_MAX - 1);
    }
    return inputs;
  }

  int size() {
    return queue.size();
  }
}
