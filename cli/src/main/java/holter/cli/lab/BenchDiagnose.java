package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.speed.DiagnoseBench;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code holter bench diagnose}: how long the diagnosis of a large cluster takes. */
@Command(
    name = "diagnose",
    description = {
      "How long the diagnosis of a large cluster takes, in a heap of 512 MB.",
      "Exit 1 when it takes more than 30 s, or does not name the starved broker."
    })
final class BenchDiagnose implements Callable<Integer> {
  @ParentCommand private @Nullable BenchVerb parent;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "100",
      description = "Brokers, with a log each (default: ${DEFAULT-VALUE}).")
  private int brokers;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Partitions of all topics (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Size of all logs together (default: ${DEFAULT-VALUE}).")
  private int megabytes;

  @Override
  public Integer call() throws InterruptedException {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    var terminal = given.terminal();
    var result = new DiagnoseBench(wish(), terminal::progress).run();
    result.lines().forEach(terminal.out()::println);
    result.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
    return result.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
  }

  private DiagnoseBench.Wish wish() {
    try {
      return new DiagnoseBench.Wish(brokers, partitions, megabytes);
    } catch (IllegalArgumentException refused) {
      throw Refusal.usage(
          "--brokers %d --partitions %d --megabytes %d".formatted(brokers, partitions, megabytes),
          String.valueOf(refused.getMessage()),
          "holter bench diagnose");
    }
  }
}
