package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.cli.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holter support-bundle}: collects as {@code diagnose} does, and packs it for others. */
@Command(
    name = "support-bundle",
    description = {
      "Collect what diagnose would, and pack it for somebody else. Only reads.",
      "Passwords, logins, keys and tokens are taken out; contents of messages are never read."
    })
public final class SupportBundle implements Callable<Integer> {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(4500);

  private final Holter root;

  @Mixin private final DirectOptions options = new DirectOptions();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE.tar.gz",
      description = "Where to write it.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private Path to;

  @Option(
      names = "--hide-names",
      description = "Give hosts, topics, groups, users, workers and pods other words.")
  private boolean hideNames;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  private CommandSpec spec;

  public SupportBundle(Holter root) {
    this.root = root;
    QuietLogs.silence();
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--bootstrap-server")) {
      throw BundleOption.missing(spec);
    }
    Terminal terminal = root.terminal();
    options.logSource();
    if (Files.exists(to)) {
      throw Refusal.usage(
          to + " is there already", "a bundle is never mixed with another", "another name");
    }
    try (Cluster cluster = Cluster.open(options)) {
      Evidence evidence =
          Evidence.live(
              cluster,
              options,
              LaneWatch.reading(cluster.topic()),
              Evidence.Asking.reading(root.timeoutOr(DEFAULT_TIMEOUT)));
      Saving.save(evidence, to, hideNames, terminal);
      return Exit.OK;
    }
  }
}
