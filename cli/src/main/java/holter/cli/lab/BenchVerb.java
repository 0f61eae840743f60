package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.lab.bench.DetectBench;
import holter.lab.process.HolterHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code holter bench}: detectors compared, leaders struck, pods moved, and how fast Holter is. */
@Command(
    name = "bench",
    description = "Compare and measure, in virtual time or on this machine.",
    subcommands = {
      BenchVerb.Detect.class,
      BenchLeader.class,
      BenchIngest.class,
      BenchVerdict.class,
      BenchDiagnose.class,
      BenchRemedy.class,
      EngineBenchVerb.class,
      BenchRegistrations.class
    })
public final class BenchVerb implements Runnable {
  private final Holter root;

  @Spec private @Nullable CommandSpec spec;

  public BenchVerb(Holter root) {
    this.root = root;
    QuietLogs.set();
  }

  Terminal terminal() {
    return root.terminal();
  }

  @Override
  public void run() {
    CommandSpec here = spec;
    if (here != null) throw new ParameterException(here.commandLine(), "no benchmark given");
  }

  /** {@code bench detect}. */
  @Command(
      name = "detect",
      description = {
        "Scenarios A to V for every detector, a table and a curve; exit 1 when a gate fails.",
        "Trials are kept, one file each: the same command goes on where it was stopped."
      })
  static final class Detect implements Callable<Integer> {
    @ParentCommand private @Nullable BenchVerb parent;

    @Option(
        names = "--seeds",
        paramLabel = "N",
        defaultValue = "20",
        description = "Judged seeds of each scenario (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "The first judged seed; with --only and --seeds 1 it replays a trial.")
    private long seed;

    @Option(
        names = "--detectors",
        paramLabel = "NAME",
        split = ",",
        description = "Only detectors whose names begin so, as Holter,Pekko.")
    private List<String> detectors = List.of();

    @Option(
        names = "--only",
        paramLabel = "ID",
        split = ",",
        description = "Only these scenarios, as B,B3,D.")
    private List<String> only = List.of();

    @Option(
        names = "--minutes",
        paramLabel = "N",
        defaultValue = "60",
        description = "No trial begins later than this (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        description = "Write detectors.md and detectors.svg to this directory.")
    private @Nullable Path to;

    @Override
    public Integer call() throws InterruptedException, IOException {
      BenchVerb given = parent;
      if (given == null) throw new IllegalStateException("picocli gave no parent");
      var terminal = given.terminal();
      var bench = new DetectBench(wish(), terminal::progress);
      var table = bench.run();
      terminal.out().print(table.markdown());
      if (to != null) {
        Files.createDirectories(to);
        Files.writeString(to.resolve("detectors.md"), table.markdown());
        Files.writeString(to.resolve("detectors.svg"), table.curve());
      }
      table.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
      return table.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
    }

    private DetectBench.Wish wish() {
      if (seeds < 1 || seeds > 1_000 || minutes < 1 || seed < 1) {
        throw Refusal.usage(
            "--seeds %d --seed %d --minutes %d".formatted(seeds, seed, minutes),
            "1 to 1000 seeds from 1 on, and at least a minute",
            "--seeds 20 --minutes 60");
      }
      var results = HolterHome.path().resolve("bench").resolve("detect");
      try {
        var which = new DetectBench.Seeds(seed, seeds);
        return new DetectBench.Wish(results, which, only, detectors, Duration.ofMinutes(minutes));
      } catch (IllegalArgumentException unknown) {
        throw Refusal.usage(
            String.valueOf(unknown.getMessage()),
            "it cannot be played",
            "--only A,B --detectors Holter");
      }
    }
  }
}
