package holter.lab.fleet;

import holter.detect.RestartTruth;
import holter.lab.fleet.TruthLog.Reception;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Takes restart orders and carries each out at most once: a repeated key gets the first answer, an
 * order of an older leader is refused, and one that expects another life does nothing while there
 * is a life to protect. Looks at the process before it acts, and writes what it saw into the truth
 * log. Thread-safe.
 */
final class RestartDesk {
  /** Far more than one run orders; the oldest answers are forgotten beyond it. */
  private static final int KEYS_MAX = 10_000;

  private final Function<String, Optional<Ward>> wards;
  private final TruthLog truth;
  private final Map<String, CompletableFuture<Answer>> answers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Answer>> eldest) {
          return size() > KEYS_MAX;
        }
      };
  private final Map<String, Object> turns = new ConcurrentHashMap<>();
  private long newestEpoch;

  RestartDesk(Function<String, Optional<Ward>> wards, TruthLog truth) {
    this.wards = wards;
    this.truth = truth;
  }

  /** One order, as docs/wire.md has it. */
  record Order(
      String key,
      String instance,
      long expectedIncarnation,
      long leaderEpoch,
      String proof,
      String why) {}

  /** What became of an order. */
  sealed interface Answer {
    /** The runner looked, and acted or not. */
    record Looked(boolean done, RestartTruth truth, String detail) implements Answer {}

    /** The order comes from a leader that is none any more. */
    record Fenced(String detail) implements Answer {}

    /** No such worker. */
    record Unknown(String detail) implements Answer {}
  }

  Answer take(Order order) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> first;
    boolean fenced;
    long newest;
    synchronized (this) {
      first = answers.get(order.key());
      fenced = order.leaderEpoch() < newestEpoch;
      if (!fenced) {
        newestEpoch = order.leaderEpoch();
        answers.putIfAbsent(order.key(), mine);
      }
      newest = newestEpoch;
    }
    seen(order, first != null ? Reception.REPEATED : fenced ? Reception.FENCED : Reception.FIRST);
    if (first != null) {
      return first.join();
    }
    if (fenced) {
      return new Answer.Fenced("leader epoch " + order.leaderEpoch() + " is older than " + newest);
    }
    try {
      mine.complete(carryOut(order));
    } catch (RuntimeException failed) {
      mine.complete(
          new Answer.Looked(false, RestartTruth.UNKNOWN, String.valueOf(failed.getMessage())));
    }
    return mine.join();
  }

  private void seen(Order order, Reception how) {
    truth.ordered(
        new TruthLog.Order(
            truth.clock().nowMs(), order.instance(), order.key(), order.leaderEpoch(), how));
  }

  private Answer carryOut(Order order) {
    var ward = wards.apply(order.instance());
    if (ward.isEmpty()) {
      return new Answer.Unknown("no worker " + order.instance());
    }
    synchronized (turns.computeIfAbsent(order.instance(), name -> new Object())) {
      long arrivedMs = truth.clock().nowMs();
      var look = ward.get().look();
      boolean acts =
          look.truth() == RestartTruth.EXITED
              || order.expectedIncarnation() == 0
              || look.incarnation() == 0
              || look.incarnation() == order.expectedIncarnation();
      var detail = acts ? look.detail() : "runs incarnation " + look.incarnation();
      truth.restarted(
          new TruthLog.Restart(
              arrivedMs, order.instance(), acts, look.truth(), order.proof(), order.why(), detail));
      if (acts) {
        ward.get().startAgain();
      }
      return new Answer.Looked(acts, look.truth(), detail);
    }
  }
}
