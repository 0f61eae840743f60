package holter.cli.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.lab.figures.Figures;
import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import holter.lab.run.LabRun;
import holter.lab.run.ResultText;
import holter.lab.run.RunOptions;
import holter.lab.run.RunResult;
import holter.lab.scenario.BadScenario;
import holter.lab.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code holter lab run|list|figures|agree|conformance|score}: scenarios on real brokers, and what
 * Holter makes of them.
 */
@Command(
    name = "lab",
    description = "Run scenarios on real brokers, faults included, and score Holter.",
    subcommands = {
      LabVerb.Run.class,
      LabVerb.Listing.class,
      LabVerb.Table.class,
      AgreeVerb.class,
      ConformanceVerb.class,
      ScoreVerb.class
    })
public final class LabVerb implements Runnable {
  private final Holter root;

  @Spec private @Nullable CommandSpec spec;

  public LabVerb(Holter root) {
    this.root = root;
    QuietLogs.set();
  }

  @Override
  public void run() {
    CommandSpec here = spec;
    if (here != null) throw new ParameterException(here.commandLine(), "no lab verb given");
  }

  /** What they have in common. */
  abstract static class Part implements Callable<Integer> {
    @ParentCommand private @Nullable LabVerb parent;

    Holter root() {
      LabVerb given = parent;
      if (given == null) throw new IllegalStateException("picocli gave no parent");
      return given.root;
    }

    @Override
    public Integer call() throws Exception {
      try {
        return act();
      } catch (BadScenario bad) {
        throw Refusal.usage(
            String.valueOf(bad.getMessage()), "it cannot be run", "holter lab list");
      } catch (LabException failed) {
        throw Refusal.cannotTell(
            String.valueOf(failed.getMessage()), "the lab could not go on", "the same again");
      }
    }

    abstract int act() throws Exception;
  }

  /** {@code lab run}. */
  @Command(name = "run", description = "Run a scenario, built in or from a file, and score it.")
  static final class Run extends Part {
    @Parameters(paramLabel = "FILE|NAME", description = "A scenario file, or a built-in name.")
    private String scenario = "";

    @Mixin private final LabOptions lab = new LabOptions();

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Draw the sick broker and the fault's phase at random, by this seed.")
    private @Nullable Long seed;

    @Option(
        names = "--exit-events",
        negatable = true,
        description = "The runner tells exits, or does not (default: as the scenario says).")
    private @Nullable Boolean exitEvents;

    @Override
    int act() throws Exception {
      var terminal = root().terminal();
      var options =
          new RunOptions(
              lab.kafka(),
              seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
              lab.faultFor(),
              exitEvents,
              lab.record(),
              terminal.language());
      RunResult result =
          new LabRun(ScenarioReader.find(scenario), options, terminal::progress)
              .run(LabRun.Audience.NOBODY);
      terminal.print(result, () -> ResultText.of(result));
      if (result.voidWhy() != null) {
        return Exit.CANNOT_TELL;
      }
      return result.passed() ? Exit.OK : Exit.FINDINGS;
    }
  }

  /** {@code lab list}. */
  @Command(name = "list", description = "The built-in scenarios.")
  static final class Listing extends Part {
    @Override
    int act() {
      var scenarios =
          ScenarioReader.BUILT_IN.stream()
              .map(ScenarioReader::find)
              .map(each -> new Named(each.name(), each.title(), each.runFor().toSeconds()))
              .toList();
      root()
          .terminal()
          .print(
              scenarios,
              () ->
                  scenarios.stream()
                      .map(each -> "%-16s %4d s  %s".formatted(each.name, each.runS, each.title))
                      .collect(Collectors.joining("\n")));
      return Exit.OK;
    }

    @JsonInclude
    private record Named(String name, String title, long runS) {}
  }

  /** {@code lab figures}. */
  @Command(
      name = "figures",
      description = "Repeat runs, keep a result file of each, and write the table of figures.")
  static final class Table extends Part {
    @Option(
        names = "--runs",
        paramLabel = "N",
        defaultValue = "20",
        description =
            "Runs of each drawn kind (default: ${DEFAULT-VALUE}); 0 only writes the table.")
    private int runs;

    @Option(
        names = "--only",
        paramLabel = "GROUP",
        defaultValue = "",
        description = "Only runs of this group, as naming-hang.")
    private String only = "";

    @Option(
        names = "--to",
        paramLabel = "FILE",
        defaultValue = "docs/results.md",
        description = "The table's file (default: ${DEFAULT-VALUE}).")
    private Path to = Path.of("docs/results.md");

    @Override
    int act() throws InterruptedException, IOException {
      var figures = new Figures(HolterHome.path().resolve("results"), root().terminal()::progress);
      if (runs > 0) {
        figures.run(runs, only);
      }
      var table = figures.table();
      Files.writeString(to, table);
      root().terminal().out().print(table);
      return Exit.OK;
    }
  }
}
