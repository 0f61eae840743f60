package holter.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints: data on stdout in the asked format, progress on stderr.
 *
 * @param format of the data
 * @param language {@code en} or {@code zh}
 * @param colour whether stdout takes colours
 * @param unicode whether stdout takes more than ASCII
 */
public record Terminal(Format format, String language, boolean colour, boolean unicode) {
  /** By what the user asked for, the environment, and whether stdout is a terminal. */
  static Terminal of(Format format, String language, boolean noColor) {
    String encoding = System.getProperty("stdout.encoding", "").toUpperCase(Locale.ROOT);
    return new Terminal(format, language, !noColor && takesColour(), encoding.startsWith("UTF"));
  }

  @SuppressWarnings("SystemConsoleNull") // the JDK's own console of 25 is null off a terminal
  private static boolean takesColour() {
    if (System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"))) return false;
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Asks whoever sits there; empty when nobody does. */
  @SuppressWarnings("SystemConsoleNull") // the JDK's own console of 25 is null off a terminal
  public Optional<String> ask(String question) {
    Console console = System.console();
    return console != null && console.isTerminal()
        ? Optional.ofNullable(console.readLine("%s", question))
        : Optional.empty();
  }

  /** The asked language, else {@code HOLTER_LANG}, else the locale's, else English. */
  public static String languageOf(@Nullable String asked) {
    if (asked != null) {
      String lower = asked.toLowerCase(Locale.ROOT);
      if (lower.startsWith("zh")) return "zh";
      if (lower.startsWith("en")) return "en";
      throw Refusal.usage("no language " + asked, "Holter speaks en and zh", "--lang en");
    }
    String wished = System.getenv().getOrDefault("HOLTER_LANG", Locale.getDefault().getLanguage());
    return wished.toLowerCase(Locale.ROOT).startsWith("zh") ? "zh" : "en";
  }

  /** Prints data: {@code value} as JSON or YAML, or its text. */
  public void print(Object value, Supplier<String> text) {
    switch (format) {
      case TEXT -> out().println(text.get());
      case JSON -> out().println(Data.json(value));
      case YAML -> out().print(Data.yaml(value));
    }
  }

  /** A line of progress on stderr. */
  public void progress(String line) {
    System.err.println(line);
  }

  public PrintStream out() {
    return System.out;
  }

  public boolean chinese() {
    return language.equals("zh");
  }
}
