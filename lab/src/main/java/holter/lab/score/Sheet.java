package holter.lab.score;

import holter.diagnose.CauseCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All results together.
 *
 * @param results in the order in which they were played
 * @param bad files that are no case, one line each
 */
public record Sheet(List<CaseResult> results, List<String> bad) {
  /** A sheet passes from here on. */
  public static final double PASSES = 0.95;

  public Sheet {
    results = List.copyOf(results);
    bad = List.copyOf(bad);
  }

  private Stream<Marks> marks(boolean deep) {
    return results.stream()
        .filter(CaseResult::scored)
        .flatMap(result -> result.answers().stream())
        .filter(answer -> answer.deep() == deep)
        .map(CaseResult.Marked::marks);
  }

  /** Marks of what could be had, 0 to 1, of the answers without or with {@code --deep}. */
  public double share(boolean deep) {
    return marks(deep).mapToDouble(Marks::total).average().orElse(Double.NaN) / Marks.MOST;
  }

  /** How many answers were marked. */
  public long count(boolean deep) {
    return marks(deep).count();
  }

  /** Cases of which an answer said what must not be said. */
  public List<String> zeroed() {
    return results.stream()
        .filter(r -> r.answers().stream().anyMatch(a -> !a.marks().zeroedBy().isEmpty()))
        .map(CaseResult::name)
        .toList();
  }

  /** Cases that prove nothing. */
  public List<String> voids() {
    return results.stream().filter(r -> r.voidWhy() != null).map(CaseResult::name).toList();
  }

  /** At least 95 % in each way of asking, and nothing said that must not be. */
  public boolean passed() {
    return zeroed().isEmpty()
        && count(false) > 0
        && share(false) >= PASSES
        && (count(true) == 0 || share(true) >= PASSES);
  }

  /** Per expected first cause, how often which cause was named first; {@code none} for no claim. */
  public Map<String, Map<String, Integer>> confusion() {
    var matrix = new TreeMap<String, Map<String, Integer>>();
    for (var result : results) {
      if (!result.scored()) {
        continue;
      }
      var expected = result.expected().isEmpty() ? "healthy" : result.expected().getFirst().name();
      for (var answer : result.answers()) {
        var named = first(answer, result.expected());
        matrix.computeIfAbsent(expected, _ -> new TreeMap<>()).merge(named, 1, Integer::sum);
      }
    }
    return matrix;
  }

  private static String first(CaseResult.Marked answer, List<CauseCode> expected) {
    var claimed = answer.marks().claimed();
    if (claimed.isEmpty()) {
      return "none";
    }
    boolean among = expected.contains(claimed.getFirst());
    return (among ? expected.getFirst() : claimed.getFirst()).name();
  }
}
