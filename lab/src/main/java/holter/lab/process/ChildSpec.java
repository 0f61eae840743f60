package holter.lab.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one child process is started.
 *
 * @param name unique within its {@link Children} while it lives; appears in messages
 * @param host the emulated host it counts for
 * @param command program and arguments
 * @param environment added to the lab's own environment
 * @param directory its working directory, must exist
 * @param output the file that receives stdout and stderr, appended to
 */
public record ChildSpec(
    String name,
    String host,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path output) {
  public ChildSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
