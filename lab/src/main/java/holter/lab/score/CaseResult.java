package holter.lab.score;

import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.lab.cases.Given;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one case; kept as one file, so that a score goes on where it was stopped.
 *
 * @param name of the case
 * @param title for people
 * @param stamp of the case's text and of the Holter that answered: another stamp is another result
 * @param expected the causes that were expected; empty for a healthy case
 * @param skipped why this machine cannot play it; null when it can
 * @param voidWhy why it proves nothing; null when it proves something
 * @param confirmed each injection that the lab saw with its own eyes
 * @param counts what each client counted
 * @param answers one per way of asking
 */
public record CaseResult(
    String name,
    String title,
    String stamp,
    List<CauseCode> expected,
    @Nullable String skipped,
    @Nullable String voidWhy,
    List<String> confirmed,
    Map<String, String> counts,
    List<Marked> answers) {
  public CaseResult {
    expected = List.copyOf(expected);
    confirmed = List.copyOf(confirmed);
    counts = Map.copyOf(counts);
    answers = List.copyOf(answers);
  }

  /**
   * A marked answer.
   *
   * @param deep whether {@code --deep} was given
   * @param exit of the command
   * @param wholeMs from the start of the process to its end
   * @param computeMs what it says it spent on thinking; −1 when it does not say
   * @param withheld sources that the case gives and this Holter has no option for
   * @param named every cause that it named, strongest first
   * @param marks of the answer
   */
  public record Marked(
      boolean deep,
      int exit,
      long wholeMs,
      long computeMs,
      List<Given> withheld,
      List<Named> named,
      Marks marks) {
    public Marked {
      withheld = List.copyOf(withheld);
      named = List.copyOf(named);
    }
  }

  /** A cause as it was named. */
  public record Named(CauseCode code, Confidence confidence, double probability) {}

  /** Whether there is something to score. */
  boolean scored() {
    return skipped == null && voidWhy == null && !answers.isEmpty();
  }
}
