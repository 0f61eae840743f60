package holter.lab.scenario;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The moments of a scenario in order. Passive: time is passed in, and what is due comes out.
 *
 * <p>An end comes before a beginning of the same moment, so that a fault can follow its twin.
 * Confined to one thread.
 */
public final class Timeline {
  private final Deque<Moment> left;

  /** The moments of these injections; the number of an injection is its place in the list. */
  public Timeline(List<Injection> injections) {
    var moments = new ArrayList<Moment>();
    for (int n = 0; n < injections.size(); n++) {
      var injection = injections.get(n);
      moments.add(new Moment(injection.at(), n, Edge.BEGIN, injection.fault()));
      if (injection.until() != null) {
        moments.add(new Moment(injection.until(), n, Edge.END, injection.fault()));
      }
    }
    moments.sort(
        Comparator.comparing(Moment::at)
            .thenComparing(Moment::edge, Comparator.reverseOrder())
            .thenComparingInt(Moment::injection));
    left = new ArrayDeque<>(moments);
  }

  /** Whether a fault begins or ends. */
  public enum Edge {
    BEGIN,
    END
  }

  /**
   * One moment.
   *
   * @param at since the calm start
   * @param injection its number, shared by its beginning and its end
   * @param edge beginning or end
   * @param fault what begins or ends
   */
  public record Moment(Duration at, int injection, Edge edge, Fault fault) {}

  /** Takes out, in order, all that is due at this time since the calm start. */
  public List<Moment> due(Duration now) {
    var due = new ArrayList<Moment>();
    while (!left.isEmpty() && left.getFirst().at().compareTo(now) <= 0) {
      due.add(left.removeFirst());
    }
    return due;
  }

  /** When the next moment is, if there is one. */
  public Optional<Duration> next() {
    return Optional.ofNullable(left.peekFirst()).map(Moment::at);
  }
}
