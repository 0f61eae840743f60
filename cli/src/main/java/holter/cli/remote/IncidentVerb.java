package holter.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
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

/** {@code holter incident list|show|report}: incidents and their written record. */
@Command(
    name = "incident",
    description = "List incidents, show one, or print its record.",
    subcommands = {IncidentVerb.Listing.class, IncidentVerb.Show.class, IncidentVerb.Report.class})
public final class IncidentVerb implements Runnable {
  private final Holter root;

  @Spec private @Nullable CommandSpec spec;

  public IncidentVerb(Holter root) {
    this.root = root;
  }

  @Override
  public void run() {
    CommandSpec here = spec;
    if (here != null) throw new ParameterException(here.commandLine(), "no incident verb given");
  }

  private JsonNode ask(ServerOptions options, String path) {
    return options.client(root).json(path + "?lang=" + root.terminal().language());
  }

  /** What the three have in common. */
  abstract static class Part implements Callable<Integer> {
    @ParentCommand private @Nullable IncidentVerb parent;

    @Mixin private final ServerOptions options = new ServerOptions();

    JsonNode ask(String path) {
      return above().ask(options, path);
    }

    String text(String path) {
      return options.client(root()).text(path + "?lang=" + root().terminal().language());
    }

    Holter root() {
      return above().root;
    }

    private IncidentVerb above() {
      IncidentVerb given = parent;
      if (given == null) throw new IllegalStateException("picocli gave no parent");
      return given;
    }
  }

  /** {@code incident list}. */
  @Command(name = "list", description = "Open incidents first, then the latest closed ones.")
  static final class Listing extends Part {
    @Override
    public Integer call() {
      JsonNode answer = ask("/api/v1/incidents");
      root().terminal().print(answer, () -> Rows.INCIDENTS.table(answer));
      return Exit.OK;
    }
  }

  /** {@code incident show ID}. */
  @Command(name = "show", description = "One incident: diagnosis, evidence, timeline.")
  static final class Show extends Part {
    @Parameters(index = "0", paramLabel = "ID", description = "As in incident list: inc-0001.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode answer = ask("/api/v1/incidents/" + ServerClient.part(id));
      root().terminal().print(answer, () -> text(recordOf(id, "md")));
      return Exit.OK;
    }
  }

  /** {@code incident report ID}. */
  @Command(name = "report", description = "The record of an incident, as Markdown or HTML.")
  static final class Report extends Part {
    @Parameters(index = "0", paramLabel = "ID", description = "As in incident list: inc-0001.")
    private String id = "";

    @Option(
        names = {"-f", "--format"},
        paramLabel = "md|html",
        description = "Markdown or HTML (default: md).")
    private String form = "md";

    @Override
    public Integer call() {
      if (!form.equals("md") && !form.equals("html")) {
        throw Refusal.usage("no report format " + form, "there are md and html", "-f md");
      }
      root().terminal().out().println(text(recordOf(id, form)).stripTrailing());
      return Exit.OK;
    }
  }

  private static String recordOf(String id, String form) {
    return "/api/v1/incidents/%s/report.%s".formatted(ServerClient.part(id), form);
  }
}
