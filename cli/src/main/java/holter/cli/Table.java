package holter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows in aligned columns, two blanks apart; the last column is not padded. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row; it must have as many cells as there are heads. */
  public void row(@Nullable Object... cells) {
    List<String> row = new ArrayList<>();
    for (@Nullable Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(List.copyOf(row));
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(c -> rows.stream().mapToInt(row -> width(row.get(c))).max().orElse(0))
            .toArray();
    return String.join("\n", rows.stream().map(row -> line(row, widths)).toList());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      String cell = row.get(c);
      line.append(cell);
      if (c < row.size() - 1) line.append(" ".repeat(widths[c] - width(cell) + 2));
    }
    return line.toString().stripTrailing();
  }

  /** How many cells of a terminal a text takes: a Chinese character takes two. */
  public static int width(String text) {
    return text.codePoints().map(point -> wide(point) ? 2 : 1).sum();
  }

  private static boolean wide(int point) {
    return (point >= 0x1100 && point <= 0x115F)
        || (point >= 0x2E80 && point <= 0xA4CF)
        || (point >= 0xAC00 && point <= 0xD7A3)
        || (point >= 0xF900 && point <= 0xFAFF)
        || (point >= 0xFE30 && point <= 0xFE6F)
        || (point >= 0xFF00 && point <= 0xFF60)
        || (point >= 0xFFE0 && point <= 0xFFE6);
  }
}
