package holter.lab.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The nearest known word to one that is not known. */
public final class Near {
  private static final int EDITS_MAX = 3;

  private Near() {}

  /** {@code ; did you mean 'hosts'?}, or what there is when nothing is near. */
  public static String suggestion(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
        .filter(nearest -> edits(word, nearest) <= EDITS_MAX)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElseGet(() -> "; known here: " + String.join(", ", known.stream().sorted().toList()));
  }

  /** Levenshtein distance, blind to case. */
  static int edits(String one, String other) {
    var left = one.toLowerCase(Locale.ROOT);
    var right = other.toLowerCase(Locale.ROOT);
    var above = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      var row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int swap = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[right.length()];
  }
}
