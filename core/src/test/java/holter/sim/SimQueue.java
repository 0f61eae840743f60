package holter.sim;

import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** What is to happen in virtual time: by time, and among equals in the order it was added. */
final class SimQueue {
  private record Event(long atMs, long order, Runnable run) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.atMs != b.atMs ? Long.compare(a.atMs, b.atMs) : Long.compare(a.order, b.order));
  private long order;

  void add(long atMs, Runnable run) {
    events.add(new Event(atMs, order++, run));
  }

  /** Runs all that is due at {@code ms}, what it adds too; tells {@code clock} each one's time. */
  void runThrough(long ms, LongConsumer clock) {
    while (!events.isEmpty() && events.element().atMs <= ms) {
      var event = events.remove();
      clock.accept(event.atMs);
      event.run.run();
    }
  }
}
