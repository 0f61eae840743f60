package holter.lab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Trials on disk, one file each, so that a long comparison can be interrupted and continued. */
final class TrialFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  TrialFiles(Path directory) {
    this.directory = directory;
  }

  private Path file(DetectScenario scenario, boolean rotating, Contestant contestant, long seed) {
    return directory
        .resolve(contestant.slug())
        .resolve(scenario.id() + (rotating ? "-rotating" : "-sticky"))
        .resolve("seed-%04d.json".formatted(seed));
  }

  /** A trial that was played before; a torn file counts as none. */
  Optional<Trial> read(DetectScenario scenario, boolean rotating, Contestant c, long seed) {
    var file = file(scenario, rotating, c, seed);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(file.toFile(), Trial.class))
          : Optional.empty();
    } catch (JsonProcessingException torn) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + file, failed);
    }
  }

  void write(DetectScenario scenario, boolean rotating, Contestant c, Trial trial) {
    var file = file(scenario, rotating, c, trial.seed());
    try {
      Files.createDirectories(file.getParent());
      var part = file.resolveSibling(file.getFileName() + ".part");
      JSON.writeValue(part.toFile(), trial);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
