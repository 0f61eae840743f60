package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.bench.RegistrationsBench;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code holter bench registrations}: scenario R in virtual time. */
@Command(
    name = "registrations",
    description = {
      "Scenario R: registrations lost in a fault, and when they are back after the heal.",
      "In virtual time; exit 1 when one is not back within two beats."
    })
final class BenchRegistrations implements Callable<Integer> {
  @ParentCommand private @Nullable BenchVerb parent;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Seeds of each kind of loss (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The first seed.")
  private long seed;

  @Override
  public Integer call() {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    if (seeds < 1 || seeds > 10_000 || seed < 1) {
      throw Refusal.usage(
          "--seeds %d --seed %d".formatted(seeds, seed),
          "1 to 10000 seeds from 1 on",
          "--seeds 20");
    }
    var terminal = given.terminal();
    var bench = RegistrationsBench.run(seed, seeds);
    terminal.out().print(bench.markdown());
    bench.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
    return bench.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
  }
}
