package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Connects to every broker's advertised address and asks for its ApiVersions, the smallest question
 * there is: that tells a port that is open from a broker that answers. Up to three tries each, all
 * brokers at once, none waiting for another. Thread-safe.
 */
public final class BrokerReach {
  private static final int TRIES = 3;

  /** Slow is slower than this, whatever the peers do: a connection over a WAN is not sick. */
  private static final double SLOW_FLOOR_MS = 200;

  /** With no peer to compare it with, only this is slow: our own network may be far away. */
  private static final double SLOW_ALONE_MS = 1000;

  /** And so many times slower than the median of the other brokers. */
  private static final double SLOW_AGAINST_PEERS = 5;

  private final KafkaSettings settings;
  private final Duration deadline;
  private final LongSupplier clockMs;

  /**
   * @param deadline of one try; a broker is given up after two of them
   * @param clockMs engine time
   */
  public BrokerReach(KafkaSettings settings, Duration deadline, LongSupplier clockMs) {
    this.settings = settings;
    this.deadline = deadline;
    this.clockMs = clockMs;
  }

  /** One {@link Fact.BrokerReach} per broker, in their order; blocks for two deadlines at most. */
  public List<Observation> observe(List<BrokerNode> brokers) {
    var knocking = new LinkedHashMap<BrokerNode, Future<Knock>>();
    // Not closed: closing would wait for a name that does not resolve. Its threads end by
    // themselves.
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    for (BrokerNode broker : brokers) {
      knocking.put(broker, threads.submit(() -> knockSeveralTimes(broker)));
    }
    threads.shutdown();
    long endNs = System.nanoTime() + 2 * deadline.toNanos() + TimeUnit.MILLISECONDS.toNanos(200);
    var answers = new LinkedHashMap<BrokerNode, Knock>();
    knocking.forEach((broker, knock) -> answers.put(broker, await(knock, endNs)));
    return judged(answers);
  }

  private List<Observation> judged(Map<BrokerNode, Knock> answers) {
    long nowMs = clockMs.getAsLong();
    var all = new ArrayList<Observation>();
    answers.forEach(
        (broker, knock) -> {
          double[] peers =
              answers.entrySet().stream()
                  .filter(e -> !e.getKey().equals(broker) && e.getValue().answerMs() >= 0)
                  .mapToDouble(e -> e.getValue().answerMs())
                  .sorted()
                  .toArray();
          Reach reach =
              knock.reach() == Reach.ANSWERED && slow(knock.totalMs(), peers)
                  ? Reach.SLOW
                  : knock.reach();
          all.add(
              new Observation(
                  Source.BROKER_REACH,
                  Integer.toString(broker.id()),
                  nowMs,
                  new Fact.BrokerReach(
                      broker.id(), broker.address(), reach, knock.connectMs(), knock.answerMs())));
        });
    return all;
  }

  static boolean slow(double ms, double[] peersSorted) {
    if (peersSorted.length == 0) return ms > SLOW_ALONE_MS;
    double peers = peersSorted[peersSorted.length / 2];
    return ms > Math.max(SLOW_FLOOR_MS, SLOW_AGAINST_PEERS * peers);
  }

  private Knock knockSeveralTimes(BrokerNode broker) {
    var knocks = new ArrayList<Knock>();
    long endNs = System.nanoTime() + 2 * deadline.toNanos();
    do {
      Knock knock = Knock.at(settings, broker, deadline);
      knocks.add(knock);
      if (knock.reach() != Reach.ANSWERED && knock.reach() != Reach.REFUSED) {
        break; // a deadline was spent on it: what it says is said
      }
    } while (knocks.size() < TRIES && System.nanoTime() + deadline.toNanos() / 2 < endNs);
    return Knock.median(knocks);
  }

  private static Knock await(Future<Knock> knock, long endNs) {
    try {
      return knock.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Knock.DARK;
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
      return Knock.DARK;
    } finally {
      knock.cancel(true);
    }
  }
}
