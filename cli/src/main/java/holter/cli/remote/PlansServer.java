package holter.cli.remote;

import holter.cli.Holter;
import holter.cli.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running server whose plans are meant. Only when it is named: plans of here are the rule. */
public final class PlansServer {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A running server's API: the plans in its folder, and it carries them out.")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the bearer token, for a server behind a guard.")
  private @Nullable Path tokenFile;

  /**
   * Its plans; empty when no server was named.
   *
   * @throws Refusal when there is a token for nobody, or what was named is no address
   */
  public Optional<ServedPlans> plans(Holter root) {
    if (server == null && tokenFile != null) {
      throw Refusal.usage(
          "--token-file is for a server", "none was named", "--server URL, or no --token-file");
    }
    return server == null
        ? Optional.empty()
        : Optional.of(
            new ServedPlans(ServerOptions.address(server), ServerOptions.token(tokenFile), root));
  }
}
