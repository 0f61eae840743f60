package holter.cli.remote;

import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holter breaker [close]}: whether inferred deaths are acted on. */
@Command(
    name = "breaker",
    description = "Say whether the breaker is open; close it once its common cause is understood.")
public final class BreakerVerb implements Callable<Integer> {
  private final Holter root;

  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "close",
      description = "Close it: inferred deaths may be acted on again.")
  private String word = "";

  public BreakerVerb(Holter root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (!word.isEmpty() && !word.equals("close")) {
      throw Refusal.usage("no word " + word, "a breaker is closed, nothing else", "breaker close");
    }
    ServerClient server = options.client(root);
    if (word.equals("close")) {
      server.tell("POST", "/api/v1/breaker/close", "");
      root.terminal().out().println("told: the breaker closes");
      return Exit.OK;
    }
    var status = server.json("/api/v1/status");
    boolean open = status.path("breakerOpen").asBoolean(true);
    root.terminal()
        .print(
            status,
            () -> open ? "open: inferred deaths are not acted on, proved ones are" : "closed");
    return open ? Exit.FINDINGS : Exit.OK;
  }
}
