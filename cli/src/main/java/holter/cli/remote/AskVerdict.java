package holter.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import holter.cli.Ages;
import holter.cli.Exit;
import holter.cli.Holter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holter verdict INSTANCE}: for restart hooks; only exit 11 allows a restart. */
@Command(
    name = "verdict",
    description =
        "Ask the server what an instance is held to be. Only exit code 11 allows a restart.",
    footer = {
      "",
      "Exit codes: 0 alive, 10 channel (hold), 11 instance (restart), 12 both (hold),",
      "13 inconclusive (hold), 3 cannot tell, Holter is down included (hold)."
    })
public final class AskVerdict implements Callable<Integer> {
  /** A picture older than this is not the present: the loop of the server does not turn. */
  private static final long FRESH_MS = 5000;

  private final Holter root;

  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "The instance's id.")
  private String instance = "";

  public AskVerdict(Holter root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    String path =
        "/api/v1/verdict/%s?lang=%s"
            .formatted(ServerClient.part(instance), root.terminal().language());
    JsonNode answer = options.client(root).json(path);
    boolean stale = answer.path("ageMs").asLong(Long.MAX_VALUE) > FRESH_MS;
    root.terminal().print(answer, () -> line(answer, stale));
    return stale ? Exit.CANNOT_TELL : answer.path("exit").asInt(Exit.CANNOT_TELL);
  }

  private static String line(JsonNode answer, boolean stale) {
    long since = answer.path("sinceMs").asLong(0);
    String age = since > 0 ? " for " + Ages.span(answer.path("asOfMs").asLong() - since) : "";
    String text =
        "%s %s%s: %s (%s) · %s"
            .formatted(
                answer.path("instance").asText(),
                answer.path("verdict").asText(),
                age,
                answer.path("why").path("text").asText(),
                answer.path("rule").asText(),
                answer.path("restartAdvice").asText());
    return stale
        ? text + " · STALE, as of " + Ages.span(answer.path("ageMs").asLong()) + " ago: hold"
        : text;
  }
}
