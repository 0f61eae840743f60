package holter.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on stderr and an exit code. */
final class Failures {
  /** Set to any value to see the stack trace of what this program did not expect. */
  static final String DEBUG = "HOLTER_DEBUG";

  private Failures() {}

  /** A mistake in the command line. */
  static int ofParsing(ParameterException mistake, String... args) {
    CommandLine line = mistake.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    String hint = suggestion(mistake);
    tell(
        "error: %s; the command line cannot be read; try: %s"
            .formatted(
                firstLine(String.valueOf(mistake.getMessage())),
                hint.isEmpty() ? command + " --help" : hint));
    return Exit.USAGE;
  }

  /** Something that went wrong while a verb ran. */
  static int ofRunning(Exception failure, CommandLine line, ParseResult parsed) {
    if (failure instanceof Refusal refusal) {
      return ofRefusal(refusal);
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      tell("error: interrupted; the process was told to stop; try: the same command again");
      return Exit.CANNOT_TELL;
    }
    tell(
        "error: %s; Holter did not expect this, it is a defect; try: %s=1 %s for its trace"
            .formatted(
                firstLine(failure.toString()), DEBUG, line.getCommandSpec().qualifiedName()));
    if (System.getenv(DEBUG) != null) {
      failure.printStackTrace(System.err);
    }
    return Exit.CANNOT_TELL;
  }

  /** Something that a verb cannot do, and says why. */
  static int ofRefusal(Refusal refusal) {
    tell("error: " + refusal.getMessage());
    return refusal.exit();
  }

  private static String suggestion(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) return "";
    List<String> near = unmatched.getSuggestions();
    String command = unmatched.getCommandLine().getCommandSpec().qualifiedName();
    String wrong = unmatched.getUnmatched().isEmpty() ? "" : unmatched.getUnmatched().getFirst();
    return near.stream()
        .filter(known -> Spelling.near(wrong.toLowerCase(Locale.ROOT), known))
        .findFirst()
        .map(known -> command + " " + known)
        .orElse("");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("no message");
  }

  private static void tell(String line) {
    System.err.println(line);
  }
}
