package holter.diagnose;

import holter.diagnose.Diagnosis.Cited;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What speaks for and against one cause. Weights follow the likelihood sketch: 2 is expected, 1
 * often, −1 unusual; an exclusion ends it. Items that share an origin are said once.
 */
final class Argument {
  private final List<Cited> speaksFor = new ArrayList<>();
  private final List<Cited> speaksAgainst = new ArrayList<>();
  private final List<Cited> excludes = new ArrayList<>();
  private final Set<Source> sources = EnumSet.noneOf(Source.class);
  private double score;
  private boolean telling;
  private boolean decided;
  private boolean over;

  /** Fits this cause, and others too. */
  Argument fits(double weight, Observation seen, CauseWords claim, Object... args) {
    speaksFor.add(new Cited(Sentence.of(claim, args), seen));
    sources.add(seen.source());
    score += weight;
    return this;
  }

  /** Tells this cause from its rivals. */
  Argument tells(double weight, Observation seen, CauseWords claim, Object... args) {
    telling = true;
    return fits(weight, seen, claim, args);
  }

  /** Tells it, and by a direct measurement: without one a cause stays likely. */
  Argument decides(double weight, Observation seen, CauseWords claim, Object... args) {
    decided = true;
    return tells(weight, seen, claim, args);
  }

  /** Does not fit. */
  Argument against(double weight, Observation seen, CauseWords claim, Object... args) {
    speaksAgainst.add(new Cited(Sentence.of(claim, args), seen));
    score -= weight;
    return this;
  }

  /** Cannot be, if this is true. */
  Argument excluded(Observation seen, CauseWords claim, Object... args) {
    excludes.add(new Cited(Sentence.of(claim, args), seen));
    return this;
  }

  /** What it speaks for is over: it is history, and left its traces. */
  Argument over() {
    over = true;
    return this;
  }

  /** How much was said of it, either way. */
  int said() {
    return speaksFor.size() + speaksAgainst.size() + excludes.size();
  }

  boolean isOver() {
    return over;
  }

  double score() {
    return score;
  }

  boolean excluded() {
    return !excludes.isEmpty();
  }

  /** Something speaks for it that does not speak for its rivals. */
  boolean telling() {
    return telling;
  }

  /** A direct measurement speaks for it, not only what it would bring about. */
  boolean decided() {
    return decided;
  }

  /** Different kinds of witness that speak for it. */
  int sources() {
    return sources.size();
  }

  List<Cited> speaksFor() {
    return speaksFor;
  }

  List<Cited> speaksAgainst() {
    return speaksAgainst;
  }

  List<Cited> excludedBy() {
    return excludes;
  }
}
