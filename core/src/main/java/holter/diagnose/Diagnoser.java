package holter.diagnose;

import java.util.List;

/** Judges the catalogue's causes against what was observed. Pure: same input, same diagnosis. */
public final class Diagnoser {
  private Diagnoser() {}

  /**
   * The diagnosis that the observations allow at {@code nowMs}. Observations older than 60 s are
   * not used for what holds now.
   */
  @SuppressWarnings("UnusedVariable")
  public static Diagnosis diagnose(List<Observation> observations, long nowMs) {
    return new Diagnosis(List.of(), List.of(), List.of(), List.of());
  }
}
