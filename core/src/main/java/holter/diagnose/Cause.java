package holter.diagnose;

import holter.words.Sentence;
import java.util.List;
import java.util.Set;

/** One entry of the catalogue: what it predicts for each fact, what rules it out, what helps. */
interface Cause {
  CauseCode code();

  /** What it may be about in this case; empty when nothing hints at it. */
  List<Subject> subjects(CaseFile file);

  /** Weighs every fact that bears on this cause of this subject's trouble. */
  void argue(Argument argument, CaseFile file, Subject subject);

  /** First aid first, then the root. */
  List<Sentence> remedies(CaseFile file, Subject subject);

  /** Whose symptom it would explain too, and so with whom it competes. */
  Rivalry rivalry();

  /** Causes that this one brings about: on the same subject they are its consequence. */
  default Set<CauseCode> explains() {
    return Set.of();
  }
}
