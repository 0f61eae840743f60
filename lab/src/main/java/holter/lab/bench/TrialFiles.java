package holter.lab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Trials on disk, one file each, so that a long comparison can be interrupted and continued. Each
 * tells the stamp of the code that played it; one that other code played is discarded when it is
 * read, so that no table mixes them. Thread-safe.
 */
final class TrialFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final String code;
  private final AtomicInteger discarded = new AtomicInteger();

  /** What a file holds. */
  private record Kept(String code, Trial trial) {}

  /**
   * @param code the stamp of the code that plays now
   */
  TrialFiles(Path directory, String code) {
    this.directory = directory;
    this.code = code;
  }

  /** How many were discarded since this was asked last. */
  int discarded() {
    return discarded.getAndSet(0);
  }

  private Path file(DetectScenario scenario, boolean rotating, Contestant contestant, long seed) {
    return directory
        .resolve(contestant.slug())
        .resolve(scenario.id() + (rotating ? "-rotating" : "-sticky"))
        .resolve("seed-%04d.json".formatted(seed));
  }

  /** A trial that this code played before; a torn file counts as none. */
  Optional<Trial> read(DetectScenario scenario, boolean rotating, Contestant c, long seed) {
    var file = file(scenario, rotating, c, seed);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var kept = JSON.readTree(file.toFile());
      if (kept.path("code").asText().equals(code)) {
        return Optional.of(JSON.treeToValue(kept.path("trial"), Trial.class));
      }
      discarded.incrementAndGet();
      Files.delete(file);
      return Optional.empty();
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
      JSON.writeValue(part.toFile(), new Kept(code, trial));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
