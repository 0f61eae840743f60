package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.speed.VerdictBench;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code holter bench verdict}: how long a verdict takes. */
@Command(
    name = "verdict",
    description = {
      "How long a verdict takes, by HTTP and by the command, while the fleet beats.",
      "Exit 1 when p99 by HTTP is above 10 ms, or p95 of the command above 250 ms."
    })
final class BenchVerdict implements Callable<Integer> {
  @ParentCommand private @Nullable BenchVerb parent;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many instances beat (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many ask by HTTP at once (default: ${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Requests of all of them (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--commands",
      paramLabel = "N",
      defaultValue = "30",
      description = "Runs of the command (default: ${DEFAULT-VALUE}).")
  private int commands;

  @Override
  public Integer call() throws InterruptedException {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    var terminal = given.terminal();
    var result = new VerdictBench(wish(), terminal::progress).run();
    result.lines().forEach(terminal.out()::println);
    result.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
    return result.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
  }

  private VerdictBench.Wish wish() {
    try {
      return new VerdictBench.Wish(instances, clients, requests, commands);
    } catch (IllegalArgumentException refused) {
      throw Refusal.usage(
          "--instances %d --clients %d --requests %d --commands %d"
              .formatted(instances, clients, requests, commands),
          String.valueOf(refused.getMessage()),
          "holter bench verdict");
    }
  }
}
