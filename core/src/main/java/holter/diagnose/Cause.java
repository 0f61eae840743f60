package holter.diagnose;

import holter.words.Sentence;
import java.util.List;

/** One entry of the catalogue: what it predicts for each fact, what rules it out, what helps. */
interface Cause {
  CauseCode code();

  /** Weighs every fact that bears on this cause. */
  Argument argue(CaseFile file);

  /** What it points at. */
  Subject subject(CaseFile file);

  /** First aid first, then the root. */
  List<Sentence> remedies(CaseFile file);
}
