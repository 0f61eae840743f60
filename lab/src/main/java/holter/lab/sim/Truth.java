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
   * @param hearableMs the last moment before the verdict at which silence could not count: its
   *     paths were sick; −1 for never
   * @param quietMs when the last of its beats was heard, late ones included, or when it died
   * @param heldMs since when it was held while it was dead; −1 when it was not
   * @param heldFor the reason of that, by name; empty when it was not
   */
  public record Found(
      Death death,
      long verdictMs,
      long restartMs,
      long hearableMs,
      long quietMs,
      long heldMs,
      String heldFor) {
    /** Seconds from death to verdict, counted from when it could be seen. */
    public double verdictAfterS() {
      return Math.max(0, verdictMs - death.countsFromMs()) / 1e3;
    }

    /** The same, counted from when its silence could count as well. */
    public double silenceAfterS() {
      return Math.max(0, verdictMs - Math.max(death.countsFromMs(), hearableMs)) / 1e3;
    }

    /** Whether its verdict had to wait for a path. */
    public boolean waited() {
      return hearableMs > death.countsFromMs();
    }

    /** Seconds to its verdict from when it was heard last. */
    public double quietAfterS() {
      return Math.max(0, verdictMs - quietMs) / 1e3;
    }

    /** Seconds to its hold from when it was heard last; −1 without one. */
    public double heldAfterS() {
      return heldMs < 0 ? -1 : Math.max(0, heldMs - quietMs) / 1e3;
    }
  }

  private record Believed(long atMs, long hearableMs) {}

  private record Hold(long sinceMs, String reason) {}

  private final Map<Integer, Death> open = new LinkedHashMap<>();
  private final Map<Integer, Believed> verdicts = new LinkedHashMap<>();
  private final Map<Integer, Hold> holds = new LinkedHashMap<>();
  private final Map<Integer, Long> heard = new LinkedHashMap<>();
  private final List<Found> found = new ArrayList<>();
  private final TreeMap<String, Integer> held = new TreeMap<>();
  private final TreeMap<String, Integer> heldWrongly = new TreeMap<>();
  private final List<String> mistakes = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int deaths;
  private int falseRestarts;
  private int plannedRestarts;
  private int doubleRestarts;
  private int falseVerdicts;
  private long exposureMs;

  /** A beat of it was read; of a dead one it is a late one. */
  void heard(int worker, long nowMs) {
    heard.put(worker, nowMs);
  }

  void died(Death death) {
    deaths++;
    open.put(death.worker(), death);
    verdicts.remove(death.worker());
    holds.computeIfPresent(death.worker(), (w, hold) -> new Hold(death.atMs(), hold.reason()));
  }

  /**
   * The detector holds it for dead; counted once per death.
   *
   * @param hearableMs the last moment at which its silence could not count
   */
  void heldForDead(int worker, Life life, long hearableMs, long nowMs) {
    if (open.containsKey(worker)) {
      verdicts.putIfAbsent(worker, new Believed(nowMs, hearableMs));
    } else if (life == Life.RUNNING) {
      falseVerdicts++;
    }
  }

  /**
   * Its restart is held.
   *
   * @param rightly whether the reason is what is really the matter
   */
  void held(int worker, String reason, boolean rightly, long nowMs) {
    holds.putIfAbsent(worker, new Hold(nowMs, reason));
    held.merge(reason, 1, Integer::sum);
    if (!rightly) {
      heldWrongly.merge(reason, 1, Integer::sum);
      note("at %.1f s worker %d was held for %s, wrongly".formatted(nowMs / 1e3, worker, reason));
    }
  }

  /** It is held no more. */
  void released(int worker) {
    holds.remove(worker);
  }

  /** A promise that has nothing to do with a single worker's life was broken. */
  void broken(long nowMs, String what) {
    if (broken.size() < 20) {
      broken.add("at %.1f s %s".formatted(nowMs / 1e3, what));
    }
  }

  private void note(String mistake) {
    if (mistakes.size() < 20) {
      mistakes.add(mistake);
    }
  }

  private Found found(Death death, Believed verdict, long restartMs) {
    var hold = holds.getOrDefault(death.worker(), new Hold(-1, ""));
    long quietMs = Math.max(death.atMs(), heard.getOrDefault(death.worker(), -1L));
    return new Found(
        death,
        verdict.atMs(),
        restartMs,
        verdict.hearableMs(),
        quietMs,
        hold.sinceMs(),
        hold.reason());
  }

  /** A restart was carried out on what the process was in truth. */
  void restarted(int worker, Life life, long nowMs) {
    @Nullable Death death = open.remove(worker);
    if (death != null) {
      found.add(found(death, verdicts.getOrDefault(worker, new Believed(nowMs, -1)), nowMs));
      holds.remove(worker);
      return;
    }
    switch (life) {
      case RUNNING -> {
        falseRestarts++;
        note("at %.1f s worker %d was restarted, healthy".formatted(nowMs / 1e3, worker));
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
      var verdict = verdicts.get(death.worker());
      if (verdict != null) {
        open.remove(death.worker());
        found.add(found(death, verdict, -1));
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

  /** Of these the ones whose reason was not what was really the matter. */
  public Map<String, Integer> heldWrongly() {
    return Collections.unmodifiableMap(heldWrongly);
  }

  /** The promises that were broken, in words; the first of them. */
  public List<String> broken() {
    return Collections.unmodifiableList(broken);
  }

  /** The first false restarts and wrong holds, in words. */
  public List<String> mistakes() {
    return Collections.unmodifiableList(mistakes);
  }
}
