package holter.cli;

import holter.server.ServerMain;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holter server}: the orchestrator, until it is told to end. */
@Command(
    name = "server",
    description = "Watch a fleet: hold or restart, find causes, keep incidents.")
public final class Serve implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      required = true,
      description = "holter.yaml; docs/configuration.md has every key with its default.")
  private Path config = Path.of("holter.yaml");

  @Override
  public Integer call() {
    return ServerMain.run(config, System.out, System.err);
  }
}
