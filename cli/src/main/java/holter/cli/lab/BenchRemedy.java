package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.lab.bench.killed.KilledBench;
import holter.lab.bench.remedy.RemedyBench;
import holter.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code holter bench remedy}: plans for nodes and pods, carried out and compared. */
@Command(
    name = "remedy",
    description = {
      "Plans for seeded clusters, carried out on the simulated scheduler and compared with the"
          + " best",
      "plan there is; exit 1 when a gate fails. With --kills plans are carried out by processes",
      "that are killed, and exit 1 means that a step was doubled or lost, or not taken back."
    })
final class BenchRemedy implements Callable<Integer> {
  private static final int SEEDS_MOST = 10_000;

  @ParentCommand private @Nullable BenchVerb parent;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Crowded clusters; half as many healthy or busy ones come on top"
              + " (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description =
          "Instead: so many plans, each carried out by real processes that are killed and started"
              + " again, every third one taken back so too; beside one real broker.")
  private @Nullable Integer kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The first seed of --kills; with --kills 1 it draws a trial again.")
  private long seed;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Write the table to this file as well.")
  private @Nullable Path to;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    if (seeds < 1 || seeds > SEEDS_MOST) {
      throw Refusal.usage(
          "--seeds " + seeds, "1 to %d clusters".formatted(SEEDS_MOST), "--seeds 200");
    }
    var terminal = given.terminal();
    if (kills != null) {
      return killed(kills, terminal);
    }
    var table = new RemedyBench(seeds, terminal::progress).run();
    terminal.out().print(table.markdown());
    if (to != null) {
      Files.writeString(to, table.markdown());
    }
    terminal.progress(table.speed());
    table.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
    return table.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
  }

  private int killed(int trials, Terminal terminal) throws IOException, InterruptedException {
    if (trials < 1 || trials > SEEDS_MOST || seed < 0) {
      throw Refusal.usage(
          "--kills %d --seed %d".formatted(trials, seed),
          "1 to %d plans, and a seed from 0".formatted(SEEDS_MOST),
          "--kills 24");
    }
    try {
      var result = new KilledBench(trials, seed, terminal::progress).run();
      result.lines().forEach(terminal.out()::println);
      if (to != null) {
        Files.write(to, result.lines());
      }
      result.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
      return result.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
    } catch (LabException failed) {
      throw Refusal.cannotTell(
          String.valueOf(failed.getMessage()), "the lab could not go on", "the same again");
    }
  }
}
