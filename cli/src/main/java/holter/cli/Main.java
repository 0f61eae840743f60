package holter.cli;

import holter.cli.remote.QuickVerdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** The {@code holter} command. Everything it can do is a verb of {@link Verbs}. */
public final class Main {
  private Main() {}

  /** Runs one verb and ends the process with its exit code, one of {@link Exit}. */
  public static void main(String[] args) throws IOException {
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    if (args.length == 2 && args[0].equals(Verbs.WARM_UP)) {
      WarmUp.verdict();
      return;
    }
    int exit = run(args);
    System.out.flush();
    if (QuickVerdict.of(args) != null) {
      // exit looks through every jar for a logger that may want to know, and a hook waits
      Runtime.getRuntime().halt(exit);
    }
    System.exit(exit);
  }

  /** As {@link #main}, but returns the exit code. */
  static int run(String... args) {
    QuickVerdict quick = QuickVerdict.of(args);
    if (quick == null) return commandFor(args).execute(args);
    try {
      return quick.ask();
    } catch (Refusal refusal) {
      return Failures.ofRefusal(refusal);
    }
  }

  /** Every verb, for help, completion and the tests of what the documents promise. */
  static CommandLine everything() {
    return dressed(Verbs.NAMES.toArray(String[]::new));
  }

  /**
   * A command with the one verb that is asked for: to know all the others would cost more time than
   * a short verb takes.
   */
  private static CommandLine commandFor(String... args) {
    boolean known =
        args.length > 0 && (Verbs.NAMES.contains(args[0]) || args[0].equals(Verbs.WARM_UP));
    boolean needsAll = known && Verbs.NEEDS_ALL.contains(args[0]);
    return known && !needsAll ? dressed(args[0]) : everything();
  }

  private static CommandLine dressed(String... verbs) {
    Holter root = new Holter();
    CommandLine line = new CommandLine(root);
    Arrays.stream(verbs).forEach(verb -> line.addSubcommand(verb, Verbs.command(verb, root)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionExceptionHandler(Failures::ofRunning);
    line.setParameterExceptionHandler(Failures::ofParsing);
    return line;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
