package holter.cli.lab;

import holter.cli.Exit;
import holter.lab.bench.engine.EngineBench;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code holter bench engine}. */
@Command(
    name = "engine",
    description = {
      "What a beat, a turn and an instance cost the engine, up to a million of them; exit 1 when",
      "a gate fails. Takes two to three minutes and up to 3 GB of memory."
    })
final class EngineBenchVerb implements Callable<Integer> {
  @ParentCommand private @Nullable BenchVerb parent;

  @Override
  public Integer call() {
    BenchVerb given = parent;
    if (given == null) throw new IllegalStateException("picocli gave no parent");
    var terminal = given.terminal();
    var figures = new EngineBench(terminal::progress).run();
    terminal.out().print(figures.markdown());
    figures.broken().forEach(gate -> terminal.progress("gate not kept: " + gate));
    return figures.broken().isEmpty() ? Exit.OK : Exit.FINDINGS;
  }
}
