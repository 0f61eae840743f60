package holter.cli.remote;

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
  private final Holter root;

  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "The instance's id.")
  private String instance = "";

  public AskVerdict(Holter root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    ServerClient client = options.client(root);
    String body = client.text(VerdictAnswer.path(instance, root.terminal().language()));
    VerdictAnswer answer = client.verdict(body);
    root.terminal().print(client.tree(body), answer::line);
    return answer.exit();
  }
}
