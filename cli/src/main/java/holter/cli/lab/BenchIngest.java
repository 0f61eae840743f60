package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.speed.IngestBench;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code holter bench ingest}: beats per second from a real broker. */
@Command(
    name = "ingest",
    description = {
      "Beats per second from one real broker: a bare poll loop, one that parses, and Holter.",
      "Exit 1 when Holter is below 0.8 of the parsing loop, or below 300000 beats/s."
    })
final class BenchIngest implements Callable<Integer> {
  @ParentCommand private @Nullable BenchVerb parent;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many instances send (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--beats",
      paramLabel = "N",
      defaultValue = "200",
      description = "Beats of each instance (default: ${DEFAULT-VALUE}).")
  private int beats;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds measured, after one that warms up (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws InterruptedException {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    var terminal = given.terminal();
    var result = new IngestBench(wish(), terminal::progress).run();
    result.lines().forEach(terminal.out()::println);
    result.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
    return result.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
  }

  private IngestBench.Wish wish() {
    try {
      return new IngestBench.Wish(instances, beats, rounds);
    } catch (IllegalArgumentException refused) {
      throw Refusal.usage(
          "--instances %d --beats %d --rounds %d".formatted(instances, beats, rounds),
          String.valueOf(refused.getMessage()),
          "holter bench ingest");
    }
  }
}
