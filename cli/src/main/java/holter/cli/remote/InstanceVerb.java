package holter.cli.remote;

import holter.cli.DurationText;
import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code holter instance planned|release|forget ID}: what people know, and Holter cannot. */
@Command(
    name = "instance",
    description = "Tell the server what only people know of an instance.",
    subcommands = {
      InstanceVerb.Planned.class,
      InstanceVerb.Release.class,
      InstanceVerb.Forget.class
    })
public final class InstanceVerb implements Runnable {
  private final Holter root;

  @Spec private @Nullable CommandSpec spec;

  public InstanceVerb(Holter root) {
    this.root = root;
  }

  @Override
  public void run() {
    CommandSpec here = spec;
    if (here != null) throw new ParameterException(here.commandLine(), "no instance verb given");
  }

  /** What the three have in common. */
  abstract static class Part implements Callable<Integer> {
    @ParentCommand private @Nullable InstanceVerb parent;

    @Mixin private final ServerOptions options = new ServerOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "As in holter get instances.")
    private String id = "";

    int tell(String method, String end, String body, String said) {
      InstanceVerb given = parent;
      if (given == null) throw new IllegalStateException("picocli gave no parent");
      options
          .client(given.root)
          .tell(method, "/api/v1/instances/" + ServerClient.part(id) + end, body);
      given.root.terminal().out().println("told: " + id + " " + said);
      return Exit.OK;
    }
  }

  /** {@code instance planned ID --for 10m}. */
  @Command(name = "planned", description = "It will be down on purpose: nobody restarts it.")
  static final class Planned extends Part {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofHours(24);

    @Option(
        names = "--for",
        paramLabel = "DURATION",
        converter = DurationText.class,
        description = "How long, 1s to 24h (default: 10m).")
    private Duration forTime = Duration.ofMinutes(10);

    @Override
    public Integer call() {
      if (forTime.compareTo(MIN) < 0 || forTime.compareTo(MAX) > 0) {
        throw Refusal.usage("--for is out of bounds", "1s to 24h can be planned", "--for 10m");
      }
      String body = "{\"forMs\":" + forTime.toMillis() + "}";
      return tell("POST", "/planned", body, "is down on purpose");
    }
  }

  /** {@code instance release ID}. */
  @Command(name = "release", description = "End its quarantine or backoff: restart it if dead.")
  static final class Release extends Part {
    @Override
    public Integer call() {
      return tell("POST", "/release", "", "may be restarted again");
    }
  }

  /** {@code instance forget ID}. */
  @Command(name = "forget", description = "Expect it no more; a beat brings it back.")
  static final class Forget extends Part {
    @Override
    public Integer call() {
      return tell("DELETE", "", "", "is expected no more");
    }
  }
}
