package holter.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that a mistyped one most likely meant. */
public final class Nearest {
  private Nearest() {}

  /** The nearest of {@code known}, if it is near enough to have been meant. */
  public static Optional<String> to(String written, Collection<String> known) {
    int farthest = Math.max(2, written.length() / 3);
    return known.stream()
        .min(
            Comparator.comparingInt((String word) -> distance(written, word)).thenComparing(w -> w))
        .filter(word -> distance(written, word) <= farthest);
  }

  /** Edits (insert, delete, replace, ignoring case) from one word to the other. */
  static int distance(String left, String right) {
    String from = left.toLowerCase(java.util.Locale.ROOT);
    String to = right.toLowerCase(java.util.Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
