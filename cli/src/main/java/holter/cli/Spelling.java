package holter.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what a user may have meant. */
public final class Spelling {
  /** More slips than a third of the word are another word. */
  private static final int LETTERS_PER_SLIP = 3;

  private Spelling() {}

  /** Whether {@code written} is {@code known} with a slip or two of the finger. */
  static boolean near(String written, String known) {
    int allowed = Math.max(1, known.length() / LETTERS_PER_SLIP);
    return distance(written, known) <= allowed
        || (written.length() > 2 && known.startsWith(written));
  }

  /** The names near to {@code written}, nearest first, at most three. */
  public static List<String> nearest(String written, Collection<String> known) {
    return known.stream()
        .filter(
            name ->
                near(
                    written.toLowerCase(java.util.Locale.ROOT),
                    name.toLowerCase(java.util.Locale.ROOT)))
        .sorted(Comparator.comparingInt((String name) -> distance(written, name)))
        .limit(3)
        .toList();
  }

  /** Insertions, deletions, replacements and swaps of neighbours between two words. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
