package holter.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The training run behind the start-up cache: it loads what the short commands load. The build
 * calls it; it is in no help text. What its commands answer does not matter.
 */
@Command(name = Verbs.WARM_UP, hidden = true, description = "Train the start-up cache.")
public final class WarmUp implements Callable<Integer> {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("explain", "F04"),
          List.of("version", "-o", "json"),
          List.of("version", "-o", "yaml"),
          List.of("verson"),
          List.of("--help"));

  @Override
  public Integer call() {
    COMMANDS.forEach(command -> Main.run(command.toArray(String[]::new)));
    return Exit.OK;
  }
}
