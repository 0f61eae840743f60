package holter.server;

import holter.detect.RestartTruth;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.engine.Action;
import holter.engine.AuditEntry;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.server.http.Feed;
import holter.server.http.Metrics;
import holter.server.port.Runner;
import holter.server.probe.Prober;
import holter.server.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the engine wants done; nothing here blocks the loop. */
final class Carrier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("holter.audit");

  /** Where each kind of action goes. */
  record Hands(
      Prober prober, IntConsumer lanes, Runner runner, Store store, Feed feed, Metrics metrics) {}

  /** A write takes milliseconds; a restart may wait no longer for it. */
  private static final long KEPT_MAX_MS = 1_000;

  private final Hands hands;
  private final Inbox inbox;
  private final Roll roll;
  private final AuditTrail trail;
  private final LongFunction<List<Observation>> evidence;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param evidence collects everything since an engine time; bounded by its own deadlines
   */
  Carrier(
      Hands hands,
      Inbox inbox,
      Roll roll,
      AuditTrail trail,
      LongFunction<List<Observation>> evidence) {
    this.hands = hands;
    this.inbox = inbox;
    this.roll = roll;
    this.trail = trail;
    this.evidence = evidence;
  }

  void carry(List<Action> actions) {
    for (Action action : actions) {
      switch (action) {
        case Action.Probe probe -> hands.prober().ask(probe);
        case Action.Sample(int partition) -> hands.lanes().accept(partition);
        case Action.Restart restart -> threads.execute(() -> restart(restart));
        case Action.Advise advise -> advise(advise.order());
        case Action.Collect collect -> threads.execute(() -> collect(collect));
        case Action.Audit audit -> audit(audit.entry());
        case Action.Save save -> hands.store().save(save.incident());
        case Action.Remember remember -> {
          roll.remember(remember.instance());
          hands.store().remember(remember.instance());
        }
        case Action.Forget forget -> {
          roll.forget(forget.instance());
          hands.store().forget(forget.instance());
        }
      }
    }
  }

  private void restart(Action.Restart restart) {
    keep(restart.order());
    Runner.Answer answer =
        hands.store().leads()
            ? hands.runner().restart(restart.order())
            : new Runner.Answer(false, RestartTruth.UNKNOWN, "leadership is not certain");
    hands.metrics().restarted(answer.truth(), answer.done());
    LOG.atInfo()
        .addKeyValue("instance", restart.order().instance())
        .addKeyValue("key", restart.order().key())
        .addKeyValue("done", answer.done())
        .addKeyValue("truth", answer.truth())
        .addKeyValue("detail", answer.detail())
        .log("restart answered");
    inbox.put(
        new Input.Restarted(restart.order().key(), answer.done(), answer.truth(), answer.detail()));
  }

  /**
   * An order is kept before it is sent, so that who leads after us knows of it. A store that does
   * not take it in time holds no restart back.
   */
  private void keep(RestartOrder order) {
    try {
      hands.store().ordered(order).get(KEPT_MAX_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException unkept) {
      LOG.atWarn().addKeyValue("key", order.key()).log("an order is sent that is not on disk yet");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void advise(RestartOrder order) {
    LOG.atWarn()
        .addKeyValue("instance", order.instance())
        .addKeyValue("proof", order.proof())
        .addKeyValue("why", order.why())
        .log("restart advised");
  }

  private void collect(Action.Collect collect) {
    long startNs = System.nanoTime();
    List<Observation> seen = evidence.apply(collect.sinceMs());
    long unasked = seen.stream().filter(o -> o.fact() instanceof Fact.Unasked).count();
    hands.metrics().collected(Duration.ofNanos(System.nanoTime() - startNs), (int) unasked);
    inbox.put(new Input.Collected(collect.incidentId(), seen));
  }

  private void audit(AuditEntry entry) {
    trail.add(entry);
    hands.store().audit(entry);
    hands.feed().audited(entry);
    LOG.atInfo()
        .addKeyValue("subject", entry.subject())
        .addKeyValue("from", entry.from())
        .addKeyValue("to", entry.to())
        .addKeyValue("rule", entry.rule())
        .addKeyValue("why", entry.why())
        .log("decided");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
