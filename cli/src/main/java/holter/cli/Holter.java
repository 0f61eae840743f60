package holter.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: the options that every verb takes, before or after its name. */
@Command(
    name = "holter",
    description = "Tells a failing worker from a failing channel.",
    mixinStandardHelpOptions = false,
    synopsisSubcommandLabel = "VERB",
    footerHeading = "%nExit codes%n",
    footer = {
      "  0 healthy or done      1 findings        2 usage or configuration",
      "  3 cannot tell          4 denied          5 remedy failed",
      "  10 channel             11 instance       12 both              13 inconclusive",
      "",
      "Data goes to stdout, progress to stderr. NO_COLOR is respected."
    })
public final class Holter implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "text, json or yaml (default: text).")
  private Format format = Format.TEXT;

  @Option(
      names = "--lang",
      scope = ScopeType.INHERIT,
      paramLabel = "LANG",
      description = "en or zh (default: HOLTER_LANG, then the locale).")
  private @Nullable String lang;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours, as with NO_COLOR.")
  private boolean noColor;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Deadline of the whole command, as 250ms, 5s or 3m (default: the verb's own).")
  private @Nullable Duration timeout;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no verb given");
  }

  /** Where and how this run prints. */
  public Terminal terminal() {
    return Terminal.of(format, Terminal.languageOf(lang), noColor);
  }

  /** The whole command's deadline; {@code otherwise} when the user gave none. */
  public Duration timeoutOr(Duration otherwise) {
    return timeout().orElse(otherwise);
  }

  /** The deadline that the user gave. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }
}
