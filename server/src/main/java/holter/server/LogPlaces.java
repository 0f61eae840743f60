package holter.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where logs of others than brokers are; what is null was not given.
 *
 * @param clients a file, which is one client's, or a directory of files and folders, one for each
 * @param orchestrator a file
 */
public record LogPlaces(@Nullable Path clients, @Nullable Path orchestrator) {
  public static final LogPlaces NONE = new LogPlaces(null, null);
}
