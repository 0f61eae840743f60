package holter.lab.fleet;

import holter.detect.RestartTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What really happened, as the lab knows it because it did it itself. The product under test never
 * writes here. Bounded by {@value #EVENTS_MAX} events of each kind; a lab that overflows fails
 * loudly. Thread-safe.
 */
public final class TruthLog {
  private static final int EVENTS_MAX = 100_000;

  private final LabClock clock;
  private final List<Event> events = new ArrayList<>();
  private final List<Restart> restarts = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final List<Consumer<Event>> listeners = new ArrayList<>();
  private volatile Consumer<Order> orderListener = order -> {};

  public TruthLog(LabClock clock) {
    this.clock = clock;
  }

  /** What happened. */
  public enum Kind {
    FAULT_BEGAN,
    FAULT_ENDED,
    WORKER_STARTED,
    WORKER_KILLED,
    WORKER_STOPPED,
    WORKER_CONTINUED,
    WORKER_HUNG,
    /** Told to stop on purpose; who deploys it will start it again. */
    WORKER_LEFT,
    /** In order, with its data, and registered again. */
    BROKER_RESTARTED,
    /** It had to be killed, or did not come back: a roll that is none. */
    ROLL_FAILED,
    DTU_DIALLED,
    DTU_HUNG_UP
  }

  /** One thing that happened, to whom, and what about it. */
  public record Event(long atMs, Kind kind, String subject, String detail) {}

  /**
   * A restart that the runner was asked for.
   *
   * @param atMs when the order arrived
   * @param instance whom
   * @param done whether the runner did it
   * @param truth what its process was before
   * @param proof what Holter rested it on
   * @param why Holter's sentence
   * @param detail the runner's own words
   */
  public record Restart(
      long atMs,
      String instance,
      boolean done,
      RestartTruth truth,
      String proof,
      String why,
      String detail) {
    /** Whether a running and healthy worker was restarted. */
    public boolean falseRestart() {
      return done && truth == RestartTruth.HEALTHY;
    }
  }

  /**
   * An order as it reached the runner.
   *
   * @param atMs when
   * @param instance whom
   * @param leaderEpoch of the leader that gave it
   */
  public record Order(long atMs, String instance, String key, long leaderEpoch, Reception how) {}

  /** How the runner took an order. */
  public enum Reception {
    /** It is carried out now, as far as the worker's life is the expected one. */
    FIRST,
    /** Its key was answered before. */
    REPEATED,
    /** A newer leader has spoken. */
    FENCED
  }

  /** Writes down what happens now. */
  public void happened(Kind kind, String subject, String detail) {
    var event = new Event(clock.nowMs(), kind, subject, detail);
    List<Consumer<Event>> told;
    synchronized (this) {
      bounded(events.size());
      events.add(event);
      told = List.copyOf(listeners);
    }
    told.forEach(listener -> listener.accept(event));
  }

  synchronized void restarted(Restart restart) {
    bounded(restarts.size());
    restarts.add(restart);
  }

  void ordered(Order order) {
    synchronized (this) {
      bounded(orders.size());
      orders.add(order);
    }
    orderListener.accept(order);
  }

  /** Every order so far, in the order of arrival. */
  public synchronized List<Order> orders() {
    return List.copyOf(orders);
  }

  /** Tells each later order before it is carried out, on the runner's thread; one listener. */
  public void onOrder(Consumer<Order> listener) {
    orderListener = listener;
  }

  private static void bounded(int size) {
    if (size >= EVENTS_MAX) {
      throw new IllegalStateException("more than " + EVENTS_MAX + " events in one lab run");
    }
  }

  /** Tells every later event to a listener, on the thread that causes it. */
  public synchronized void listen(Consumer<Event> listener) {
    listeners.add(listener);
  }

  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  public synchronized List<Restart> restarts() {
    return List.copyOf(restarts);
  }

  public LabClock clock() {
    return clock;
  }
}
