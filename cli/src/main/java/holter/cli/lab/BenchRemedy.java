package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.bench.remedy.RemedyBench;
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
      "plan there is; exit 1 when a gate fails."
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
      names = "--to",
      paramLabel = "FILE",
      description = "Write the table to this file as well.")
  private @Nullable Path to;

  @Override
  public Integer call() throws IOException {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    if (seeds < 1 || seeds > SEEDS_MOST) {
      throw Refusal.usage(
          "--seeds " + seeds, "1 to %d clusters".formatted(SEEDS_MOST), "--seeds 200");
    }
    var terminal = given.terminal();
    var table = new RemedyBench(seeds, terminal::progress).run();
    terminal.out().print(table.markdown());
    if (to != null) {
      Files.writeString(to, table.markdown());
    }
    terminal.progress(table.speed());
    table.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
    return table.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
  }
}
