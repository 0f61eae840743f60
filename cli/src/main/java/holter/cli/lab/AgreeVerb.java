package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.agree.Agree;
import holter.lab.process.HolterHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lab agree}: the scenarios of detection live, beside the same in virtual time. */
@Command(
    name = "agree",
    description = {
      "Run the live scenarios of detection and hold them against the simulation; exit 1 when they",
      "disagree. Live results are kept, one file each: the same command goes on where it stopped."
    })
final class AgreeVerb extends LabVerb.Part {
  private static final int SEEDS_MAX = 1_000;

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      description = "Only these scenarios, as B,D.")
  private List<String> only = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "50",
      description = "Simulated trials of each (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--kept",
      description = "Run nothing: only compare what has a live result already.")
  private boolean kept;

  @Option(names = "--to", paramLabel = "FILE", description = "Write the table to this file.")
  private @Nullable Path to;

  @Override
  int act() throws InterruptedException, IOException {
    var terminal = root().terminal();
    var names = names();
    var agree =
        new Agree(HolterHome.path().resolve("results").resolve("agree"), seeds, terminal::progress);
    if (!kept) {
      agree.run(names);
    }
    var table = agree.table(names);
    terminal.out().print(table.markdown());
    if (to != null) {
      Files.writeString(to, table.markdown());
    }
    table.broken().forEach(terminal::progress);
    if (!table.broken().isEmpty()) {
      return Exit.FINDINGS;
    }
    return table.incomplete() ? Exit.CANNOT_TELL : Exit.OK;
  }

  private List<String> names() {
    if (seeds < 1 || seeds > SEEDS_MAX) {
      throw Refusal.usage("--seeds " + seeds, "1 to 1000 trials", "--seeds 50");
    }
    try {
      return Agree.scenarios(only);
    } catch (IllegalArgumentException unknown) {
      throw Refusal.usage(String.valueOf(unknown.getMessage()), "it cannot be run", "--only B,D");
    }
  }
}
