package holter.server.report;

import java.util.List;

/** Grows a Markdown text. Everything that came from outside passes {@link #plain}. */
final class Markdown {
  /** Characters that would mean something in CommonMark, its tables, or HTML. */
  private static final String SPECIAL = "\\`*_[]<>#|&~!";

  private final StringBuilder text = new StringBuilder();

  Markdown heading(int level, String words) {
    text.append("#".repeat(level)).append(' ').append(plain(words)).append("\n\n");
    return this;
  }

  Markdown paragraph(String words) {
    text.append(plain(words)).append("\n\n");
    return this;
  }

  Markdown strong(String words) {
    text.append("**").append(plain(words)).append("**\n\n");
    return this;
  }

  Markdown list(List<String> items) {
    for (String item : items) {
      text.append("- ").append(plain(item)).append('\n');
    }
    text.append('\n');
    return this;
  }

  Markdown table(List<String> head, List<List<String>> rows) {
    row(head);
    text.append("|---".repeat(head.size())).append("|\n");
    rows.forEach(this::row);
    text.append('\n');
    return this;
  }

  private void row(List<String> cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(plain(cell)).append(" |");
    }
    text.append('\n');
  }

  /** The words with every special character escaped, on one line. */
  static String plain(String words) {
    StringBuilder escaped = new StringBuilder(words.length() + 16);
    for (int at = 0; at < words.length(); at++) {
      char c = words.charAt(at);
      if (Character.isISOControl(c)) {
        escaped.append(' ');
        continue;
      }
      if (SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
