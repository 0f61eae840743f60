package holter.cli.direct;

import holter.cli.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A bundle in place of a live cluster: it holds all that is known, so nobody else is asked. */
final class BundleOption {
  private static final String CLUSTER = "--bootstrap-server";

  @Option(
      names = "--bundle",
      paramLabel = "DIR|FILE.tar.gz",
      description =
          "Instead of a live cluster: what was collected before, as docs/bundles.md has it.")
  private @Nullable Path bundle;

  /**
   * The bundle; empty when a live cluster is to be asked.
   *
   * @param spec of the verb, as it was parsed
   * @param others further options that only make sense live
   * @throws Refusal when options of live collection are given beside it
   */
  Optional<Path> given(CommandSpec spec, String... others) {
    var parsed = spec.commandLine().getParseResult();
    Path at = bundle;
    if (at == null) {
      if (!parsed.hasMatchedOption(CLUSTER)) throw missing(spec);
      return Optional.empty();
    }
    var live = new ArrayList<>(List.of(others));
    spec.mixins().getOrDefault("options", spec).options().stream()
        .map(OptionSpec::longestName)
        .forEach(live::add);
    for (String option : live) {
      if (!option.equals("--bundle") && parsed.hasMatchedOption(option)) {
        throw Refusal.usage(
            "--bundle and " + option + " together",
            "a bundle holds all that was collected, nobody is asked beside it",
            "one without the other");
      }
    }
    return Optional.of(at);
  }

  /** As picocli says it where an option is always needed. */
  static ParameterException missing(CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(), "Missing required option: '--bootstrap-server=HOST:PORT'");
  }
}
