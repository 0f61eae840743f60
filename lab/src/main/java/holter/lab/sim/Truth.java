package holter.lab.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What really happened in a simulated trial, and what was made of it. */
public final class Truth {
  /**
   * A death.
   *
   * @param worker its number
   * @param how it is dead
   * @param atMs when it died
   * @param countsFromMs from when its detection is counted: later than {@code atMs} when nobody
   *     could see it before
   */
  public record Death(int worker, Life how, long atMs, long countsFromMs) {}

  /**
   * A death that was found.
   *
   * @param death which
   * @param verdictMs when it was held for dead
   * @param restartMs when its restart was ordered; −1 never
   */
  public record Found(Death death, long verdictMs, long restartMs) {
    /** Seconds from death to verdict, counted from when it could be seen. */
    public double verdictAfterS() {
      return Math.max(0, verdictMs - death.countsFromMs()) / 1e3;
    }
  }

  private final Map<Integer, Death> open = new LinkedHashMap<>();
  private final Map<Integer, Long> verdictAtMs = new LinkedHashMap<>();
  private final List<Found> found = new ArrayList<>();
  private final TreeMap<String, Integer> held = new TreeMap<>();
  private final List<String> mistakes = new ArrayList<>();
  private int deaths;
  private int falseRestarts;
  private int plannedRestarts;
  private int doubleRestarts;
  private int falseVerdicts;
  private long exposureMs;

  void died(Death death) {
    deaths++;
    open.put(death.worker(), death);
    verdictAtMs.remove(death.worker());
  }

  /** The detector holds it for dead; counted once per death. */
  void heldForDead(int worker, Life life, long nowMs) {
    if (open.containsKey(worker)) {
      verdictAtMs.putIfAbsent(worker, nowMs);
    } else if (life == Life.RUNNING) {
      falseVerdicts++;
    }
  }

  void held(String reason) {
    held.merge(reason, 1, Integer::sum);
  }

  /** A restart was carried out on what the process was in truth. */
  void restarted(int worker, Life life, long nowMs) {
    @Nullable Death death = open.remove(worker);
    if (death != null) {
      long verdict = verdictAtMs.getOrDefault(worker, nowMs);
      found.add(new Found(death, Math.min(verdict, nowMs), nowMs));
      return;
    }
    switch (life) {
      case RUNNING -> {
        falseRestarts++;
        if (mistakes.size() < 20) {
          mistakes.add("at %.1f s worker %d was restarted, healthy".formatted(nowMs / 1e3, worker));
        }
      }
      case PLANNED -> plannedRestarts++;
      case BOOTING -> doubleRestarts++;
      case EXITED, STOPPED, HUNG, IDLE, VANISHED ->
          throw new IllegalStateException("a death without a record: worker " + worker);
    }
  }

  /** A dead one came back without the detector's doing. */
  void forget(int worker) {
    if (open.remove(worker) != null) {
      deaths--;
    }
  }

  void exposed(long ms) {
    exposureMs += ms;
  }

  /** Deaths that were held for dead and wait for their restart count as found. */
  public void end() {
    for (var death : List.copyOf(open.values())) {
      Long verdict = verdictAtMs.get(death.worker());
      if (verdict != null) {
        open.remove(death.worker());
        found.add(new Found(death, verdict, -1));
      }
    }
  }

  public int deaths() {
    return deaths;
  }

  public List<Found> found() {
    return Collections.unmodifiableList(found);
  }

  /** Deaths that nobody noticed to the end. */
  public List<Death> missed() {
    return List.copyOf(open.values());
  }

  public int falseRestarts() {
    return falseRestarts;
  }

  public int falseVerdicts() {
    return falseVerdicts;
  }

  public int plannedRestarts() {
    return plannedRestarts;
  }

  public int doubleRestarts() {
    return doubleRestarts;
  }

  /** Worker-seconds under a fault. */
  public double exposureS() {
    return exposureMs / 1e3;
  }

  /** How often a restart was held, by reason. */
  public Map<String, Integer> held() {
    return Collections.unmodifiableMap(held);
  }

  /** The first false restarts, in words. */
  public List<String> mistakes() {
    return Collections.unmodifiableList(mistakes);
  }
}
