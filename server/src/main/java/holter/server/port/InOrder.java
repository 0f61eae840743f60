package holter.server.port;

import holter.detect.RestartTruth;
import holter.engine.RestartOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Gives a runner each order at most once: a repeated key gets the first answer, also while the
 * first is still under way, and an order of an older leader is refused. Thread-safe.
 */
public final class InOrder implements Runner {
  /** Far more than are under way at once; the oldest answers are forgotten beyond it. */
  private static final int KEYS_MAX = 10_000;

  private final Runner runner;
  private final Map<String, CompletableFuture<Answer>> answers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Answer>> eldest) {
          return size() > KEYS_MAX;
        }
      };
  private long newestEpoch;

  /**
   * @param runner carries out
   */
  public InOrder(Runner runner) {
    this.runner = runner;
  }

  @Override
  public Answer restart(RestartOrder order) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> first;
    synchronized (this) {
      first = answers.get(order.key());
      if (first == null) {
        if (order.leaderEpoch() < newestEpoch) {
          return new Answer(
              false,
              RestartTruth.UNKNOWN,
              "leader epoch " + order.leaderEpoch() + " is older than " + newestEpoch);
        }
        newestEpoch = order.leaderEpoch();
        answers.put(order.key(), mine);
      }
    }
    if (first != null) {
      return first.join();
    }
    try {
      mine.complete(runner.restart(order));
    } catch (RuntimeException failed) {
      mine.complete(new Answer(false, RestartTruth.UNKNOWN, String.valueOf(failed.getMessage())));
    }
    return mine.join();
  }
}
