package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.bench.LeaderBench;
import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import holter.lab.run.LeaderWorld;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code holter bench leader}: the leading replica is killed and stopped around deaths. */
@Command(
    name = "leader",
    description = {
      "Kills and stops the leader of two replicas around the death of a worker, in virtual time"
          + " and",
      "with real processes; exit 1 when a takeover is late or a restart is doubled or lost.",
      "Trials are kept, one file each: the same command goes on where it was stopped."
    })
final class BenchLeader implements Callable<Integer> {
  private static final int TRIALS_MAX = 10_000;

  @ParentCommand private @Nullable BenchVerb parent;

  @Option(
      names = "--simulated",
      paramLabel = "N",
      defaultValue = "180",
      description = "Trials in virtual time (default: ${DEFAULT-VALUE}).")
  private int simulated;

  @Option(
      names = "--real",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Trials with real brokers, workers, replicas and PostgreSQL (default: ${DEFAULT-VALUE}).")
  private int real;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "20",
      description = "No trial begins later than this (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Override
  public Integer call() throws InterruptedException {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    boolean sane = simulated >= 0 && real >= 0 && simulated + real > 0;
    if (!sane || simulated > TRIALS_MAX || real > TRIALS_MAX || minutes < 1) {
      throw Refusal.usage(
          "--simulated %d --real %d --minutes %d".formatted(simulated, real, minutes),
          "1 to %d trials, and at least a minute".formatted(TRIALS_MAX),
          "--simulated 180 --real 20");
    }
    var terminal = given.terminal();
    var results = HolterHome.path().resolve("bench").resolve("leader");
    var wish = new LeaderBench.Wish(results, simulated, real, Duration.ofMinutes(minutes));
    try {
      var table =
          new LeaderBench(wish, () -> LeaderWorld.open(terminal::progress), terminal::progress)
              .run();
      terminal.out().print(table.markdown());
      table.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
      return table.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
    } catch (LabException failed) {
      throw Refusal.cannotTell(
          String.valueOf(failed.getMessage()), "the lab could not go on", "the same again");
    }
  }
}
