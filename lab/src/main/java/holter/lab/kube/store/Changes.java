package holter.lab.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last {@value #MAX} writes, in order, for those who watch. Thread-safe. */
public final class Changes {
  private static final int MAX = 10_000;

  private final Deque<Change> kept = new ArrayDeque<>();
  private final Map<Kind, Long> latest = new EnumMap<>(Kind.class);
  private long version;
  private long forgottenThrough;

  /**
   * One write.
   *
   * @param before null when it was made
   * @param after null when it was removed; then {@code last} is its last state
   */
  public record Change(
      long version,
      Kind kind,
      @Nullable ObjectNode before,
      @Nullable ObjectNode after,
      ObjectNode last) {}

  Changes(long version) {
    this.version = version;
    this.forgottenThrough = version;
  }

  /** The version that the next write gets. */
  synchronized long next() {
    return version + 1;
  }

  synchronized void add(Change change) {
    version = change.version();
    latest.put(change.kind(), version);
    kept.addLast(change);
    if (kept.size() > MAX) {
      forgottenThrough = kept.removeFirst().version();
    }
    notifyAll();
  }

  /** Forgets all changes so far, as a compaction does. */
  public synchronized void compact() {
    kept.clear();
    forgottenThrough = version;
  }

  public synchronized long version() {
    return version;
  }

  /** The version of the latest write to one of the kinds. */
  public synchronized long version(Set<Kind> kinds) {
    return kinds.stream().mapToLong(kind -> latest.getOrDefault(kind, 0L)).max().orElse(0);
  }

  /**
   * The changes after a version; waits for the first one.
   *
   * @throws Refusal 410 when some of them are forgotten
   */
  public synchronized List<Change> after(long seen, long waitMs) throws InterruptedException {
    long endNs = System.nanoTime() + waitMs * 1_000_000;
    while (true) {
      if (seen < forgottenThrough) {
        throw Refusal.gone(seen, forgottenThrough);
      }
      long leftMs = (endNs - System.nanoTime()) / 1_000_000;
      if (version > seen || leftMs <= 0) {
        return since(seen);
      }
      wait(leftMs);
    }
  }

  private List<Change> since(long seen) {
    List<Change> news = new ArrayList<>();
    for (Iterator<Change> last = kept.descendingIterator(); last.hasNext(); ) {
      Change change = last.next();
      if (change.version() <= seen) {
        break;
      }
      news.add(change);
    }
    Collections.reverse(news);
    return news;
  }

  /** Waits until one of the kinds has a later version than the one seen, or the time is over. */
  public synchronized void await(Set<Kind> kinds, long seen, long waitMs)
      throws InterruptedException {
    long endNs = System.nanoTime() + waitMs * 1_000_000;
    for (long leftMs = waitMs; version(kinds) <= seen && leftMs > 0; ) {
      wait(leftMs);
      leftMs = (endNs - System.nanoTime()) / 1_000_000;
    }
  }
}
