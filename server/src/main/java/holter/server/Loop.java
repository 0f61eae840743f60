package holter.server;

import holter.engine.Action;
import holter.engine.Engine;
import holter.engine.Input;
import holter.engine.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only decision loop: takes what arrived, lets the engine step, carries its actions out. It
 * turns at least every 100 ms and notices when it did not: a pause of its own and a step of the
 * wall clock are told to the engine before anything that arrived meanwhile, so that a backlog is
 * never judged as if it were the present.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final long TICK_MS = 100;

  /** Inputs that come one by one are gathered for so long: a step costs more than an input. */
  private static final long GATHER_MS = 10;

  /** A shorter pause is the garbage collector's and the scheduler's daily work. */
  private static final long PAUSE_MIN_MS = 400;

  private static final long WALL_STEP_MIN_MS = 250;

  /** A picture of the fleet is shown this often, and a small fleet's at every change. */
  private static final long SHOW_EVERY_MS = 200;

  private static final int SMALL = 1_000;

  /** Instances whose picture may cost a millisecond of the time between two pictures. */
  private static final int PER_MS = 50;

  private final Engine engine;
  private final EngineClock clock;
  private final Inbox inbox;
  private final Consumer<List<Action>> carrier;
  private final Consumer<View> shown;
  private final Thread thread;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile long longestPauseMs;
  private long showAtMs = Long.MIN_VALUE;
  private boolean small = true;

  /**
   * @param carrier takes what is to be done, on the loop's thread; must not wait
   * @param shown takes the picture after each step, likewise
   */
  public Loop(
      Engine engine,
      EngineClock clock,
      Inbox inbox,
      Consumer<List<Action>> carrier,
      Consumer<View> shown) {
    this.engine = engine;
    this.clock = clock;
    this.inbox = inbox;
    this.carrier = carrier;
    this.shown = shown;
    this.thread = Thread.ofPlatform().name("loop").unstarted(this::run);
  }

  /** Steps once with what is known at the start, then turns. */
  public void start(List<Input> known) {
    turn(known);
    thread.start();
  }

  private void run() {
    long lastMs = clock.getAsLong();
    long wallAheadMs = clock.wallAheadMs();
    try {
      while (!closing) {
        List<Input> inputs = inbox.drain(TICK_MS - GATHER_MS);
        if (!inputs.isEmpty() && inputs.size() < Inbox.STEP_MAX) {
          Thread.sleep(GATHER_MS);
          inputs.addAll(inbox.drain(0));
        }
        long nowMs = clock.getAsLong();
        long aheadMs = clock.wallAheadMs();
        long pausedMs = nowMs - lastMs - TICK_MS;
        long stepMs = aheadMs - wallAheadMs;
        if (pausedMs >= PAUSE_MIN_MS || Math.abs(stepMs) >= WALL_STEP_MIN_MS) {
          inputs.addFirst(new Input.Self(Math.max(0, pausedMs), stepMs));
          longestPauseMs = Math.max(longestPauseMs, pausedMs);
          LOG.atInfo()
              .addKeyValue("pausedMs", pausedMs)
              .addKeyValue("wallStepMs", stepMs)
              .log("loop paused");
        }
        lastMs = nowMs;
        wallAheadMs = aheadMs;
        turn(inputs);
      }
      ended.complete(null);
    } catch (InterruptedException stopped) {
      ended.complete(null);
    } catch (RuntimeException | Error bug) {
      LOG.atError().setCause(bug).log("decision loop failed; Holter ends");
      ended.completeExceptionally(bug);
    }
  }

  private void turn(List<Input> inputs) {
    long nowMs = clock.getAsLong();
    List<Action> actions = engine.step(inputs, nowMs);
    if (!actions.isEmpty()) {
      carrier.accept(actions);
    }
    if (nowMs >= showAtMs || (small && !actions.isEmpty())) {
      View view = engine.view();
      int instances = view.instances().size();
      small = instances <= SMALL;
      showAtMs = nowMs + Math.max(SHOW_EVERY_MS, instances / PER_MS);
      shown.accept(view);
    }
  }

  /** The longest pause since the start, in milliseconds. */
  long longestPauseMs() {
    return longestPauseMs;
  }

  /** Completes when the loop ends; exceptionally when it failed. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (Thread.currentThread() != thread && !thread.join(Duration.ofMillis(500))) {
        thread.interrupt();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
