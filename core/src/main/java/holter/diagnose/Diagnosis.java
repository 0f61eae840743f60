package holter.diagnose;

import holter.words.Sentence;
import java.util.List;
import java.util.Optional;

/**
 * Causes ranked, with what speaks for and against each. Several found causes are a compound, not a
 * compromise.
 *
 * @param found causes held to be at work, strongest first; empty when inconclusive
 * @param ruledOut causes looked at and excluded, each with what excludes it
 * @param notAsked what could not be asked
 * @param wouldSettle what would decide an inconclusive case
 */
public record Diagnosis(
    List<Found> found,
    List<RuledOut> ruledOut,
    List<Sentence> notAsked,
    List<Sentence> wouldSettle) {
  public Diagnosis {
    found = List.copyOf(found);
    ruledOut = List.copyOf(ruledOut);
    notAsked = List.copyOf(notAsked);
    wouldSettle = List.copyOf(wouldSettle);
  }

  /** The strongest cause. */
  public Optional<Found> first() {
    return found.stream().findFirst();
  }

  /**
   * One cause.
   *
   * @param code which
   * @param confidence in words
   * @param probability 0 to 1, after the words
   * @param over whether it is history: it was at work, and is no more
   * @param subject what it points at
   * @param speaksFor evidence, strongest first
   * @param speaksAgainst evidence that does not fit
   * @param remedies first aid and root remedy, in words
   */
  public record Found(
      CauseCode code,
      Confidence confidence,
      double probability,
      boolean over,
      Subject subject,
      List<Cited> speaksFor,
      List<Cited> speaksAgainst,
      List<Sentence> remedies) {
    public Found {
      speaksFor = List.copyOf(speaksFor);
      speaksAgainst = List.copyOf(speaksAgainst);
      remedies = List.copyOf(remedies);
    }
  }

  /** A claim and the observation it rests on. */
  public record Cited(Sentence claim, Observation observation) {}

  /** A cause that the evidence excludes. */
  public record RuledOut(CauseCode code, List<Cited> by) {
    public RuledOut {
      by = List.copyOf(by);
    }
  }
}
