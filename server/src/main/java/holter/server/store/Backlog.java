package holter.server.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What waits to be written. State (roster, incidents, routes) is kept by key, the latest only, so
 * it is bounded by the fleet. Audit lines are kept in order up to a bound; beyond it the oldest
 * fall away and are counted. Thread-safe.
 */
final class Backlog {
  /** About 25 MB of audit lines. */
  static final int AUDIT_MAX = 50_000;

  private record Waiting(Write write, List<CompletableFuture<Void>> done) {}

  private final Map<String, Waiting> state = new LinkedHashMap<>();
  private final ArrayDeque<Waiting> audit = new ArrayDeque<>();
  private long dropped;
  private boolean closed;

  /** Adds a state write; an earlier one of the same key is superseded. */
  synchronized void put(Write write) {
    put(write, List.of());
  }

  /** As {@link #put(Write)}; {@code done} completes when this write or a later one is on disk. */
  synchronized void put(Write write, CompletableFuture<Void> done) {
    put(write, List.of(done));
  }

  private void put(Write write, List<CompletableFuture<Void>> done) {
    List<CompletableFuture<Void>> waiters = new ArrayList<>(done);
    Waiting before = state.remove(write.key());
    if (before != null) {
      before.done().stream().filter(waiter -> !waiter.isDone()).forEach(waiters::add);
    }
    state.put(write.key(), new Waiting(write, waiters));
    notifyAll();
  }

  /** Adds an audit line. */
  synchronized void append(Write write) {
    if (audit.size() >= AUDIT_MAX) {
      audit.removeFirst();
      dropped++;
    }
    audit.addLast(new Waiting(write, List.of()));
    notifyAll();
  }

  /** Takes up to {@code max} writes; waits up to {@code waitMs} for the first. */
  synchronized Batch take(int max, long waitMs) throws InterruptedException {
    long until = System.nanoTime() + waitMs * 1_000_000;
    while (isEmpty() && !closed) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    List<Waiting> taken = new ArrayList<>();
    Iterator<Waiting> states = state.values().iterator();
    while (states.hasNext() && taken.size() < max) {
      taken.add(states.next());
      states.remove();
    }
    int states0 = taken.size();
    while (!audit.isEmpty() && taken.size() < max) {
      taken.add(audit.removeFirst());
    }
    return new Batch(taken.subList(0, states0), taken.subList(states0, taken.size()));
  }

  /** Puts a batch that could not be written back, behind nothing newer. */
  synchronized void putBack(Batch batch) {
    for (Waiting waiting : batch.states) {
      Waiting newer = state.get(waiting.write().key());
      if (newer == null) {
        state.put(waiting.write().key(), waiting);
      } else {
        newer.done().addAll(waiting.done());
      }
    }
    for (int at = batch.audits.size() - 1; at >= 0; at--) {
      if (audit.size() >= AUDIT_MAX) {
        dropped++;
      } else {
        audit.addFirst(batch.audits.get(at));
      }
    }
  }

  synchronized boolean isEmpty() {
    return state.isEmpty() && audit.isEmpty();
  }

  synchronized int size() {
    return state.size() + audit.size();
  }

  synchronized long dropped() {
    return dropped;
  }

  /** Forgets all that waits; whoever waits for it is told. */
  synchronized void clear() {
    state
        .values()
        .forEach(
            waiting ->
                waiting
                    .done()
                    .forEach(done -> done.completeExceptionally(new StoreBroken("others led"))));
    state.clear();
    audit.clear();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Writes taken together. */
  static final class Batch {
    private final List<Waiting> states;
    private final List<Waiting> audits;

    private Batch(List<Waiting> states, List<Waiting> audits) {
      this.states = states;
      this.audits = audits;
    }

    boolean isEmpty() {
      return states.isEmpty() && audits.isEmpty();
    }

    List<Write.Statement> statements() {
      List<Write.Statement> all = new ArrayList<>();
      states.forEach(waiting -> all.addAll(waiting.write().statements()));
      audits.forEach(waiting -> all.addAll(waiting.write().statements()));
      return all;
    }

    void written() {
      states.forEach(waiting -> waiting.done().forEach(done -> done.complete(null)));
    }
  }
}
