package holter.lab.witness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a fixed timeout on the same beats would have restarted. It counts and kills nobody; a silent
 * spell counts once, however long it lasts, which favours the plain timeout. Passive: time is
 * passed in. Not thread-safe.
 */
final class PlainTimeout {
  private final Map<String, Long> limitMs;
  private final Map<String, Long> lastMs = new HashMap<>();
  private final Map<String, Boolean> silent = new HashMap<>();

  /**
   * @param limitMs per worker: the longest silence that it is forgiven, in milliseconds; workers
   *     that are not in it are not supervised
   */
  PlainTimeout(Map<String, Long> limitMs) {
    this.limitMs = Map.copyOf(limitMs);
  }

  /** A beat of a worker could be read now. */
  void heard(String worker, long nowMs) {
    if (limitMs.containsKey(worker)) {
      lastMs.put(worker, nowMs);
      silent.put(worker, false);
    }
  }

  /** Workers that it would restart now: those heard before, and silent for too long since. */
  List<String> due(long nowMs) {
    var due = new ArrayList<String>();
    lastMs.forEach(
        (worker, last) -> {
          boolean tooLong = nowMs - last > limitMs.getOrDefault(worker, Long.MAX_VALUE);
          if (tooLong && !silent.getOrDefault(worker, false)) {
            due.add(worker);
          }
        });
    due.forEach(worker -> silent.put(worker, true));
    due.sort(null);
    return due;
  }

  /** How many of the supervised workers were ever heard. */
  int heardOnce() {
    return lastMs.size();
  }
}
