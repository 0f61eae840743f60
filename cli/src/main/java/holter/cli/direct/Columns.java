package holter.cli.direct;

import holter.cli.Table;

/** Text in columns of a terminal, where a Chinese character takes two. */
final class Columns {
  private Columns() {}

  /** The text, filled with blanks up to a width; never shorter than the text and one blank. */
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - Table.width(text)));
  }
}
