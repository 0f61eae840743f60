package holter.engine;

import holter.diagnose.Diagnosis;
import holter.diagnose.Observation;
import holter.diagnose.Subject;
import holter.words.Sentence;
import java.util.List;

/**
 * A diagnosis over time. Immutable: each change makes a new one under the same id.
 *
 * @param id {@code inc-0001}, unique in the store
 * @param openedAtMs engine time of the first symptom
 * @param closedAtMs engine time when every symptom had been gone long enough; −1 while open
 * @param subject what is known to be sick, named before its cause is
 * @param diagnosis the latest; all-empty until evidence came in
 * @param timeline what happened, oldest first, bounded
 * @param evidence observations the diagnosis rests on
 * @param held restarts held because of it: instances
 * @param restarted restarts done during it
 */
public record Incident(
    String id,
    long openedAtMs,
    long closedAtMs,
    Subject subject,
    Diagnosis diagnosis,
    List<Event> timeline,
    List<Observation> evidence,
    List<Held> held,
    List<Restarted> restarted) {
  public Incident {
    timeline = List.copyOf(timeline);
    evidence = List.copyOf(evidence);
    held = List.copyOf(held);
    restarted = List.copyOf(restarted);
  }

  public boolean open() {
    return closedAtMs < 0;
  }

  /** A line of the timeline. */
  public record Event(long atMs, Sentence what) {}

  /** A restart that was held: from when, until when (−1 while held), why. */
  public record Held(String instance, long fromMs, long untilMs, Sentence why) {}

  /** A restart that was ordered, with what the runner found. */
  public record Restarted(String instance, long atMs, String truth, Sentence why) {}
}
