package holter.lab.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when, in virtual milliseconds; events of the same moment keep their order. */
final class EventQueue {
  private record Event(long atMs, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
  private long order;
  private long nowMs;

  void at(long ms, Runnable what) {
    events.add(new Event(Math.max(ms, nowMs), order++, what));
  }

  long nowMs() {
    return nowMs;
  }

  /** Runs everything that is due up to and including {@code ms}. */
  void runThrough(long ms) {
    while (!events.isEmpty() && events.element().atMs() <= ms) {
      var next = events.remove();
      nowMs = next.atMs();
      next.what().run();
    }
    nowMs = ms;
  }
}
